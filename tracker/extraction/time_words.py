"""What all expressions of time share: the mention, and the reader of counts, units and parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.extraction.calendar_spans import Days
from tracker.extraction.lexicon import Tag
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Precision

DAYS_OF = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}

PRECISION_OF = {
    "hour": Precision.DAY,
    "day": Precision.DAY,
    "week": Precision.WEEK,
    "fortnight": Precision.WEEK,
    "weekend": Precision.DAY,
    "month": Precision.MONTH,
    "year": Precision.UNKNOWN,
}

JOINERS = frozenset({"and", "и", "і", "та", "й", "-", "–", "—", "to", "or"})

PARTS_OF_DAY = frozenset(
    {"night", "morning", "evening", "afternoon", "утром", "вечером", "днем", "ночью", "удень",
     "вдень", "вранці", "увечері", "вечері", "ввечері", "зранку", "утра", "рано"}
)  # fmt: skip

YEAR_WORDS = frozenset({"года", "году", "год", "г", "года,", "року", "рік", "р"})


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
class Reader:
    """A sentence and what its times count from.

    Parameters
    ----------
    view : Tagged
        The sentence.
    published : date
        Day of publication, UTC.
    anchor : (date, date) or None
        The time named before.
    """

    view: Tagged
    published: date
    anchor: Days | None

    def tag(self, at: int, kind: str) -> tuple[str, Tag] | None:
        """Find a word of time.

        Parameters
        ----------
        at : int
            Index of a token.
        kind : str
            `month`, `weekday`, `unit`, `shift` and so on: what stands before the colon in the
            table.

        Returns
        -------
        (str, Tag) or None
            What stands behind the colon, and the tag.
        """
        tag = self.view.starting("time", at)
        if tag is None:
            return None
        name, _, value = tag.value.partition(":")
        return (value, tag) if name == kind else None

    def whole(self, at: int, *, least: int, most: int) -> int | None:
        """Read a plain whole number, an ordinal included.

        Parameters
        ----------
        at : int
            Index of a token.
        least, most : int
            Its bounds.

        Returns
        -------
        int or None
            The number; None where there is none within the bounds.
        """
        if at >= len(self.view.tokens):
            return None
        text = self.view.tokens[at].norm
        for suffix in ("st", "nd", "rd", "th", "-го", "-е", "-го", "-ого"):
            text = text.removesuffix(suffix)
        if text.isascii() and text.isdigit() and len(text) <= 4 and least <= int(text) <= most:
            return int(text)
        return None

    def count(self, at: int) -> tuple[int, int] | None:
        """Read a small count in digits or words.

        Parameters
        ----------
        at : int
            Index of a token.

        Returns
        -------
        (int, int) or None
            The count and the token behind it.
        """
        value = self.whole(at, least=1, most=500)
        if value is not None:
            return value, at + 1
        tag = self.view.starting("number", at)
        if tag is None or tag.entry.get("sort") not in {"word", "vague"}:
            return None
        if tag.entry.get("sort") == "vague":
            return ({"a_couple": 2}.get(tag.value, 3)), tag.last
        return max(1, int(float(tag.value))), tag.last


def mention_of(
    at: int, last: int, past: Days | None, near: Days | None, precision: Precision
) -> TimeMention | None:
    """Make a mention where both spans exist.

    Parameters
    ----------
    at : int
        Index of a token.
    last : int
        Token behind the last one.
    past : Days or None
        The span if it lies before the publication.
    near : Days or None
        The span nearest to it.
    precision : Precision
        How sharp it is.

    Returns
    -------
    TimeMention or None
        The mention; None where the calendar has no such day.
    """
    if past is None or near is None:
        return None
    return TimeMention(first=at, last=last, past=past, near=near, precision=precision)


def year_after(reader: Reader, at: int) -> tuple[int | None, int]:
    """Read a year behind a date.

    Parameters
    ----------
    reader : Reader
        The sentence and what its times count from.
    at : int
        Index of a token.

    Returns
    -------
    (int or None, int)
        The year or None, and the token behind it.
    """
    here = at + (reader.view.norm(at) == ",")
    year = reader.whole(here, least=1900, most=2199)
    if year is None:
        return None, at
    after = here + 1
    while reader.view.norm(after) in YEAR_WORDS:
        after += 1
    return year, after


def part_before(reader: Reader, at: int) -> tuple[str, int]:
    """Read "early", "в начале" before a month or a year.

    Parameters
    ----------
    reader : Reader
        The sentence and what its times count from.
    at : int
        Index of a token.

    Returns
    -------
    (str, int)
        The part, empty where none, and the token behind it.
    """
    part = reader.tag(at, "part")
    if part is None:
        return "", at
    after = part[1].last
    if reader.view.norm(after) in {"of", "the", "-"}:
        after += 1
    return part[0], after


def counted_unit(reader: Reader, at: int) -> tuple[int, str, int] | None:
    """Read "two weeks", or "недели" for one.

    Parameters
    ----------
    reader : Reader
        The sentence and what its times count from.
    at : int
        Index of a token.

    Returns
    -------
    (int, str, int) or None
        Count, unit and the token behind; None where it is something else.
    """
    count = reader.count(at)
    value, here = count or (1, at)
    joined = reader.view.norm(here)
    if joined in JOINERS:
        second = reader.count(here + 1)
        if second is not None:
            value, here = second
    unit = reader.tag(here, "unit")
    return (value, unit[0], unit[1].last) if unit else None
