"""The raw bytes of every publication, named by their SHA-256, exactly as they came."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tracker.errors import InvalidValueError, NotFoundError

_HEX = frozenset("0123456789abcdef")


class Archive:
    """A folder of bytes by content: `ab/cd/<sha256>`, so that `sha256sum` agrees with the name.

    Parameters
    ----------
    folder : Path
        The folder; made when the first bytes come.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, data: bytes) -> str:
        """Keep bytes for good; keeping them twice is keeping them once.

        Parameters
        ----------
        data : bytes
            The bytes as they came.

        Returns
        -------
        str
            Their SHA-256 in hex.

        Notes
        -----
        They are written beside their place, flushed to the disk and renamed, so that a file of
        the archive is whole or not there.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if path.is_file():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return sha256

    def read(self, sha256: str) -> bytes:
        """Read bytes and make sure that they are the ones.

        Parameters
        ----------
        sha256 : str
            Their hash in hex.

        Returns
        -------
        bytes
            The bytes.

        Raises
        ------
        NotFoundError
            Where the archive does not hold them.
        InvalidValueError
            Where the file was changed since it was written.
        """
        path = self.path(sha256)
        if not path.is_file():
            raise NotFoundError(f"the archive does not hold {sha256}.")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise InvalidValueError(f"{path} was changed: its bytes no longer match its name.")
        return data

    def holds(self, sha256: str) -> bool:
        """Tell whether some bytes are there.

        Parameters
        ----------
        sha256 : str
            Their hash in hex.

        Returns
        -------
        bool
            Whether there is a file of that name.
        """
        return self.path(sha256).is_file()

    def path(self, sha256: str) -> Path:
        """Say where bytes lie, or would.

        Parameters
        ----------
        sha256 : str
            Their hash, 64 hex digits in lower case.

        Returns
        -------
        Path
            Path of the file.

        Raises
        ------
        InvalidValueError
            Where it is no such hash; no other text becomes a path.
        """
        if len(sha256) != 64 or not set(sha256) <= _HEX:
            raise InvalidValueError(f"{sha256[:70]!r} is no SHA-256 hash in hex.")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def __iter__(self) -> Iterator[str]:
        for path in sorted(self.folder.glob("??/??/*")):
            if len(path.name) == 64:
                yield path.name
