"""Times that count from another: "last week", "two weeks earlier", "в ночь на среду"."""

from __future__ import annotations

from datetime import date

from tracker.extraction.calendar_spans import (
    Days,
    dated,
    month_span,
    months_away,
    one_day,
    season_span,
    shifted,
    week_of,
    year_span,
)
from tracker.extraction.calendar_times import day_and_month
from tracker.extraction.time_words import (
    DAYS_OF,
    JOINERS,
    PARTS_OF_DAY,
    PRECISION_OF,
    Reader,
    TimeMention,
    counted_unit,
    mention_of,
    part_before,
)
from tracker.vocabulary import Precision


def weekday(reader: Reader, at: int) -> TimeMention | None:
    """Read "Friday", "last Tuesday", "Tuesday and Wednesday".

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
    shift = reader.tag(at, "shift")
    here = shift[1].last if shift else at
    weekday = reader.tag(here, "weekday")
    if weekday is None:
        return None
    last = weekday[1].last
    back = (reader.published.weekday() - int(weekday[0])) % 7
    past = shifted(reader.published, -back - (7 if shift and shift[0] == "-1" and back == 0 else 0))
    near = past if shift and shift[0] == "-1" else shifted(reader.published, (-back) % 7)
    spans = [one_day(past), one_day(near)]
    if reader.view.norm(last) in JOINERS:
        second = reader.tag(last + 1, "weekday")
        if second is not None:
            length = (int(second[0]) - int(weekday[0])) % 7
            spans = [(start, shifted(start, length)) for start, _ in spans]
            if spans[0][1] > reader.published:
                spans[0] = (shifted(spans[0][0], -7), shifted(spans[0][1], -7))
            last = second[1].last
    if reader.view.norm(last) in PARTS_OF_DAY:
        last += 1
    return mention_of(at, last, spans[0], spans[1], Precision.DAY)


def deictic(reader: Reader, at: int) -> TimeMention | None:
    """Read "now", "yesterday", "last night", "в ночь на среду", "the next day".

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
    today = reader.published
    anchor = reader.anchor or one_day(today)
    day = reader.tag(at, "day")
    if day is not None:
        span = one_day(shifted(today, int(day[0])))
        return mention_of(at, day[1].last, span, span, Precision.DAY)
    fixed: dict[str, Days | None] = {
        "night": (shifted(today, -1), today),
        "after1": one_day(shifted(anchor[1], 1)),
        "before1": one_day(shifted(anchor[0], -1)),
        "weekend": _unit_span(today, "weekend", 0),
    }
    for kind, days in fixed.items():
        found = reader.tag(at, kind)
        if found is not None:
            return mention_of(at, found[1].last, days, days, Precision.DAY)
    return _night_to(reader, at) or _new_year(reader, at)


def _night_to(reader: Reader, at: int) -> TimeMention | None:
    night = reader.tag(at, "nightto")
    if night is None:
        return None
    morning = weekday(reader, night[1].last) or day_and_month(reader, night[1].last)
    if morning is None:
        return None
    past = (shifted(morning.past[0], -1), morning.past[0])
    return mention_of(at, morning.last, past, past, Precision.DAY)


def _new_year(reader: Reader, at: int) -> TimeMention | None:
    today = reader.published
    newyear = reader.tag(at, "newyear")
    if newyear is not None:
        first = date(today.year if today.month < 7 else today.year + 1, 1, 1)
        span = (shifted(first, -2), shifted(first, 2))
        return mention_of(at, newyear[1].last, span, span, Precision.WEEK)
    return None


def relative(reader: Reader, at: int) -> TimeMention | None:
    """Read "two weeks ago", "чотирма днями раніше", "a month earlier".

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
    start = at + (reader.view.norm(at) in {"a", "an"})
    counted = counted_unit(reader, start)
    if counted is None:
        return None
    value, unit, here = counted
    kind = next((k for k in ("ago", "earlier", "later") if reader.tag(here, k)), None)
    if kind is None:
        return None
    tag = reader.tag(here, kind)
    assert tag is not None
    anchor = reader.published if kind == "ago" or reader.anchor is None else reader.anchor[0]
    days = DAYS_OF.get(unit, 2) * value * (1 if kind == "later" else -1)
    if unit == "month":
        year, month = months_away(anchor, value if kind == "later" else -value)
        day = dated(min(anchor.day, 28), month, year) or anchor
    else:
        day = shifted(anchor, days)
    return mention_of(at, tag[1].last, one_day(day), one_day(day), PRECISION_OF[unit])


def past_stretch(reader: Reader, at: int) -> TimeMention | None:
    """Read "in the past week", "за последние десять дней", "over the last days".

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
    for kind, sign in (("past", -1), ("ahead", 1)):
        opening = reader.tag(at, kind)
        if opening is None:
            continue
        counted = counted_unit(reader, opening[1].last)
        if counted is None:
            continue
        value, unit, last = counted
        plural = reader.view.norm(last - 1)
        if reader.count(opening[1].last) is None and unit in {"day", "week", "month"}:
            value = (
                3
                if plural
                in {
                    "days",
                    "weeks",
                    "months",
                    "дни",
                    "дні",
                    "недели",
                    "дней",
                    "днів",
                    "месяцы",
                    "місяці",
                    "тижні",
                }
                else 1
            )
        reach = round(DAYS_OF.get(unit, 2) * value)
        today = reader.published
        span = (shifted(today, -reach), today) if sign < 0 else (today, shifted(today, reach))
        return mention_of(at, last, span, span, PRECISION_OF[unit])
    return None


def calendar_unit(reader: Reader, at: int) -> TimeMention | None:
    """Read "last week", "next month", "this year", "минулого тижня".

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
    shift = reader.tag(at, "shift")
    if shift is None:
        return None
    step, here = int(shift[0]), shift[1].last
    unit = reader.tag(here, "unit")
    if unit is not None:
        span = _unit_span(reader.published, unit[0], step)
        return mention_of(at, unit[1].last, span, span, PRECISION_OF[unit[0]])
    season = reader.tag(here, "season")
    if season is None:
        return None
    span = season_span(reader.published.year + max(0, step), int(season[0]))
    while span is not None and step < 0 and span[0] > reader.published:
        span = season_span(span[0].year - 1, int(season[0]))
    return mention_of(at, season[1].last, span, span, Precision.SEASON)


def part_of_unit(reader: Reader, at: int) -> TimeMention | None:
    """Read "since the beginning of the month", "до кінця тижня": a part of the present one.

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
    unit = reader.tag(here, "unit") if part else None
    span = _unit_span(reader.published, unit[0], 0) if unit is not None else None
    if unit is None or span is None or unit[0] == "weekend":
        return None
    third = (span[1] - span[0]).days // 3
    start = shifted(span[0], third + 1 if part == "mid" else 2 * third + 1)
    parts = {"early": (span[0], shifted(span[0], third)), "late": (start, span[1])}
    span = parts.get(part, (start, shifted(start, third)))
    return mention_of(at, unit[1].last, span, span, PRECISION_OF[unit[0]])


def _unit_span(today: date, name: str, step: int) -> Days | None:
    if name == "week":
        return week_of(today, step)
    if name == "month":
        return month_span(*months_away(today, step))
    if name == "year":
        return year_span(today.year + step)
    if name != "weekend":
        return None
    saturday = shifted(week_of(today, step)[0], 5)
    if step == 0 and saturday > today:
        saturday = shifted(saturday, -7)
    return saturday, shifted(saturday, 1)
