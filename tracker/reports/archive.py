"""The archive: raw bytes as they came, each file named after the SHA-256 of its content.

`sha256sum` in any file of it prints the file's own name, with no help from this program.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tracker.errors import (
    DamagedWorkspaceError,
    InvalidValueError,
    NotFoundError,
    ReadOnlyWorkspaceError,
    WorkspaceError,
)

_NAME = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".tmp"
_CHUNK_BYTES = 1 << 20
_FEWEST_FOR_A_WAVE = 5


class Archive:
    """A folder of raw bytes, `ab/cd/<sha256>`.

    Parameters
    ----------
    folder : Path
        The folder; it is made with the first bytes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        """Say where bytes lie or would lie.

        Parameters
        ----------
        sha256 : str
            Their hash, 64 lower-case hex digits.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        InvalidValueError
            Where the hash is none, so that no hash can lead out of the folder.
        """
        if not _NAME.fullmatch(sha256):
            raise InvalidValueError(f"{sha256[:70]!r} is no SHA-256 hash in hex.")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def __contains__(self, sha256: str) -> bool:
        return self.path_of(sha256).is_file()

    def add(self, data: bytes) -> str:
        """Archive bytes; bytes that are there already are left as they are.

        Parameters
        ----------
        data : bytes
            The raw bytes.

        Returns
        -------
        str
            Their SHA-256 in hex. When this returns, they are on the disk and survive a power cut.

        Raises
        ------
        ReadOnlyWorkspaceError, WorkspaceError
            Where the folder cannot be written.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path_of(sha256)
        with _explained(path.parent):
            if self._holds(sha256, len(data)):
                return sha256
            is_new_folder = not path.parent.is_dir()
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, data)
            _sync_folder(path.parent)
            if is_new_folder:
                _sync_folder(path.parents[1])
                _sync_folder(path.parents[2])
        return sha256

    def add_all(self, pieces: Sequence[bytes]) -> list[str]:
        """Archive many pieces of bytes; where the system can, all reach the disk in two waves.

        Parameters
        ----------
        pieces : sequence of bytes
            The raw bytes.

        Returns
        -------
        list of str
            Their SHA-256 in hex, in the same order. When this returns, all are on the disk.

        Raises
        ------
        ReadOnlyWorkspaceError, WorkspaceError
            Where the folder cannot be written.
        """
        if sys.platform != "linux" or len(pieces) < _FEWEST_FOR_A_WAVE:
            return [self.add(data) for data in pieces]  # elsewhere sync() may return too early
        hashes = [hashlib.sha256(data).hexdigest() for data in pieces]
        missing = {
            sha256: data
            for sha256, data in zip(hashes, pieces, strict=True)
            if not self._holds(sha256, len(data))
        }
        with _explained(self.folder):
            unfinished: dict[str, Path] = {}
            try:
                for sha256, data in missing.items():
                    self.path_of(sha256).parent.mkdir(parents=True, exist_ok=True)
                    unfinished[sha256] = _draft(self.path_of(sha256).parent, data)
                os.sync()
                for sha256, draft in unfinished.items():
                    draft.replace(self.path_of(sha256))
                os.sync()
            finally:
                for draft in unfinished.values():
                    draft.unlink(missing_ok=True)
        return hashes

    def _holds(self, sha256: str, size_bytes: int) -> bool:
        path = self.path_of(sha256)
        return path.is_file() and path.stat().st_size == size_bytes

    def read(self, sha256: str) -> bytes:
        """Return archived bytes, checked against their hash.

        Parameters
        ----------
        sha256 : str
            Their hash.

        Returns
        -------
        bytes
            The raw bytes.

        Raises
        ------
        NotFoundError
            Where they are not in the archive.
        DamagedWorkspaceError
            Where the file's content is no longer what it was.
        """
        path = self.path_of(sha256)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise NotFoundError(f"the archive has no bytes with the hash {sha256}.") from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DamagedWorkspaceError(str(path), "its content no longer has the hash of its name")
        return data

    def erase(self, sha256: str) -> bool:
        """Erase bytes for good; their hash has to be kept by whoever asks for it.

        Parameters
        ----------
        sha256 : str
            Their hash.

        Returns
        -------
        bool
            Whether they were there.

        Raises
        ------
        ReadOnlyWorkspaceError, WorkspaceError
            Where the folder cannot be written.
        """
        path = self.path_of(sha256)
        if not path.is_file():
            return False
        with _explained(path.parent):
            path.unlink(missing_ok=True)
            _sync_folder(path.parent)
        return True

    def is_intact(self, sha256: str) -> bool:
        """Tell whether bytes are there and still have their hash.

        Parameters
        ----------
        sha256 : str
            Their hash.

        Returns
        -------
        bool
            False where the file is missing or changed.
        """
        path = self.path_of(sha256)
        if not path.is_file():
            return False
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
        return digest.hexdigest() == sha256

    def hashes(self) -> Iterator[str]:
        """List what the archive holds.

        Yields
        ------
        str
            Hashes in ascending order.
        """
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            if _NAME.fullmatch(path.name):
                yield path.name

    def sweep(self) -> int:
        """Remove what a killed program left unfinished.

        Returns
        -------
        int
            How many files were removed.
        """
        unfinished = list(self.folder.glob(f"[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*{_UNFINISHED}"))
        with _explained(self.folder):
            for path in unfinished:
                path.unlink(missing_ok=True)
        return len(unfinished)


def _draft(folder: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(suffix=_UNFINISHED, dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _write(path: Path, data: bytes) -> None:
    """Write a file so that it is there as a whole or not at all."""
    handle, name = tempfile.mkstemp(suffix=_UNFINISHED, dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Bring new names to the disk; Windows does so by itself and cannot open a folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise ReadOnlyWorkspaceError(str(folder)) from error
    except OSError as error:
        if error.errno == errno.EROFS:
            raise ReadOnlyWorkspaceError(str(folder)) from error
        raise WorkspaceError(f"{folder} cannot be written: {error.strerror}.") from error
