"""When: expressions of time in a sentence, resolved against the publication date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tracker.claims.calendar_spans import Days
from tracker.claims.calendar_times import (
    day_and_month,
    month,
    month_and_day,
    numeric_date,
    season,
    year,
)
from tracker.claims.relative_times import calendar_unit, deictic, past_stretch, relative, weekday
from tracker.claims.tagged import Tagged
from tracker.claims.time_words import PARTS_OF_DAY, Reader, TimeMention

_SINCE = frozenset({"since", "с", "з", "зі", "со", "від"})

_OPENERS = frozenset(
    {"on", "in", "at", "as", "of", "during", "by", "around", "over", "в", "во", "на", "у",
     "за", "ще", "late", "early", "к", "до", "since", "с", "з", "from"}
)  # fmt: skip

_READERS: tuple[Callable[[Reader, int], TimeMention | None], ...] = (
    numeric_date,
    day_and_month,
    month_and_day,
    past_stretch,
    relative,
    weekday,
    calendar_unit,
    month,
    deictic,
    season,
    year,
)


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
            reader = Reader(view=view, published=published, anchor=anchor)
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
