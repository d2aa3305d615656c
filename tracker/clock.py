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
    instant = datetime.now(UTC)  # noqa: TID251 - this is the clock
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
