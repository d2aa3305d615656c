"""Write map pages; a page is whole or not there, and an unchanged one is not written again."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tracker.api import Tracker
from tracker.estimates.estimate import Estimate


def render_map(
    tracker: Tracker,
    path: Path,
    *,
    as_of: date | None = None,
    area: str = "around-ukraine",
    actor: str = "RU",
    title: str = "Reported troop movements",
    estimates: Sequence[Estimate] | None = None,
) -> Path:
    """Write the map page of a workspace.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    path : Path
        File to write; its folder is made where it is missing.
    as_of : date, optional
        Only what was public by the end of this UTC day; by default today.
    area, actor, title, estimates
        As for `Tracker.map`.

    Returns
    -------
    Path
        The file.
    """
    page = tracker.map(as_of=as_of, area=area, actor=actor, title=title, estimates=estimates)
    replace_file(path, page.get_root().render().encode())
    return path


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
    """
    if path.is_file() and path.read_bytes() == data:
        return False
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
