"""The scheduled job runs by the clock, once per workspace, and remembers how it ended."""

import os
import shutil
import signal
import subprocess
import sys
from itertools import pairwise

import pytest

from jobs.runs.leader import leadership
from jobs.runs.outcome import Outcome
from jobs.schedule import run_jobs
from jobs.schedule.plan import DEFAULT_JOB
from jobs.work import work_in
from tracker.api import open_workspace
from tracker.errors import WorkspaceError
from tracker.store.ledger import Ledger, RunState
from tracker.workspace import Workspace

CLAIMS = (
    "id,actor,area,observed_from,published,claimant,kind,status,qualifier,best,unit,extent,quote\n"
    "1,RU,Belarus,2022-02-20,2022-02-21,A,presence,actual,exact,20000,personnel,whole,{words}\n"
)


def runs_of(folder):
    with open_workspace(folder) as tracker:
        return Ledger(tracker.repository.database).runs(DEFAULT_JOB)


def test_a_new_file_reaches_the_page(own_demo, run):
    """What is dropped into the watched folder is on the page after the next run."""
    words = "twenty thousand men counted by the river"
    (own_demo / "incoming" / "new.csv").write_text(CLAIMS.format(words=words))

    result = run("jobs", "once", "-w", own_demo)

    assert result.exit_code == 0
    assert "refresh: done, 1 new, 0 known, 0 rejected" in result.stdout
    with open_workspace(own_demo) as tracker:
        assert any(claim.quote.text == words for claim in tracker.repository.claims())
    assert runs_of(own_demo)[0].state is RunState.DONE


def test_a_bad_file_is_entered_and_the_page_still_made(own_demo, run):
    """The run ends as partial with the reason in the ledger, exit code 3."""
    (own_demo / "incoming" / "bad.csv").write_bytes(b"\x00\x01")
    (own_demo / "site" / "index.html").unlink()

    result = run("jobs", "once", "-w", own_demo)

    assert result.exit_code == 3
    latest = runs_of(own_demo)[0]
    assert latest.state is RunState.PARTIAL
    assert "bad.csv" in latest.message
    assert (own_demo / "site" / "index.html").is_file()


def test_two_schedulers_of_one_workspace_are_one_too_many(own_demo):
    """The second one is told so and does nothing."""
    with leadership(Workspace(folder=own_demo)):
        refused = subprocess.run(
            [sys.executable, "-c", "from jobs.cli import app; app()", "jobs", "once"],
            cwd=own_demo,
            capture_output=True,
            text=True,
            check=False,
        )

    assert refused.returncode == 1
    assert "another process runs the jobs" in refused.stderr
    assert runs_of(own_demo) == []


def test_the_clock_runs_the_job_again_and_again(own_demo):
    """Two runs come, one pause apart, and each is in the ledger."""
    (own_demo / "tracker.toml").write_text("[watch]\nevery_minutes = 0.02\n")

    ended = []
    run_jobs(own_demo, work=work_in(own_demo), told=ended.append, most_runs=2)

    assert [one.state for one in ended] == [RunState.DONE] * 2
    assert [run.state for run in runs_of(own_demo)] == [RunState.DONE] * 2


def test_jobs_follow_each_other_by_the_real_clock(own_demo):
    """What waits for another runs after it; one that breaks stops none."""
    (own_demo / "tracker.toml").write_text(
        '[jobs.read]\nrun = "ingest"\nevery_minutes = 0.01\n'
        '[jobs.pages]\nrun = "site"\nafter = "read"\n'
        '[jobs.count]\nrun = "estimate"\nevery_minutes = 0.01\n'
    )

    def work(job):
        if job.name == "count":
            raise RuntimeError("no\x1b[2J\nway")
        return Outcome()

    ended = []
    run_jobs(own_demo, work=work, told=ended.append, most_runs=6)

    names = [one.job for one in ended]
    others = [name for name in names if name != "count"]
    assert len(others) == len(names) - 1
    assert others.count("read") >= 2
    assert {before for before, name in pairwise(["", *others]) if name == "pages"} == {"read"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_sigterm_ends_the_scheduler_in_good_order(own_demo):
    """A service manager's stop lets the run finish; the exit code is 0."""
    (own_demo / "tracker.toml").write_text("[watch]\nevery_minutes = 0.02\n")
    process = subprocess.Popen(
        [sys.executable, "-c", "from jobs.cli import app; app()", "jobs", "run"],
        cwd=own_demo,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "refresh: done" in process.stdout.readline()

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=120) == 0
    process.stdout.close()
    assert RunState.RUNNING not in {run.state for run in runs_of(own_demo)}


def test_a_missing_workspace_is_told(tmp_path):
    """Nothing starts without a workspace."""
    with pytest.raises(WorkspaceError, match="holds no workspace"):
        run_jobs(tmp_path, work=work_in(tmp_path))


def test_a_watched_folder_that_is_gone_is_told(own_demo, run):
    """A run that reads nothing because there is nothing to read from is no success."""
    shutil.rmtree(own_demo / "incoming")

    result = run("jobs", "once", "-w", own_demo)

    assert result.exit_code == 1
    assert "the watched folder" in result.stderr
    assert runs_of(own_demo)[0].state is RunState.FAILED
