"""When a job is due follows from the clock and from the last instant that was answered for."""

from datetime import UTC, datetime, timedelta

import pytest

from jobs.errors import JobError
from jobs.schedule.timing import Cron, Every

NOON = datetime(2022, 1, 10, 12, tzinfo=UTC)  # a Monday
QUARTER = Every(pause=timedelta(minutes=15))


def test_what_never_ran_is_due_now():
    """A new job of every few minutes does not wait for its first pause."""
    assert QUARTER.owed(None, NOON).at == NOON


def test_a_long_absence_owes_one_run_for_all_pauses():
    """Two hours late are one run that answers for eight instants on the old grid."""
    owed = QUARTER.owed(NOON - timedelta(hours=2, minutes=1), NOON)

    assert owed.since == NOON - timedelta(hours=1, minutes=46)
    assert owed.at == NOON - timedelta(minutes=1)
    assert owed.times == 8


def test_a_clock_that_was_set_back_begins_anew():
    """The job does not wait until the old time has come again."""
    assert QUARTER.owed(NOON + timedelta(hours=1), NOON).at == NOON


def test_cron_is_due_at_its_instants_and_once_for_those_missed():
    """Three nights away are one run for three."""
    night = Cron(line="30 3 * * *")
    assert night.owed(NOON, NOON) is None

    owed = night.owed(NOON - timedelta(days=3), NOON)
    assert (owed.since, owed.at, owed.times) == (
        datetime(2022, 1, 8, 3, 30, tzinfo=UTC),
        datetime(2022, 1, 10, 3, 30, tzinfo=UTC),
        3,
    )


def test_a_night_that_ran_does_not_run_again_after_the_clock_was_set_back():
    """Cron's instants are those of the clock on the wall, each once."""
    half_past_three = datetime(2022, 1, 10, 3, 30, tzinfo=UTC)
    night = Cron(line="30 3 * * *")

    assert night.owed(half_past_three, half_past_three - timedelta(minutes=20)) is None
    assert night.next_after(half_past_three, NOON) == half_past_three + timedelta(days=1)


def test_a_clock_that_was_years_ahead_does_not_stop_the_job():
    """What was answered in a future that never came counts for nothing."""
    assert Cron(line="30 3 * * *").next_after(NOON + timedelta(days=900), NOON) == datetime(
        2022, 1, 11, 3, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("line", "day"),
    [("0 6 * * 0", 16), ("0 6 * * 7", 16), ("0 6 * * 1-2", 11), ("0 6 * * tue", 11)],
)
def test_days_of_the_week_are_counted_as_crontab_does(line, day):
    """0 and 7 are Sunday."""
    assert Cron(line=line).next_after(NOON, NOON) == datetime(2022, 1, day, 6, tzinfo=UTC)


@pytest.mark.parametrize("line", ["61 * * * *", "* * * * 9", "a b c d e", "* * * * 6-2"])
def test_a_wrong_line_is_told(line):
    """It is refused when it is read, not when it should ring."""
    with pytest.raises(JobError, match="is no line of crontab"):
        Cron(line=line)
