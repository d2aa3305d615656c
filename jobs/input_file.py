"""Read a file that a person named, within bounds."""

from __future__ import annotations

from pathlib import Path

from tracker.claims.coded import MOST_BYTES
from tracker.errors import UnreadableInputError


def read_file(path: Path) -> bytes:
    """Read a file whose size is bounded.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    bytes
        Its content.

    Raises
    ------
    UnreadableInputError
        Where it does not exist, is no file, or is too large.
    """
    if not path.exists():
        raise UnreadableInputError("there is no such file.")
    if not path.is_file():
        raise UnreadableInputError("it is no file.")
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableInputError(f"it has more than {MOST_BYTES / 1e6:.0f} MB; split it.")
    return path.read_bytes()
