"""Write briefings into the pages' folder, each once, and find the one before."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from jobs.briefings.editions import FORMATS, put_edition
from jobs.briefings.picture import draw_picture
from tracker import clock
from tracker.actors import Actors, read_actors
from tracker.api import Tracker
from tracker.assessment import estimate_all, find_area, news_all, require_actor
from tracker.briefing import Briefing, Edition, Evidence, write_briefing
from tracker.errors import InvalidValueError, NotFoundError
from tracker.estimates.estimate import Estimate
from tracker.estimates.news import News
from tracker.estimates.observations import Target
from tracker.estimates.threads import one_thread
from tracker.formations import seed_formations
from tracker.movements.movement import legs_in
from tracker.movements.railways import railways_in
from tracker.movements.reconstruction import reconstruct
from tracker.movements.timeline import named_in
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
CHARTED = timedelta(days=120)
"""Days of the curve in the picture."""

_NAME = re.compile(r"\d{4}-\d{2}-\d{2}\.md")
_ROW_OF_LANGUAGE = {"ru": 0, "uk": 1}  # order of an actor's names in other languages


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
    language : str
        `en`, `ru` or `uk`.
    formation : str or None
        Formation to follow, by one of its names.
    series : str
        Name of its series; empty for the workspace's own briefings.
    cadence : {'daily', 'weekly'}
        How often `brief_if_due` writes one; a week ends on Sunday.
    formats : tuple of str
        What is written beside the record; names in `jobs.briefings.editions.FORMATS`.
    """

    title: str
    area: str
    actor: str
    as_of: date | None = None
    since: date | None = None
    as_recorded: datetime | None = None
    policy: Policy = DEFAULT_POLICY
    language: str = "en"
    formation: str | None = None
    series: str = ""
    cadence: Literal["daily", "weekly"] = "daily"
    formats: tuple[str, ...] = FORMATS


def brief(tracker: Tracker, order: Order, folder: Path | None = None) -> tuple[Path, ...]:
    """Write a briefing, or a new edition of one that was published and would now say otherwise.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    order : Order
        Which briefing.
    folder : Path, optional
        Where to; by default `site/briefings`, or a folder in it named after the series.

    Returns
    -------
    tuple of Path
        The files of the edition that holds now: Markdown, HTML, the record, and what else was
        ordered; their names begin with the day of knowledge.

    Raises
    ------
    NotFoundError
        Where no area, actor or formation has this id or name.
    InvalidValueError
        Where `since` is not before `as_of`, or a template or an extra is wanting.
    """
    folder = folder or briefings_folder(tracker.workspace, order.series)
    briefing, shown = _composed(tracker, order, folder)
    templates = tracker.workspace.folder / "templates"
    return put_edition(
        folder,
        briefing,
        formats=order.formats,
        templates=templates,
        picture=lambda: draw_picture(briefing, shown, tracker.repository.areas()),
    )


def brief_if_due(tracker: Tracker, order: Order) -> Path | None:
    """Write the briefing of the day or the week that ended last, once.

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
    last = clock.now().date() - timedelta(days=1)
    if order.cadence == "weekly":
        last -= timedelta(days=(last.weekday() + 1) % 7)
    if (briefings_folder(tracker.workspace, order.series) / f"{last}.md").is_file():
        return None
    return brief(tracker, replace(order, as_of=last, since=None, as_recorded=None))[1]


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
        Where no area, actor or formation has this id or name.
    InvalidValueError
        Where `since` is not before `as_of`.
    """
    return _composed(tracker, order, folder)[0]


