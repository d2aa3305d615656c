"""The house is kept: checked, backed up, tidied; evidence stays, damage stops what publishes."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from jobs.bounds import Figures, why_held
from jobs.housekeeping import backups_in, keep_house
from jobs.settings import Settings
from tracker.api import open_workspace
from tracker.store.ledger import Ledger, RunState

START = datetime(2022, 3, 1, 3, 30, tzinfo=UTC)


def on(text, folder):
    """Write the settings of housekeeping."""
    (folder / "tracker.toml").write_text(f"[housekeeping]\n{text}\n")


def test_backups_are_whole_and_rotate(own_demo):
    """Each opens as a workspace's database; only the newest stay, and files of others with them."""
    on("keep_backups = 2\nleast_free_mb = 0", own_demo)
    (own_demo / "backups").mkdir()
    (own_demo / "backups/mine.gpkg").write_text("not ours")
    with open_workspace(own_demo) as tracker:
        claims = len(tracker.repository.claims())
        for day in range(3):
            with time_machine.travel(START + timedelta(days=day), tick=False):
                assert keep_house(tracker).state is RunState.DONE

    names = [path.name for path in backups_in(own_demo / "backups")]
    assert names == ["tracker-20220302T033000Z.gpkg", "tracker-20220303T033000Z.gpkg"]
    assert (own_demo / "backups/mine.gpkg").is_file()
    restored = own_demo / "backups" / names[-1]
    restored.replace(own_demo / "tracker.gpkg")
    with open_workspace(own_demo) as tracker:
        assert len(tracker.repository.claims()) == claims


def test_damage_is_told_keeps_the_old_backups_and_stops_publication(own_demo):
    """No backup of a damaged workspace pushes out a sound one."""
    on("keep_backups = 1\nleast_free_mb = 0", own_demo)
    with open_workspace(own_demo) as tracker:
        with time_machine.travel(START, tick=False):
            keep_house(tracker)
        lost = next(path for path in (own_demo / "archive").rglob("*") if path.is_file())
        lost.unlink()
        ledger = Ledger(tracker.repository.database)
        run = ledger.start("night")
        found = keep_house(tracker)
        ledger.end(run, found.state, found.message, found.counts)

        assert found.state is RunState.PARTIAL
        assert f"archive: {lost.name} is missing" in found.message
        assert len(backups_in(own_demo / "backups")) == 1
        held = why_held(ledger, Settings(), Figures(claims=100))
    assert held is not None
    assert "found damage" in held


def test_old_runs_go_and_claims_stay(own_demo):
    """Retention is for the ledger alone."""
    on("keep_runs_days = 30\nleast_free_mb = 0", own_demo)
    with open_workspace(own_demo) as tracker:
        ledger = Ledger(tracker.repository.database)
        claims = len(tracker.repository.claims())
        with time_machine.travel(START, tick=False):
            for _ in range(3):
                ledger.end(ledger.start("read"), RunState.DONE)
        with time_machine.travel(START + timedelta(days=40), tick=False):
            assert keep_house(tracker).counts["runs_forgotten"] == 2
        assert len(tracker.repository.claims()) == claims


def test_a_full_disk_is_told_before_it_is_full(own_demo):
    """Too little free space is a line, not a failure."""
    on("least_free_mb = 1e12", own_demo)
    with open_workspace(own_demo) as tracker:
        outcome = keep_house(tracker)

    assert outcome.state is RunState.PARTIAL
    assert "MB are free" in outcome.message


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of this kind")
def test_a_disk_that_is_full_leaves_no_half_backup(own_demo):
    """The run ends with one line; the workspace is sound and the folder of backups clean."""
    on('least_free_mb = 0\n[jobs.night]\nrun = "housekeeping"\nevery_minutes = 60', own_demo)
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)); "
        "from jobs.cli import app; app()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", limited, "jobs", "once"],
        cwd=own_demo,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 3, ended.stderr
    assert "there is no new backup" in ended.stderr
    assert list((own_demo / "backups").iterdir()) == []
    with open_workspace(own_demo) as tracker:
        assert Ledger(tracker.repository.database).runs("night")[0].state is RunState.PARTIAL
