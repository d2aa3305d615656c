"""Write a file as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tracker.errors import UnreadableInputError
from tracker.workspace import require_writable


def replace_file(path: Path, data: bytes) -> bool:
    """Write a file so that a reader sees the old one or the new one, never half of it.

    Parameters
    ----------
    path : Path
        The file.
    data : bytes
        Its new content.

    Returns
    -------
    bool
        Whether it was written; False where it held these bytes already.

    Raises
    ------
    UnreadableInputError
        Where a folder has this name.
    ReadOnlyWorkspaceError
        Where its folder cannot be written to.
    """
    if path.is_dir():
        raise UnreadableInputError(f"{path} is a folder; name a file in it.")
    if path.is_file() and path.read_bytes() == data:
        return False
    require_writable(path.parent)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True
