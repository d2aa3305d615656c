"""From settings and wishes to the order of a briefing, and the series that are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jobs.briefings.brief import Order, brief_if_due
from jobs.briefings.editions import FORMATS
from jobs.settings.briefings import BriefingSettings
from jobs.settings.workspace import Settings
from tracker.api import Tracker
from tracker.errors import InvalidValueError, NotFoundError

_KNOWN_FORMATS = (*FORMATS, "pdf")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What a user asks of a briefing; what is None is as the settings say.

    Parameters
    ----------
    series : str or None
        Name of a series that the settings declare.
    title, area, actor, formation, language : str or None
        As in `Order`.
    formats : tuple of str or None
        What is written.
    as_of, since : date or None
        As in `Order`.
    as_recorded : datetime or None
        As in `Order`.
    """

    series: str | None = None
    title: str | None = None
    area: str | None = None
    actor: str | None = None
    formation: str | None = None
    language: str | None = None
    formats: tuple[str, ...] | None = None
    as_of: date | None = None
    since: date | None = None
    as_recorded: datetime | None = None


def order_of(settings: Settings, wish: Wish | None = None) -> Order:
    """Order a briefing.

    Parameters
    ----------
    settings : Settings
        Title, area, actor, language and policy of the workspace, and its series.
    wish : Wish, optional
        What a user asks for instead.

    Returns
    -------
    Order
        The order.

    Raises
    ------
    NotFoundError
        Where the settings declare no such series.
    """
    wish, page = wish or Wish(), settings.page
    own = wish.language  # another language than the workspace's has a folder of its own
    said = BriefingSettings()
    if wish.series is not None:
        if wish.series not in settings.briefings:
            there = ", ".join(settings.briefings) or "none"
            raise NotFoundError(f"no briefings.{wish.series[:60]} in tracker.toml; there: {there}.")
        said = settings.briefings[wish.series]
    return Order(
        title=wish.title or said.title or page.title,
        area=wish.area or said.area or page.area,
        actor=wish.actor or said.actor or page.actor,
        formation=wish.formation or said.formation,
        language=wish.language or said.lang or page.lang,
        series=wish.series or (own if own not in {None, page.lang} else None) or "",
        cadence=said.cadence,
        formats=wish.formats or said.formats,
        as_of=wish.as_of,
        since=wish.since,
        as_recorded=wish.as_recorded,
        policy=settings.publication.policy,
    )


def brief_series(tracker: Tracker, settings: Settings) -> list[Path]:
    """Write the briefings of all declared series that are due.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    settings : Settings
        Its settings.

    Returns
    -------
    list of Path
        The HTML files that were written.
    """
    orders = (order_of(settings, Wish(series=name)) for name in settings.briefings)
    written = (brief_if_due(tracker, order) for order in orders)
    return [path for path in written if path is not None]


def formats_in(words: str) -> tuple[str, ...]:
    """Read a list of formats.

    Parameters
    ----------
    words : str
        Names with commas.

    Returns
    -------
    tuple of str
        The names, Markdown and HTML first.

    Raises
    ------
    InvalidValueError
        Where one is unknown.
    """
    names = {word.strip().lower() for word in words.split(",") if word.strip()}
    if unknown := sorted(names - set(_KNOWN_FORMATS)):
        known = ", ".join(_KNOWN_FORMATS)
        raise InvalidValueError(
            f"no briefing is written as {unknown[0][:20]!r}; there are {known}. "
            "The record (.json) and the picture are always written."
        )
    return tuple(name for name in _KNOWN_FORMATS if name in names)
