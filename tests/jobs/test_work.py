"""Kinds of jobs that have no module of their own do what the settings' page says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobs.schedule import PlannedJob
from jobs.schedule.timing import Every
from jobs.settings.jobs import JobSettings
from jobs.work import LOOK, work_in
from tracker.api import open_workspace
from tracker.store.ledger import RunState


@pytest.fixture
def planned():
    """Give a job of the kind that is named."""

    def make(kind):
        settings = JobSettings(run=kind, every_minutes=60)
        return PlannedJob(name=kind, settings=settings, timing=Every(pause=timedelta(hours=1)))

    return make


def test_extract_tells_what_is_read_in_another_way_and_keeps_nothing(own_demo, planned):
    """A claim of an older extractor stays as it is until a person keeps the new reading."""
    with open_workspace(own_demo) as tracker:
        before = tracker.repository.claims()

    outcome = work_in(own_demo)(planned("extract"))

    with open_workspace(own_demo) as tracker:
        assert tracker.repository.claims() == before
    assert outcome.state is RunState.DONE
    assert outcome.counts["reports"] > 0
    assert (LOOK in outcome.lines) == (outcome.counts["differences"] > 0)
