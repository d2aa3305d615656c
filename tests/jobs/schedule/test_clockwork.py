"""Every due run runs once or is explained in the ledger, whatever happens to the process."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.errors import BusyWorkspaceError
from tracker.store.ledger import ANSWERING, RunState

START = datetime(2022, 1, 10, 12, tzinfo=UTC)
MONTH = {
    "read": {"run": "ingest", "every_minutes": 60},
    "pages": {"run": "site", "after": "read"},
    "night": {"run": "housekeeping", "cron": "30 3 * * *"},
    "week": {"run": "brief", "cron": "0 6 * * 1"},
}
OUTAGES = ((1.3, 4.0), (5.1, 5.2), (9.0, 12.7), (20.5, 20.51), (27.0, 29.0))
"""Days of the month from which to which the machine was off."""


def answers(runs, due):
    """List the runs that answer for an instant."""
    return [run for run in runs if run.due_since and run.due_since <= due <= run.due_at]


def test_thirty_days_with_outages(desk):
    """Each hour, night and week is answered for by exactly one run, and missed ones are named."""
    here = desk(MONTH)
    for off, on in OUTAGES:
        here.run_until(START + timedelta(days=off))
        here.set(START + timedelta(days=on))
        here.restart()
    here.run_until(START + timedelta(days=30))

    hours = [START + timedelta(hours=hour) for hour in range(30 * 24)]
    nights = [datetime(2022, 1, 11, 3, 30, tzinfo=UTC) + timedelta(days=day) for day in range(30)]
    weeks = [datetime(2022, 1, 17, 6, tzinfo=UTC) + timedelta(weeks=week) for week in range(4)]
    for name, dues in (("read", hours), ("night", nights), ("week", weeks)):
        runs = here.ledger.runs(name, 2_000, states=ANSWERING)
        assert [len(answers(runs, due)) for due in dues] == [1] * len(dues)
        late = [run for run in runs if run.due_at > run.due_since]
        assert all("that were due since" in run.message for run in late)
        assert late or name == "week"


def test_what_waits_for_another_runs_once_for_each_of_its_runs(desk):
    """Pages follow every reading, and no reading that failed."""
    here = desk(MONTH)
    here.run_until(START + timedelta(hours=5, minutes=30))
    assert len(here.ran["pages"]) == len(here.ran["read"]) == 6

    here.breaks.add("read")
    here.run_until(START + timedelta(hours=6, minutes=30))
    assert len(here.ran["read"]) > 6
    assert len(here.ran["pages"]) == 6


def test_a_crash_between_two_jobs_owes_the_second(desk):
    """The follower of a run that ended before the crash runs after the restart."""
    here = desk(MONTH)
    here.clockwork.run_if_due("read")
    here.restart()

    assert here.clockwork.run_if_due("pages").state is RunState.DONE
    assert here.clockwork.run_if_due("pages") is None


def test_a_run_that_vanished_is_made_up_for(desk):
    """Killed in mid-run, the job runs again and answers for the same instant."""
    here = desk(MONTH)
    here.ledger.start("read", due_since=START, due_at=START)
    here.restart()
    here.run_until(START + timedelta(minutes=10))

    made_up, vanished = here.ledger.runs("read")
    assert vanished.state is RunState.ABANDONED
    assert (made_up.state, made_up.due_at) == (RunState.DONE, START)
    assert made_up.started_at == START + timedelta(minutes=1)


def test_pauses_after_failures_grow_and_survive_a_restart(desk):
    """A job that breaks is tried after 1, 2, 4 ... minutes, then every 6 hours, then works."""
    here = desk({"read": {"run": "ingest", "every_minutes": 15}})
    here.breaks.add("read")
    here.run_until(START + timedelta(hours=20))
    here.restart()
    here.run_until(START + timedelta(hours=40))
    gaps = [
        later - earlier
        for earlier, later in zip(here.ran["read"], here.ran["read"][1:], strict=False)
    ]
    minutes = [round(gap.total_seconds() / 60) for gap in gaps]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360, 360, 360]

    here.breaks.clear()
    here.run_until(START + timedelta(hours=48))
    (first, *_) = here.ledger.runs("read", states=ANSWERING)[::-1]
    assert first.due_since == START
    assert "that were due since 2022-01-10 12:00" in first.message


def test_a_job_that_breaks_stops_no_other(desk):
    """The other jobs run as if nothing had happened."""
    here = desk({**MONTH, "count": {"run": "estimate", "every_minutes": 30}})
    here.breaks.add("count")
    here.run_until(START + timedelta(hours=4, minutes=30))

    assert len(here.ran["read"]) == 5
    failed = here.ledger.runs("count")[0]
    assert failed.state is RunState.FAILED
    assert failed.message.endswith("it broke")


def test_a_clock_set_back_an_hour_stops_nothing(desk):
    """Readings go on at once, and the night that was is not repeated."""
    here = desk(MONTH)
    here.run_until(datetime(2022, 1, 11, 3, 40, tzinfo=UTC))
    here.set(datetime(2022, 1, 11, 2, 40, tzinfo=UTC))
    before = len(here.ran["read"])
    here.run_until(datetime(2022, 1, 11, 4, 30, tzinfo=UTC))

    assert len(here.ran["night"]) == 1
    assert len(here.ran["read"]) - before == 2


def test_a_run_by_hand_answers_for_what_was_due(desk):
    """After it the clock has nothing to make up for."""
    here = desk(MONTH)
    here.set(datetime(2022, 1, 12, 9, tzinfo=UTC))

    ended = here.clockwork.run_now("night")

    assert ended.message.startswith("one run for 2 that were due since 2022-01-11 03:30")
    assert here.clockwork.run_if_due("night") is None


def test_a_job_that_is_off_never_runs(desk):
    """Switched off, it stands in the list and its time passes."""
    here = desk({**MONTH, "read": {**MONTH["read"], "enabled": False}})
    here.run_until(START + timedelta(hours=3))

    assert here.ran["read"] == []


def test_an_end_that_cannot_be_entered_is_entered_later(desk, monkeypatch):
    """A database that is locked when a run ends loses nothing of it."""
    here = desk({"read": {"run": "ingest", "every_minutes": 15}})

    def locked(*_, **__):
        raise BusyWorkspaceError("tracker.gpkg")

    with monkeypatch.context() as patch:
        patch.setattr(here.ledger, "end", locked)
        assert here.clockwork.run_if_due("read").state is RunState.DONE
    assert here.ledger.runs("read")[0].state is RunState.RUNNING

    here.run_until(START + timedelta(minutes=16))
    assert [run.state for run in here.ledger.runs("read")] == [RunState.DONE] * 2


@pytest.mark.parametrize("name", ["read", "night"])
def test_who_does_not_lead_runs_nothing(desk, name):
    """Where the lock was lost no further run begins."""
    here = desk(MONTH)
    here.clockwork._holds = lambda: False
    here.set(START + timedelta(days=2))

    assert here.clockwork.run_if_due(name) is None
