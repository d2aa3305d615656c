"""Write map pages and pictures; each is whole or not there, an unchanged one not written again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

from jobs.whole_file import replace_file
from tracker.api import Tracker
from tracker.estimates.estimate import Estimate
from tracker.page_words import Language, speaker
from tracker.publication import DEFAULT_POLICY, Policy


class Look(TypedDict, total=False):
    """How a page looks: the options of `Tracker.map` of these names."""

    lang: Language
    window: tuple[date, date] | None
    online_tiles: str
    affiliations: Mapping[str, str]


def render_map(
    tracker: Tracker,
    path: Path | None,
    *,
    as_of: date | None = None,
    area: str = "around-ukraine",
    actor: str = "RU",
    title: str = "Reported troop movements",
    estimates: Sequence[Estimate] | None = None,
    policy: Policy = DEFAULT_POLICY,
    picture: Path | None = None,
    **look: Unpack[Look],
) -> tuple[Path, ...]:
    """Write the map page of a workspace, and a still picture of it without a browser.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    path : Path or None
        Page to write; its folder is made where it is missing.
    as_of : date, optional
        Only what was public by the end of this UTC day; by default today.
    area, actor, title, estimates, policy, look
        As for `Tracker.map`.
    picture : Path, optional
        PNG to write.

    Returns
    -------
    tuple of Path
        What was written.
    """
    page = tracker.map(
        as_of=as_of,
        area=area,
        actor=actor,
        title=title,
        estimates=estimates,
        policy=policy,
        **look,
    )
    if path is not None:
        replace_file(path, page.get_root().render().encode())
    if picture is not None:
        from geo.plate import draw_plate  # noqa: PLC0415 - matplotlib takes a second to import

        replace_file(picture, draw_plate(page, speaker(look.get("lang", "en"))))
    return tuple(one for one in (path, picture) if one is not None)
