"""Times that name the calendar: "4 February", "в апреле 2021 года", "the spring", "in 2014"."""

from __future__ import annotations

from datetime import date

from tracker.extraction.calendar_spans import dated, month_span, one_day, season_span, year_span
from tracker.extraction.time_words import (
    JOINERS,
    YEAR_WORDS,
    Reader,
    TimeMention,
    mention_of,
    part_before,
    year_after,
)
from tracker.vocabulary import Precision

_MODAL_MONTHS = frozenset({"may", "march"})

_SOON_DAYS = 31
"""A day without a year that comes so soon after publication is the coming one: of one
that is eleven months gone, an author says the year."""

_BEFORE_MONTH = frozenset(
    {"in", "since", "early", "late", "mid", "of", "by", "until", "from", "last", "next", "this"}
)


def _past(published: date, spans: list[tuple[date, date]]) -> tuple[date, date]:
    # Read a time that names no year as past, where nothing says that it is to come.
    before = [span for span in spans if span[0] <= published]
    soon = [span for span in spans if 0 < (span[0] - published).days <= _SOON_DAYS]
    return soon[0] if soon else before[-1] if before else spans[0]


def _day_of_month(
    reader: Reader, tokens: tuple[int, int], days: tuple[int, int], year: int | None, month: int
) -> TimeMention | None:
    # Place a day, or two days, of a month that may name no year.
    (at, last), (first, second) = tokens, days
    options = [year] if year else [reader.published.year + step for step in (-1, 0, 1)]
    spans = [
        (start, end)
        for y in options
        if (start := dated(first, month, y)) and (end := dated(second, month, y)) and start <= end
    ]
    if not spans:
        return None
    near = min(spans, key=lambda span: abs((span[0] - reader.published).days))
    return mention_of(at, last, _past(reader.published, spans), near, Precision.DAY)


def day_and_month(reader: Reader, at: int) -> TimeMention | None:
    """Read "4 February 2022", "20 декабря", "6-13 January".

    Parameters
    ----------
    reader : Reader
        The sentence and what its times count from.
    at : int
        Index of a token.

    Returns
    -------
    TimeMention or None
        The mention; None where the words are something else.
    """
    first = reader.whole(at, least=1, most=31)
    if first is None:
        return None
    here, second = at + 1, first
    if reader.view.norm(here) in JOINERS:
        other = reader.whole(here + 1, least=1, most=31)
        if other is not None:
            here, second = here + 2, other
    if reader.view.norm(here) == "of":
        here += 1
    month = reader.tag(here, "month")
    if month is None:
        return None
    year, last = year_after(reader, month[1].last)
    return _day_of_month(reader, (at, last), (first, second), year, int(month[0]))


def month_and_day(reader: Reader, at: int) -> TimeMention | None:
    """Read "January 30", "Nov. 1, 2021", "January 6-13".

    Parameters
    ----------
    reader : Reader
        The sentence and what its times count from.
    at : int
        Index of a token.

    Returns
    -------
    TimeMention or None
        The mention; None where the words are something else.
    """
    month = reader.tag(at, "month")
    if month is None:
        return None
    here = month[1].last
    if reader.view.norm(here) == "." and reader.view.tokens[here].text == ".":
        here += 1
    first = reader.whole(here, least=1, most=31)
    if first is None:
        return None
    here, second = here + 1, first
    if reader.view.norm(here) in JOINERS:
        other = reader.whole(here + 1, least=first + 1, most=31)
        if other is not None:
            here, second = here + 2, other
    year, last = year_after(reader, here)
    return _day_of_month(reader, (at, last), (first, second), year, int(month[0]))


