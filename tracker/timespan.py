"""Time as a span with a precision: never a point that pretends to be sharper than the words."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tracker.clock import whole_milliseconds
from tracker.errors import InvalidValueError
from tracker.vocabulary import Precision

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_LAST_MOMENT = time(23, 59, 59, 999000, tzinfo=UTC)
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Timespan:
    """A closed span of UTC instants.

    Parameters
    ----------
    start, end : datetime
        First and last instant, aware UTC; `start` <= `end`.
    precision : Precision
        How sharply the words give it.
    text : str or None
        The words as written, where there are any.
    zone : str or None
        IANA name of the place's own zone, where it is known.

    Raises
    ------
    InvalidValueError
        Where an instant is naive, out of the years 1900 to 2200, or the span runs backwards.
    """

    start: datetime
    end: datetime
    precision: Precision = Precision.UNKNOWN
    text: str | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        for instant in (self.start, self.end):
            if instant.tzinfo is None or instant.utcoffset() != timedelta(0):
                raise InvalidValueError(f"{instant} is not a UTC instant; give it with its zone.")
            if not EARLIEST <= instant <= LATEST:
                raise InvalidValueError(f"{instant:%Y-%m-%d} lies outside the years 1900 to 2200.")
        object.__setattr__(self, "start", whole_milliseconds(self.start))
        object.__setattr__(self, "end", whole_milliseconds(self.end))
        if self.start > self.end:
            raise InvalidValueError(
                f"a span cannot end ({self.end:%Y-%m-%d}) before it starts ({self.start:%Y-%m-%d})."
            )

    @property
    def middle(self) -> datetime:
        """Instant halfway through the span, UTC."""
        return self.start + (self.end - self.start) / 2

    @property
    def length_days(self) -> float:
        """Length of the span in days."""
        return (self.end - self.start) / timedelta(days=1)


def parse_date(text: str) -> Timespan:
    """Read an ISO date that may stop at the month or the year.

    Parameters
    ----------
    text : str
        `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or an instant `YYYY-MM-DDTHH:MM[:SS]` with its zone.

    Returns
    -------
    Timespan
        The whole day, month or year in UTC; precision `day`, `month` or `unknown`. An instant
        gives a span without length, precision `hour`.

    Raises
    ------
    InvalidValueError
        Where the text is no such date.
    """
    if "T" in text:
        return _parse_instant(text.strip())
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise InvalidValueError(f"{text[:40]!r} is no date; write YYYY-MM-DD.")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or (monthrange(year, month)[1] if month else 31))
    except ValueError:
        raise InvalidValueError(f"{text[:40]!r} is no date of the calendar.") from None
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.UNKNOWN
    return Timespan(
        start=datetime.combine(first, time(0, tzinfo=UTC)),
        end=datetime.combine(last, _LAST_MOMENT),
        precision=precision,
        text=text.strip(),
    )


def _parse_instant(text: str) -> Timespan:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidValueError(f"{text[:40]!r} is no instant; write 2022-01-13T09:30Z.") from None
    if instant.tzinfo is None:
        raise InvalidValueError(f"{text[:40]!r} lacks its zone; add Z for UTC.")
    instant = instant.astimezone(UTC)
    instant = instant.replace(microsecond=instant.microsecond // 1000 * 1000)
    return Timespan(start=instant, end=instant, precision=Precision.HOUR, text=text)


def _precision_of(start: Timespan, end: Timespan) -> Precision:
    if (start.start, start.end) == (end.start, end.end):
        return start.precision
    length_days = (end.end - start.start) / timedelta(days=1)
    bounds_days = {Precision.WEEK: 10, Precision.MONTH: 45, Precision.SEASON: 120}
    return next((p for p, most in bounds_days.items() if length_days <= most), Precision.UNKNOWN)


def span_of_dates(first: str, last: str, precision: Precision | None = None) -> Timespan:
    """Join two ISO dates into the span from the first one's start to the last one's end.

    Parameters
    ----------
    first, last : str
        ISO dates as `parse_date` reads them.
    precision : Precision, optional
        Precision to state; by default that of one date, or what the length of the span allows.

    Returns
    -------
    Timespan
        Closed span in UTC.

    Raises
    ------
    InvalidValueError
        Where one is no date or the second lies before the first.
    """
    start, end = parse_date(first), parse_date(last)
    if precision is None:
        precision = _precision_of(start, end)
    text = first.strip() if first.strip() == last.strip() else f"{first.strip()}/{last.strip()}"
    return Timespan(start=start.start, end=end.end, precision=precision, text=text)


def end_of_day(day: date) -> datetime:
    """Return the last moment of a UTC day.

    Parameters
    ----------
    day : date
        The day.

    Returns
    -------
    datetime
        Aware UTC instant, 23:59:59.999.
    """
    return datetime.combine(day, _LAST_MOMENT)


def as_day(day: date | str | None) -> date | None:
    """Take a day as a value or as ISO text.

    Parameters
    ----------
    day : date, str or None
        A day, `"2022-02-18"`, or nothing.

    Returns
    -------
    date or None
        The day; None where nothing was given.

    Raises
    ------
    InvalidValueError
        Where the text is no day, or the day lies outside the years 1900 to 2200.
    """
    if day is None:
        return None
    found = read_day(day) if isinstance(day, str) else day
    if not EARLIEST.year <= found.year <= LATEST.year:
        raise InvalidValueError(f"{found} lies outside the years 1900 to 2200.")
    return found


def read_day(text: str) -> date:
    """Read a day of the calendar.

    Parameters
    ----------
    text : str
        `"2022-02-18"`.

    Returns
    -------
    date
        The day.

    Raises
    ------
    InvalidValueError
        Where the text is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValueError(f"{text[:40]!r} is no day; write YYYY-MM-DD.") from None
