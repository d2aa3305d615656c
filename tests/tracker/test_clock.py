"""The clock gives aware UTC instants that the database can keep."""

from datetime import UTC, datetime, timedelta, timezone

import time_machine

from tracker.clock import now, whole_milliseconds

VLADIVOSTOK = timezone(timedelta(hours=10))


@time_machine.travel(datetime(2022, 2, 18, 9, 30, 0, 123_987, tzinfo=UTC), tick=False)
def test_now_is_utc_and_whole_milliseconds():
    """What the clock says survives storage unchanged."""
    assert now() == datetime(2022, 2, 18, 9, 30, 0, 123_000, tzinfo=UTC)


def test_another_zone_becomes_utc():
    """An instant of the Far East is the same instant in UTC."""
    there = datetime(2022, 2, 18, 19, 30, 0, 999, tzinfo=VLADIVOSTOK)

    assert whole_milliseconds(there).isoformat() == "2022-02-18T09:30:00+00:00"