def _composed(tracker: Tracker, order: Order, folder: Path) -> tuple[Briefing, Published]:
    as_of = order.as_of or clock.now().date()
    since = order.since or last_briefing(folder, before=as_of) or as_of - FIRST_LOOKS_BACK
    as_recorded = order.as_recorded or clock.now()
    actors = read_actors(tracker.workspace.actors)
    order = replace(order, actor=actors.id_of(order.actor))
    if order.actor not in actors:
        require_actor(tracker.repository.claims(), order.actor)
    areas = tracker.repository.areas(as_recorded=as_recorded)
    edition = Edition(
        title=order.title,
        area=find_area(areas, order.area).id,
        actor=order.actor,
        actor_name=_name(actors, order),
        as_of=as_of,
        since=since,
        as_recorded=as_recorded,
        marking=str(order.policy.marking),
        language=order.language,
        formation=None if order.formation is None else _formation(tracker, order.formation),
        series=order.series,
    )
    # Products of matrices differ in their last bits with the number of threads that share them.
    with one_thread():
        shown, news = _published(tracker, edition, order.policy)
    network = railways_in(tracker.workspace.railways)
    # Put together from what may be shown, movements cannot tell what may not.
    movements = reconstruct(shown.claims, shown.placed, network).movements
    evidence = Evidence(
        claims=shown.claims,
        placed=shown.placed,
        estimates=[row for row in shown.estimates if row.as_of == row.day == as_of],
        previous=[row for row in shown.estimates if row.as_of == row.day == since],
        areas=areas,
        publications=shown.publications,
        withheld=shown.withheld,
        news=news,
        movements=movements,
        judgements=[one for one in tracker.repository.judgements() if one.judged_at <= as_recorded],
    )
    return write_briefing(edition, evidence), replace(shown, legs=legs_in(movements))


def _name(actors: Actors, order: Order) -> str:
    row = _ROW_OF_LANGUAGE.get(order.language)
    names = actors.get(order.actor).names if order.actor in actors else ()
    return actors.name(order.actor) if row is None or row >= len(names) else names[row]


def _formation(tracker: Tracker, words: str) -> str:
    # As the order of battle has it, else as some claim writes it.
    if not words.strip():
        raise InvalidValueError("a briefing follows a formation by its name; none is given.")
    if known := seed_formations().find(words):
        return known
    said = {name for claim in tracker.repository.claims() for name in named_in(claim)}
    plain = {name.casefold(): name for name in sorted(said)}
    found = plain.get(words.strip().casefold())
    if found is None:
        near = difflib.get_close_matches(words.casefold(), plain, n=3)
        hint = f"; near are {', '.join(plain[name] for name in near)}" if near else ""
        raise NotFoundError(
            f"no claim and no order of battle names a formation {words.strip()[:60]!r}{hint}."
        )
    return found


def briefings_folder(workspace: Workspace, series: str = "") -> Path:
    """Say where the briefings of a workspace lie.

    Parameters
    ----------
    workspace : Workspace
        The workspace.
    series : str
        Name of a series; empty for the workspace's own.

    Returns
    -------
    Path
        A folder of its pages.
    """
    folder = workspace.site / "briefings"
    return folder / series if series else folder


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


def _published(tracker: Tracker, edition: Edition, policy: Policy) -> tuple[Published, News | None]:
    # Delays count back from the state of the workspace, so that the same order with both times
    # given makes the same briefing.
    repository = tracker.repository
    known = _known(edition, edition.as_of)
    held = Held(
        claims=repository.claims(**known),
        placed=repository.placed(**known),
        estimates=[
            *_estimates(tracker, edition, edition.as_of, CHARTED),
            *_estimates(tracker, edition, edition.since),
        ],
        publications=publications(repository.reports(as_of=edition.as_of)),
    )
    shown = publish(held, policy, edition.as_recorded)
    found = news_all(
        held.claims,
        held.placed,
        repository.areas(as_recorded=edition.as_recorded),
        _target(edition, edition.as_of),
        since=edition.since,
        day=edition.as_of,
        area=edition.area,
    )
    # Where the number itself has to wait, so has what moved it.
    is_shown = any(row.area == edition.area and row.day == edition.as_of for row in shown.estimates)
    return shown, found[0] if found and is_shown else None


def _known(edition: Edition, day: date) -> Criteria:
    return Criteria(as_of=day, as_recorded=edition.as_recorded, corrected=True, samples=False)


def _target(edition: Edition, day: date) -> Target:
    return Target(actor=edition.actor, as_of=day, unit=Unit.PERSONNEL, scope=Scope.ALL_SERVICES)


def _estimates(
    tracker: Tracker, edition: Edition, day: date, before: timedelta = timedelta()
) -> tuple[Estimate, ...]:
    known = _known(edition, day)
    return estimate_all(
        tracker.repository.claims(**known),
        tracker.repository.placed(**known),
        tracker.repository.areas(as_recorded=edition.as_recorded),
        _target(edition, day),
        days=(day - before, day),
    )
