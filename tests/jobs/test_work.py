"""Kinds of jobs that have no module of their own do what the settings' page says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobs.init import create_workspace
from jobs.schedule import PlannedJob
from jobs.schedule.timing import Every
from jobs.settings.jobs import JobSettings
from jobs.work import LOOK, work_in
from tracker.api import open_workspace
from tracker.store.ledger import RunState

CLAIM = (
    "id,actor,area,observed_from,published,claimant,kind,status,qualifier,best,unit,extent,quote\n"
    "1,RU,Belarus,2022-02-20,2022-02-21,A,presence,actual,exact,20000,personnel,whole,20000 men\n"
)


@pytest.fixture
def planned():
    """Give a job of the kind that is named."""

    def make(kind):
        settings = JobSettings(run=kind, every_minutes=60)
        return PlannedJob(name=kind, settings=settings, timing=Every(pause=timedelta(hours=1)))

    return make


def test_a_workspace_without_claims_waits_for_them(tmp_path, planned):
    """No job fails, which would let it rest for hours, and the first file is read in its turn."""
    create_workspace(tmp_path)
    work = work_in(tmp_path)

    before = [work(planned(kind)) for kind in ("refresh", "estimate", "site", "map")]
    (tmp_path / "incoming" / "claims.csv").write_text(CLAIM)
    after = work(planned("refresh"))

    assert {outcome.state for outcome in before} == {RunState.HELD}
    assert all("read reports with 'tracker ingest'" in outcome.message for outcome in before)
    assert (after.state, after.counts["new"]) == (RunState.DONE, 1)
    assert (tmp_path / "site" / "index.html").is_file()


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
