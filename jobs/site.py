"""Write the site: whole files only, none that did not change, and none that is no longer told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from jobs.briefings.brief import briefing_days
from jobs.settings import PageSettings
from jobs.settings.publication import PublicationSettings
from jobs.whole_file import replace_file
from tracker import clock
from tracker.actors import read_actors
from tracker.api import Tracker
from tracker.assessment import areas_below, find_area
from tracker.estimates.estimate import Estimate
from tracker.publication import published
from tracker.site import Facts, File, Matter, render_site

LIST = "files.json"
"""Names what the site consists of, so that the next writing can remove what is gone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What a writing of the site did.

    Parameters
    ----------
    index : Path
        The first page.
    written, kept, removed : int
        Files that were new or changed, that held the same bytes, and that are gone.
    withheld : tuple of str
        What the policy held back.
    """

    index: Path
    written: int
    kept: int
    removed: int
    withheld: tuple[str, ...]


def write_site(
    tracker: Tracker,
    *,
    page: PageSettings,
    publication: PublicationSettings,
    as_of: date | None = None,
    estimates: Sequence[Estimate] | None = None,
    folder: Path | None = None,
) -> Written:
    """Write the site of a workspace.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    page : PageSettings
        Title, theatre and actor.
    publication : PublicationSettings
        What may be shown, and how it is marked.
    as_of : date, optional
        Only what was public by the end of this UTC day; by default today.
    estimates : sequence of Estimate, optional
        Estimates of this actor as of this day, where they were made before.
    folder : Path, optional
        Where to; by default `site` of the workspace.

    Returns
    -------
    Written
        What was done. Files of the folder that the site did not write stay as they are.

    Raises
    ------
    NotFoundError
        Where no area has the id or name that the settings give.
    """
    folder = folder or tracker.workspace.site
    known = as_of or clock.now().date()
    areas = tracker.repository.areas()
    theatre = find_area(areas, page.area)
    if estimates is None:
        estimates = tracker.estimate_values(actor=page.actor, as_of=known)
    drawn = [theatre, *areas_below(areas, theatre)]
    ids = {area.id for area in drawn}
    matter = Matter(
        facts=Facts(
            title=page.title,
            as_of=known,
            area=theatre.id,
            actor=page.actor,
            actor_name=read_actors(tracker.workspace.actors).name(page.actor),
            marking=str(publication.policy.marking),
            licence=publication.licence,
            cite_as=publication.cite_as,
            address=publication.address,
            lang=page.lang,
            affiliations=page.affiliations,
        ),
        areas=drawn,
        shown=published(
            tracker.repository,
            as_of=known,
            estimates=[row for row in estimates if row.area in ids],
            policy=publication.policy,
        ),
        reports=tracker.repository.reports(as_of=known),
        briefings=briefing_days(folder / "briefings"),
    )
    return put(folder, render_site(matter), matter.shown.withheld)


def put(folder: Path, files: Iterable[File], withheld: tuple[str, ...] = ()) -> Written:
    """Put files into the site's folder.

    Parameters
    ----------
    folder : Path
        The folder.
    files : iterable of File
        All files of the site; each appears as a whole or not at all.
    withheld : tuple of str
        What the policy held back, for the answer.

    Returns
    -------
    Written
        What was done. Where `files` fails, what was put before stays, and nothing is removed.
    """
    before, now, written = _listed(folder), set[str](), 0
    try:
        for file in files:
            now.add(file.path)
            written += replace_file(folder / file.path, file.data)
    except BaseException:
        _list(folder, before | now)
        raise
    gone = before - now
    for path in sorted(gone):
        (folder / path).unlink(missing_ok=True)
    _list(folder, now)
    return Written(
        index=folder / "index.html",
        written=written,
        kept=len(now) - written,
        removed=len(gone),
        withheld=withheld,
    )


def _list(folder: Path, names: set[str]) -> None:
    text = json.dumps(sorted(names), ensure_ascii=False, indent=0)
    replace_file(folder / LIST, f"{text}\n".encode())


def _listed(folder: Path) -> set[str]:
    # The list may have been edited: a name that leads out of the folder is nobody's page.
    try:
        names = json.loads((folder / LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    if not isinstance(names, list):
        return set()
    return {
        name
        for name in names
        if isinstance(name, str)
        and not PurePosixPath(name).is_absolute()
        and ".." not in PurePosixPath(name).parts
        and "\\" not in name
    }
