"""Days, months, seasons and weeks around a publication date, as pairs of dates."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TypeAlias

Days: TypeAlias = tuple[date, date]
_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2199


def one_day(day: date) -> Days:
    """Span one day.

    Parameters
    ----------
    day : date
        The day.

    Returns
    -------
    (date, date)
        Twice the day.
    """
    return day, day


def shifted(day: date, days: float) -> date:
    """Move a day, without leaving the calendar.

    Parameters
    ----------
    day : date
        The day.
    days : float
        How far, negative to the past.

    Returns
    -------
    date
        The other day, at most 300 years away.
    """
    return day + timedelta(days=max(-109_500, min(109_500, days)))


def month_span(year: int, month: int, part: str = "") -> Days | None:
    """Span a month or a third of it.

    Parameters
    ----------
    year, month : int
        The month.
    part : str
        `early` (1-10), `mid` (11-20), `late` (from the 21st), or empty for all of it.

    Returns
    -------
    (date, date) or None
        First and last day; None out of the years 1900 to 2199.
    """
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    last = monthrange(year, month)[1]
    first_day, last_day = _PARTS.get(part, (1, last))
    return date(year, month, first_day), date(year, month, min(last, last_day))


def year_span(year: int, part: str = "") -> Days | None:
    """Span a year or a third of it.

    Parameters
    ----------
    year : int
        The year.
    part : str
        `early`, `mid` or `late`, or empty.

    Returns
    -------
    (date, date) or None
        First and last day; None out of the years 1900 to 2199.
    """
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    return date(year, months[0], 1), date(year, months[1], monthrange(year, months[1])[1])


def season_span(year: int, first_month: int) -> Days | None:
    """Span three months.

    Parameters
    ----------
    year : int
        Year in which they begin.
    first_month : int
        Their first month.

    Returns
    -------
    (date, date) or None
        First and last day.
    """
    first = month_span(year, first_month)
    end_month = first_month + 2
    last = month_span(year + (end_month > 12), (end_month - 1) % 12 + 1)
    return (first[0], last[1]) if first and last else None


def week_of(day: date, weeks: int) -> Days:
    """Span a calendar week, Monday to Sunday.

    Parameters
    ----------
    day : date
        A day.
    weeks : int
        How many weeks away, negative to the past.

    Returns
    -------
    (date, date)
        Monday and Sunday.
    """
    monday = shifted(day, -day.weekday() + 7 * weeks)
    return monday, shifted(monday, 6)


def months_away(day: date, months: int) -> tuple[int, int]:
    """Count months from a day.

    Parameters
    ----------
    day : date
        The day.
    months : int
        How many months away.

    Returns
    -------
    (int, int)
        Year and month.
    """
    index = day.year * 12 + day.month - 1 + max(-3_600, min(3_600, months))
    return index // 12, index % 12 + 1


def dated(day: int, month: int, year: int) -> date | None:
    """Make a date where the calendar has it.

    Parameters
    ----------
    day, month, year : int
        Its parts.

    Returns
    -------
    date or None
        The date.
    """
    if not (_EARLIEST_YEAR <= year <= _LATEST_YEAR and 1 <= month <= 12 and day >= 1):
        return None
    return date(year, month, day) if day <= monthrange(year, month)[1] else None
