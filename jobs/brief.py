"""Write briefings into the pages' folder, and find the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from jobs.whole_file import replace_file
from tracker import clock
from tracker.actors import read_actors
from tracker.api import Tracker
from tracker.assessment import estimate_all, find_area
from tracker.briefing import (
    Briefing,
    Edition,
    Evidence,
    render_html,
    render_markdown,
    write_briefing,
)
from tracker.estimates.estimate import Estimate
from tracker.estimates.observations import Target
from tracker.publication import (
    DEFAULT_POLICY,
    Held,
    Policy,
    Published,
    publications,
    publish,
)
from tracker.store.selection import Criteria
from tracker.vocabulary import Scope, Unit
from tracker.workspace import Workspace

FIRST_LOOKS_BACK = timedelta(days=7)
"""What the first briefing of a workspace tells as new."""

_NAME = re.compile(r"\d{4}-\d{2}-\d{2}\.md")


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """Which briefing is wanted.

    Parameters
    ----------
    title : str
        Heading.
    area : str
        Id or name of the area that the headline speaks of.
    actor : str
        Id of whose troops.
    as_of : date or None
        Day of knowledge; today where None.
    since : date or None
        Day from which changes are told; where None that of the briefing before, or a week back.
    as_recorded : datetime or None
        State of the workspace, aware UTC; now where None.
    policy : Policy
        What may be shown.
    """

    title: str
    area: str
    actor: str
    as_of: date | None = None
    since: date | None = None
    as_recorded: datetime | None = None
    policy: Policy = DEFAULT_POLICY


def brief(tracker: Tracker, order: Order, folder: Path | None = None) -> tuple[Path, Path]:
    """Write a briefing as Markdown and as HTML.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    order : Order
        Which briefing.
    folder : Path, optional
        Where to; by default `site/briefings`.

    Returns
    -------
    Path
        The Markdown file, named after the day of knowledge.
    Path
        The HTML file.

    Raises
    ------
    NotFoundError
        Where no area has this id or name.
    InvalidValueError
        Where `since` is not before `as_of`.
    """
    folder = folder or briefings_folder(tracker.workspace)
    briefing = compose(tracker, order, folder)
    stem = briefing.edition.as_of.isoformat()
    markdown, html = folder / f"{stem}.md", folder / f"{stem}.html"
    replace_file(markdown, render_markdown(briefing).encode())
    replace_file(html, render_html(briefing).encode())
    return markdown, html


def brief_if_due(tracker: Tracker, order: Order) -> Path | None:
    """Write the briefing of the day that ended last, once.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    order : Order
        Which briefing; its `as_of` is left aside.

    Returns
    -------
    Path or None
        The HTML file; None where it was written before, so that what was published stays.
    """
    yesterday = clock.now().date() - timedelta(days=1)
    if (briefings_folder(tracker.workspace) / f"{yesterday}.md").is_file():
        return None
    return brief(tracker, replace(order, as_of=yesterday, since=None, as_recorded=None))[1]


def compose(tracker: Tracker, order: Order, folder: Path) -> Briefing:
    """Gather the evidence of a briefing and write it.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    order : Order
        Which briefing.
    folder : Path
        Where earlier briefings lie.

    Returns
    -------
    Briefing
        The same order with both times given makes the same briefing again.

    Raises
    ------
    NotFoundError
        Where no area has this id or name.
    InvalidValueError
        Where `since` is not before `as_of`.
    """
    as_of = order.as_of or clock.now().date()
    since = order.since or last_briefing(folder, before=as_of) or as_of - FIRST_LOOKS_BACK
    as_recorded = order.as_recorded or clock.now()
    repository = tracker.repository
    areas = repository.areas(as_recorded=as_recorded)
    edition = Edition(
        title=order.title,
        area=find_area(areas, order.area).id,
        actor=order.actor,
        actor_name=read_actors(tracker.workspace.actors).name(order.actor),
        as_of=as_of,
        since=since,
        as_recorded=as_recorded,
        marking=str(order.policy.marking),
    )
    known = Criteria(as_of=as_of, as_recorded=as_recorded, corrected=True, samples=False)
    shown = _published(tracker, edition, known, order.policy)
    evidence = Evidence(
        claims=shown.claims,
        placed=shown.placed,
        estimates=[row for row in shown.estimates if row.as_of == as_of],
        previous=[row for row in shown.estimates if row.as_of == since],
        areas=areas,
        publications=shown.publications,
        withheld=shown.withheld,
    )
    return write_briefing(edition, evidence)


def briefings_folder(workspace: Workspace) -> Path:
    """Say where the briefings of a workspace lie.

    Parameters
    ----------
    workspace : Workspace
        The workspace.

    Returns
    -------
    Path
        A folder of its pages.
    """
    return workspace.site / "briefings"


def last_briefing(folder: Path, *, before: date) -> date | None:
    """Find the last briefing before a day.

    Parameters
    ----------
    folder : Path
        Where briefings lie; it need not exist.
    before : date
        The day.

    Returns
    -------
    date or None
        Its day of knowledge.
    """
    return max((day for day in briefing_days(folder) if day < before), default=None)


def briefing_days(folder: Path) -> tuple[date, ...]:
    """List the days of which there are briefings.

    Parameters
    ----------
    folder : Path
        Where briefings lie; it need not exist.

    Returns
    -------
    tuple of date
        Their days of knowledge, in order.
    """
    names = (path.stem for path in folder.glob("*.md") if _NAME.fullmatch(path.name))
    return tuple(sorted(day for day in map(_day, names) if day is not None))


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def _published(tracker: Tracker, edition: Edition, known: Criteria, policy: Policy) -> Published:
    # Delays count back from the state of the workspace, so that the same order with both times
    # given makes the same briefing.
    held = Held(
        claims=tracker.repository.claims(**known),
        placed=tracker.repository.placed(**known),
        estimates=[
            row
            for day in (edition.as_of, edition.since)
            for row in _estimates(tracker, edition, day)
        ],
        publications=publications(tracker.repository.reports(as_of=edition.as_of)),
    )
    return publish(held, policy, edition.as_recorded)


def _estimates(tracker: Tracker, edition: Edition, day: date) -> tuple[Estimate, ...]:
    known = Criteria(as_of=day, as_recorded=edition.as_recorded, corrected=True, samples=False)
    return estimate_all(
        tracker.repository.claims(**known),
        tracker.repository.placed(**known),
        tracker.repository.areas(as_recorded=edition.as_recorded),
        Target(actor=edition.actor, as_of=day, unit=Unit.PERSONNEL, scope=Scope.ALL_SERVICES),
        days=(day, day),
    )
