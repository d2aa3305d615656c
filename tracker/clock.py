"""The one clock: everything that needs the present time asks here, so that tests can set it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant.

    Returns
    -------
    datetime
        Aware, UTC, truncated to milliseconds (what the database keeps).
    """
    return whole_milliseconds(datetime.now(UTC))  # noqa: TID251 - this is the clock


def whole_milliseconds(instant: datetime) -> datetime:
    """Drop what lies below a millisecond, so that ids made of instants survive the database.

    Parameters
    ----------
    instant : datetime
        Aware.

    Returns
    -------
    datetime
        Aware, UTC, truncated to milliseconds.
    """
    utc = instant.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)
