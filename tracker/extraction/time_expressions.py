"""When: expressions of time in a sentence, resolved against the publication date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from tracker.extraction.calendar_spans import Days
from tracker.extraction.calendar_times import (
    day_and_month,
    month,
    month_and_day,
    numeric_date,
    season,
    year,
)
from tracker.extraction.relative_times import (
    calendar_unit,
    deictic,
    part_of_unit,
    past_stretch,
    relative,
    weekday,
)
from tracker.extraction.tagged import Tagged
from tracker.extraction.time_words import PARTS_OF_DAY, Reader, TimeMention

_SINCE = frozenset({"since", "с", "з", "із", "зі", "со", "від"})

_OPENERS = frozenset(
    {"on", "in", "at", "as", "of", "during", "by", "around", "over", "в", "во", "на", "у",
     "за", "ще", "late", "early", "к", "до", "since", "с", "з", "із", "зі", "від", "from"}
)  # fmt: skip

_ARTICLES = frozenset({"a", "an"})

Read: TypeAlias = Callable[[Reader, int], TimeMention | None]
_COUNT_READERS: tuple[Read, ...] = (numeric_date, day_and_month, relative, year)
_READERS: dict[str, tuple[Read, ...]] = {
    "month": (month_and_day, month),
    "part": (month, year, part_of_unit),
    "past": (past_stretch, calendar_unit),
    "ahead": (past_stretch,),
    "unit": (relative,),
    "shift": (weekday, calendar_unit),
    "weekday": (weekday,),
    "season": (season,),
    **dict.fromkeys(
        ("day", "night", "nightto", "after1", "before1", "newyear", "weekend"), (deictic,)
    ),
}
"""Which expressions the words of a kind may open."""


def _read_at(reader: Reader, at: int) -> TimeMention | None:
    token = reader.view.tokens[at]
    readers: tuple[Read, ...] = ()
    tag = reader.view.starting("time", at)
    if tag is not None:
        readers = _READERS.get(tag.value.partition(":")[0], ())
    elif "-" in token.norm and token.sort == "word":
        readers = (month,)
    if token.sort in {"number", "mixed"} or token.norm in _ARTICLES:
        readers = (*_COUNT_READERS, *readers)
    elif reader.view.starting("number", at) is not None:
        readers = (relative, *readers)
    for read in readers:
        mention = read(reader, at)
        if mention is not None:
            return mention
    return None


def _opened(reader: Reader, mention: TimeMention) -> TimeMention:
    # Take in the words before a mention: "since", "as of", "early on".
    first, open_end = mention.first, mention.open_end
    while (
        first > 0
        and mention.first - first < 3
        and reader.view.norm(first - 1) in (_OPENERS | PARTS_OF_DAY)
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


def _is_in_name(view: Tagged, at: int) -> bool:
    # Whether a word of time belongs to the name of an outlet: "India Today".
    token, before = view.tokens[at], view.tokens[at - 1] if at else None
    named = token.norm == "today" and token.is_name and not token.text.isupper()
    return named and before is not None and before.is_name


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
    times = view.of("time")
    openers = {
        at
        for at, token in enumerate(view.tokens)
        if token.sort != "mark" and (token.sort != "word" or "-" in token.norm)
    }
    if not times and not openers:
        return found
    openers.update(tag.first for tag in (*times, *view.of("number")))
    openers.update(at for at, token in enumerate(view.tokens) if token.norm in _ARTICLES)
    reader = Reader(view=view, published=published, anchor=anchor)
    behind = 0
    for at in sorted(openers):
        read = at >= behind and not _is_in_name(view, at)
        mention = _read_at(reader, at) if read else None
        if mention is None:
            continue
        mention = _opened(reader, mention)
        found.append(mention)
        reader = replace(reader, anchor=mention.past)
        behind = mention.last
    return found
