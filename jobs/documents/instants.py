"""Instants as machines write them, in UTC; what states no zone is not guessed."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def instant_of(text: str) -> datetime | None:
    """Read an instant.

    Parameters
    ----------
    text : str
        ISO 8601 with a zone, or the form of mail and HTTP.

    Returns
    -------
    datetime or None
        Aware UTC; None where it is no instant, or one without a zone.
    """
    text = text.strip()
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        try:
            at = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return _utc(at)


def instant_of_seconds(seconds: object) -> datetime | None:
    """Read seconds since 1970.

    Parameters
    ----------
    seconds : object
        A number, or digits.

    Returns
    -------
    datetime or None
        Aware UTC; None where it is none, or beyond the calendar.
    """
    try:
        return datetime.fromtimestamp(float(str(seconds)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _utc(at: datetime) -> datetime | None:
    if at.tzinfo is None:
        return None
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return None
