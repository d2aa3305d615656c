"""When: expressions of time in a sentence, resolved against the publication date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tracker.claims.calendar_spans import (
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
from tracker.claims.lexicon import Tag
from tracker.claims.tagged import Tagged
from tracker.vocabulary import Precision

_DAYS_OF = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_PRECISION_OF = {
    "hour": Precision.DAY,
    "day": Precision.DAY,
    "week": Precision.WEEK,
    "fortnight": Precision.WEEK,
    "weekend": Precision.DAY,
    "month": Precision.MONTH,
    "year": Precision.UNKNOWN,
}
_MODAL_MONTHS = frozenset({"may", "march"})
_BEFORE_MONTH = frozenset(
    {"in", "since", "early", "late", "mid", "of", "by", "until", "from", "last", "next", "this"}
)
_JOINERS = frozenset({"and", "и", "і", "та", "й", "-", "–", "—", "to", "or"})
_SINCE = frozenset({"since", "с", "з", "зі", "со", "від"})
_OPENERS = frozenset(
    {"on", "in", "at", "as", "of", "during", "by", "around", "over", "в", "во", "на", "у",
     "за", "ще", "late", "early", "к", "до", "since", "с", "з", "by", "from"}
)  # fmt: skip
_PARTS_OF_DAY = frozenset(
    {"night", "morning", "evening", "afternoon", "утром", "вечером", "днем", "ночью", "удень",
     "вдень", "вранці", "увечері", "вечері", "ввечері", "зранку", "утра", "рано"}
)  # fmt: skip
_YEAR_WORDS = frozenset({"года", "году", "год", "г", "года,", "року", "рік", "р"})


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeMention:
    """An expression of time.

    Parameters
    ----------
    first, last : int
        Tokens, `last` exclusive.
    past, near : (date, date)
        The span if it lies before the publication, and the nearest one: they differ where the
        words name no year or week.
    precision : Precision
        How sharp it is.
    open_end : bool
        Whether it lasts to the publication ("since Monday").
    """

    first: int
    last: int
    past: Days
    near: Days
    precision: Precision
    open_end: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reader:
    view: Tagged
    published: date
    anchor: Days | None

    def tag(self, at: int, kind: str) -> tuple[str, Tag] | None:
        tag = self.view.starting("time", at)
        if tag is None:
            return None
        name, _, value = tag.value.partition(":")
        return (value, tag) if name == kind else None

    def whole(self, at: int, *, least: int, most: int) -> int | None:
        """Read a plain whole number within bounds."""
        if at >= len(self.view.tokens):
            return None
        text = self.view.tokens[at].norm
        for suffix in ("st", "nd", "rd", "th", "-го", "-е", "-го", "-ого"):
            text = text.removesuffix(suffix)
        if text.isascii() and text.isdigit() and len(text) <= 4 and least <= int(text) <= most:
            return int(text)
        return None

    def count(self, at: int) -> tuple[int, int] | None:
        """Read a small count in digits or words, and the token behind it."""
        value = self.whole(at, least=1, most=500)
        if value is not None:
            return value, at + 1
        tag = self.view.starting("number", at)
        if tag is None or tag.entry.get("sort") not in {"word", "vague"}:
            return None
        if tag.entry.get("sort") == "vague":
            return ({"a_couple": 2}.get(tag.value, 3)), tag.last
        return max(1, int(float(tag.value))), tag.last


def _mention(
    at: int, last: int, past: Days | None, near: Days | None, precision: Precision
) -> TimeMention | None:
    if past is None or near is None:
        return None
    return TimeMention(first=at, last=last, past=past, near=near, precision=precision)


def _year_after(reader: _Reader, at: int) -> tuple[int | None, int]:
    here = at + (reader.view.norm(at) == ",")
    year = reader.whole(here, least=1900, most=2199)
    if year is None:
        return None, at
    after = here + 1
    while reader.view.norm(after) in _YEAR_WORDS:
        after += 1
    return year, after


def _day_of_month(
    reader: _Reader, at: int, last: int, days: tuple[int, int], year: int | None, month: int
) -> TimeMention | None:
    """Place a day, or two days, of a month that may name no year."""
    first, second = days
    options = [year] if year else [reader.published.year + step for step in (-1, 0, 1)]
    spans = [
        (start, end)
        for y in options
        if (start := dated(first, month, y))
        and (end := dated(second, month, y))
        and start <= end
    ]
    if not spans:
        return None
    before = [span for span in spans if span[0] <= reader.published]
    near = min(spans, key=lambda span: abs((span[0] - reader.published).days))
    return _mention(at, last, before[-1] if before else spans[0], near, Precision.DAY)


def _day_and_month(reader: _Reader, at: int) -> TimeMention | None:
    """Read "4 February 2022", "20 декабря", "6-13 January"."""
    first = reader.whole(at, least=1, most=31)
    if first is None:
        return None
    here, second = at + 1, first
    if reader.view.norm(here) in _JOINERS:
        other = reader.whole(here + 1, least=1, most=31)
        if other is not None:
            here, second = here + 2, other
    if reader.view.norm(here) == "of":
        here += 1
    month = reader.tag(here, "month")
    if month is None:
        return None
    year, last = _year_after(reader, month[1].last)
    return _day_of_month(reader, at, last, (first, second), year, int(month[0]))


def _month_and_day(reader: _Reader, at: int) -> TimeMention | None:
    """Read "January 30", "Nov. 1, 2021", "January 6-13"."""
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
    if reader.view.norm(here) in _JOINERS:
        other = reader.whole(here + 1, least=first + 1, most=31)
        if other is not None:
            here, second = here + 2, other
    year, last = _year_after(reader, here)
    return _day_of_month(reader, at, last, (first, second), year, int(month[0]))


def _numeric_date(reader: _Reader, at: int) -> TimeMention | None:
    """Read "2022-01-10" and "10.01.2022"."""
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
    return _mention(at, last, span, span, Precision.DAY)


def _part_before(reader: _Reader, at: int) -> tuple[str, int]:
    part = reader.tag(at, "part")
    if part is None:
        return "", at
    after = part[1].last
    if reader.view.norm(after) in {"of", "the", "-"}:
        after += 1
    return part[0], after


def _month(reader: _Reader, at: int) -> TimeMention | None:
    """Read "April 2021", "early December", "mid-January", "last May"."""
    norm = reader.view.norm(at)
    part, here = _part_before(reader, at)
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
    year, last = _year_after(reader, after)
    modal = reader.view.norm(here) in _MODAL_MONTHS
    if modal and year is None and not part and reader.view.norm(at - 1) not in _BEFORE_MONTH:
        return None
    years = [year] if year else [reader.published.year + step for step in (-1, 0, 1)]
    spans = [span for y in years if (span := month_span(y, month, part))]
    before = [span for span in spans if span[0] <= reader.published]
    if not spans:
        return None
    near = min(spans, key=lambda span: abs((span[0] - reader.published).days))
    return _mention(at, last, before[-1] if before else spans[0], near, Precision.MONTH)


def _weekday(reader: _Reader, at: int) -> TimeMention | None:
    """Read "Friday", "last Tuesday", "Tuesday and Wednesday"."""
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
    if reader.view.norm(last) in _JOINERS:
        second = reader.tag(last + 1, "weekday")
        if second is not None:
            length = (int(second[0]) - int(weekday[0])) % 7
            spans = [(start, shifted(start, length)) for start, _ in spans]
            if spans[0][1] > reader.published:
                spans[0] = (shifted(spans[0][0], -7), shifted(spans[0][1], -7))
            last = second[1].last
    if reader.view.norm(last) in _PARTS_OF_DAY:
        last += 1
    return _mention(at, last, spans[0], spans[1], Precision.DAY)


def _deictic(reader: _Reader, at: int) -> TimeMention | None:
    """Read "now", "yesterday", "last night", "в ночь на среду", "the next day"."""
    day = reader.tag(at, "day")
    today = reader.published
    anchor = reader.anchor or one_day(today)
    if day is not None:
        span = one_day(shifted(today, int(day[0])))
        return _mention(at, day[1].last, span, span, Precision.DAY)
    night = reader.tag(at, "night")
    if night is not None:
        span = (shifted(today, -1), today)
        return _mention(at, night[1].last, span, span, Precision.DAY)
    night = reader.tag(at, "nightto")
    if night is not None:
        weekday = _weekday(reader, night[1].last) or _day_and_month(reader, night[1].last)
        if weekday is None:
            return None
        past = (shifted(weekday.past[0], -1), weekday.past[0])
        return _mention(at, weekday.last, past, past, Precision.DAY)
    for name, step, base in (("after1", 1, anchor[1]), ("before1", -1, anchor[0])):
        found = reader.tag(at, name)
        if found is not None:
            span = one_day(shifted(base, step))
            return _mention(at, found[1].last, span, span, Precision.DAY)
    newyear = reader.tag(at, "newyear")
    if newyear is not None:
        first = date(today.year if today.month < 7 else today.year + 1, 1, 1)
        span = (shifted(first, -2), shifted(first, 2))
        return _mention(at, newyear[1].last, span, span, Precision.WEEK)
    return None


def _counted_unit(reader: _Reader, at: int) -> tuple[int, str, int] | None:
    """Read "two weeks", "three-month", "недели" (one): count, unit, token behind."""
    count = reader.count(at)
    value, here = count if count else (1, at)
    joined = reader.view.norm(here)
    if joined in _JOINERS:
        second = reader.count(here + 1)
        if second is not None:
            value, here = second
    unit = reader.tag(here, "unit")
    return (value, unit[0], unit[1].last) if unit else None


def _relative(reader: _Reader, at: int) -> TimeMention | None:
    """Read "two weeks ago", "чотирма днями раніше", "a month earlier"."""
    start = at + (reader.view.norm(at) in {"a", "an"})
    counted = _counted_unit(reader, start)
    if counted is None:
        return None
    value, unit, here = counted
    kind = next((k for k in ("ago", "earlier", "later") if reader.tag(here, k)), None)
    if kind is None:
        return None
    tag = reader.tag(here, kind)
    assert tag is not None
    anchor = reader.published if kind == "ago" or reader.anchor is None else reader.anchor[0]
    days = _DAYS_OF.get(unit, 2) * value * (1 if kind == "later" else -1)
    if unit == "month":
        year, month = months_away(anchor, value if kind == "later" else -value)
        day = dated(min(anchor.day, 28), month, year) or anchor
    else:
        day = shifted(anchor, days)
    return _mention(at, tag[1].last, one_day(day), one_day(day), _PRECISION_OF[unit])


def _past_stretch(reader: _Reader, at: int) -> TimeMention | None:
    """Read "in the past week", "за последние десять дней", "over the last days"."""
    for kind, sign in (("past", -1), ("ahead", 1)):
        opening = reader.tag(at, kind)
        if opening is None:
            continue
        counted = _counted_unit(reader, opening[1].last)
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
            )  # noqa: E501 - one set
        reach = round(_DAYS_OF.get(unit, 2) * value)
        today = reader.published
        span = (shifted(today, -reach), today) if sign < 0 else (today, shifted(today, reach))
        return _mention(at, last, span, span, _PRECISION_OF[unit])
    return None


def _calendar_unit(reader: _Reader, at: int) -> TimeMention | None:
    """Read "last week", "next month", "this year", "минулого тижня"."""
    shift = reader.tag(at, "shift")
    if shift is None:
        return None
    step, here, today = int(shift[0]), shift[1].last, reader.published
    unit = reader.tag(here, "unit")
    span: Days | None
    if unit is not None:
        name, last = unit[0], unit[1].last
        if name == "week":
            span = week_of(today, step)
        elif name == "weekend":
            monday = week_of(today, step)[0]
            span = (shifted(monday, 5), shifted(monday, 6))
            if step == 0 and span[0] > today:
                span = (shifted(span[0], -7), shifted(span[1], -7))
        elif name == "month":
            span = month_span(*months_away(today, step))
        elif name == "year":
            span = year_span(today.year + step)
        else:
            return None
        return _mention(at, last, span, span, _PRECISION_OF[name])
    season = reader.tag(here, "season")
    if season is not None:
        span = season_span(today.year + (step if step > 0 else 0), int(season[0]))
        if span is not None and step < 0:
            while span is not None and span[0] > today:
                span = season_span(span[0].year - 1, int(season[0]))
        return _mention(at, season[1].last, span, span, Precision.SEASON)
    return None


def _season(reader: _Reader, at: int) -> TimeMention | None:
    season = reader.tag(at, "season")
    if season is None:
        return None
    here = season[1].last + (reader.view.norm(season[1].last) == "of")
    year, last = _year_after(reader, here)
    if year is None:
        last = season[1].last
    first_month = int(season[0])
    years = [year] if year else [reader.published.year + step for step in (-1, 0, 1)]
    spans = [span for y in years if (span := season_span(y, first_month))]
    before = [span for span in spans if span[0] <= reader.published]
    if not spans:
        return None
    near = min(spans, key=lambda span: abs((span[0] - reader.published).days))
    return _mention(at, last, before[-1] if before else spans[0], near, Precision.SEASON)


def _year(reader: _Reader, at: int) -> TimeMention | None:
    """Read "in 2014", "2021 году", "late 2021"."""
    part, here = _part_before(reader, at)
    year = reader.whole(here, least=1900, most=2100)
    if year is None or reader.view.tokens[here].sort != "number":
        return None
    after = here + 1
    worded = reader.view.norm(after) in _YEAR_WORDS
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
    while reader.view.norm(after) in _YEAR_WORDS:
        after += 1
    span = year_span(year, part)
    return _mention(at, after, span, span, Precision.UNKNOWN)


_READERS: tuple[Callable[[_Reader, int], TimeMention | None], ...] = (
    _numeric_date,
    _day_and_month,
    _month_and_day,
    _past_stretch,
    _relative,
    _weekday,
    _calendar_unit,
    _month,
    _deictic,
    _season,
    _year,
)


def _opened(reader: _Reader, mention: TimeMention) -> TimeMention:
    """Take in the words before a mention: "since", "as of", "early on"."""
    first, open_end = mention.first, mention.open_end
    while (
        first > 0
        and mention.first - first < 3
        and reader.view.norm(first - 1) in (_OPENERS | _PARTS_OF_DAY)
    ):
        first -= 1
        if reader.view.norm(first) in _SINCE:
            open_end = mention.past[0] <= reader.published
            break
    if reader.tag(first, "since") is not None:
        open_end = mention.past[0] <= reader.published
    if not open_end:
        return replace(mention, first=first)
    past = (mention.past[0], max(mention.past[1], reader.published))
    near = past if mention.near[0] <= reader.published else mention.near
    return replace(mention, first=first, past=past, near=near, open_end=True)


def time_mentions(view: Tagged, published: date, anchor: Days | None = None) -> list[TimeMention]:
    """Find the expressions of time of a sentence.

    Parameters
    ----------
    view : Tagged
        The sentence.
    published : date
        Day of publication, UTC.
    anchor : (date, date), optional
        What "two weeks earlier" counts from, where the sentence itself names nothing before it.

    Returns
    -------
    list of TimeMention
        In order.
    """
    found: list[TimeMention] = []
    at = 0
    if not view.of("time") and not any(token.sort == "number" for token in view.tokens):
        return found
    while at < len(view.tokens):
        token = view.tokens[at]
        worth = token.sort == "number" or view.starting("time", at) is not None
        worth = worth or view.starting("number", at) is not None or "-" in token.norm
        worth = worth or token.norm in {"a", "an"} or token.sort == "mixed"
        mention = None
        if worth:
            reader = _Reader(view=view, published=published, anchor=anchor)
            for read in _READERS:
                mention = read(reader, at)
                if mention is not None:
                    break
        if mention is None:
            at += 1
            continue
        mention = _opened(reader, mention)
        found.append(mention)
        anchor = mention.past
        at = max(at + 1, mention.last)
    return found