def numeric_date(reader: Reader, at: int) -> TimeMention | None:
    """Read "2022-01-10" and "10.01.2022".

    Parameters
    ----------
    reader : Reader
        The sentence and what its times count from.
    at : int
        Index of a token.

    Returns
    -------
    TimeMention or None
        The mention; None where the words are something else.
    """
    tokens = reader.view.tokens
    words = [reader.view.norm(here) for here in range(at, min(len(tokens), at + 5))]
    day = None
    last = at
    if len(words) == 5 and words[1] == words[3] == "-" and len(words[0]) == 4:
        if all(w.isascii() and w.isdigit() for w in (words[0], words[2], words[4])):
            day, last = dated(int(words[4][:3]), int(words[2][:3]), int(words[0])), at + 5
    elif len(words) >= 3 and words[1] == "." and len(words[0]) == 5 and len(words[2]) == 4:
        parts = words[0].split(".")
        if len(parts) == 2 and all(w.isascii() and w.isdigit() for w in (*parts, words[2])):
            day, last = dated(int(parts[0]), int(parts[1]), int(words[2])), at + 3
    span = one_day(day) if day else None
    return mention_of(at, last, span, span, Precision.DAY)


def month(reader: Reader, at: int) -> TimeMention | None:
    """Read "April 2021", "early December", "mid-January".

    Parameters
    ----------
    reader : Reader
        The sentence and what its times count from.
    at : int
        Index of a token.

    Returns
    -------
    TimeMention or None
        The mention; None where the words are something else.
    """
    norm = reader.view.norm(at)
    part, here = part_before(reader, at)
    if norm.startswith(("mid-", "early-", "late-")):
        part, _, name = norm.partition("-")
        numbers = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7,
                   "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}  # fmt: skip
        month, after = numbers.get(name[:3]), at + 1
        if month is None:
            return None
    else:
        tagged = reader.tag(here, "month")
        if tagged is None:
            return None
        month, after = int(tagged[0]), tagged[1].last
    year, last = year_after(reader, after)
    modal = reader.view.norm(here) in _MODAL_MONTHS
    if modal and year is None and not part and reader.view.norm(at - 1) not in _BEFORE_MONTH:
        return None
    years = [year] if year else [reader.published.year + step for step in (-1, 0, 1)]
    spans = [span for y in years if (span := month_span(y, month, part))]
    before = [span for span in spans if span[0] <= reader.published]
    if not spans:
        return None
    near = min(spans, key=lambda span: abs((span[0] - reader.published).days))
    return mention_of(at, last, before[-1] if before else spans[0], near, Precision.MONTH)


def season(reader: Reader, at: int) -> TimeMention | None:
    """Read "in the spring", "влітку 2021 року".

    Parameters
    ----------
    reader : Reader
        The sentence and what its times count from.
    at : int
        Index of a token.

    Returns
    -------
    TimeMention or None
        The mention; None where the words are something else.
    """
    season = reader.tag(at, "season")
    if season is None:
        return None
    here = season[1].last + (reader.view.norm(season[1].last) == "of")
    year, last = year_after(reader, here)
    if year is None:
        last = season[1].last
    first_month = int(season[0])
    years = [year] if year else [reader.published.year + step for step in (-1, 0, 1)]
    spans = [span for y in years if (span := season_span(y, first_month))]
    before = [span for span in spans if span[0] <= reader.published]
    if not spans:
        return None
    near = min(spans, key=lambda span: abs((span[0] - reader.published).days))
    return mention_of(at, last, before[-1] if before else spans[0], near, Precision.SEASON)


def year(reader: Reader, at: int) -> TimeMention | None:
    """Read "in 2014", "2021 году", "late 2021".

    Parameters
    ----------
    reader : Reader
        The sentence and what its times count from.
    at : int
        Index of a token.

    Returns
    -------
    TimeMention or None
        The mention; None where the words are something else.
    """
    part, here = part_before(reader, at)
    year = reader.whole(here, least=1900, most=2100)
    if year is None or reader.view.tokens[here].sort != "number":
        return None
    after = here + 1
    worded = reader.view.norm(after) in YEAR_WORDS
    opened = reader.view.norm(at - 1) in {
        "in",
        "since",
        "of",
        "from",
        "until",
        "by",
        "в",
        "у",
        "з",
        "с",
        "до",
    }
    if not (worded or opened or part):
        return None
    while reader.view.norm(after) in YEAR_WORDS:
        after += 1
    span = year_span(year, part)
    return mention_of(at, after, span, span, Precision.UNKNOWN)
