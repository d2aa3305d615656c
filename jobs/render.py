"""Write map pages; a page is whole or not there, and an unchanged one is not written again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jobs.whole_file import replace_file
from tracker.api import Tracker
from tracker.estimates.estimate import Estimate
from tracker.publication import DEFAULT_POLICY, Policy


def render_map(
    tracker: Tracker,
    path: Path,
    *,
    as_of: date | None = None,
    area: str = "around-ukraine",
    actor: str = "RU",
    title: str = "Reported troop movements",
    estimates: Sequence[Estimate] | None = None,
    policy: Policy = DEFAULT_POLICY,
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
    area, actor, title, estimates, policy
        As for `Tracker.map`.

    Returns
    -------
    Path
        The file.
    """
    page = tracker.map(
        as_of=as_of, area=area, actor=actor, title=title, estimates=estimates, policy=policy
    )
    replace_file(path, page.get_root().render().encode())
    return path
