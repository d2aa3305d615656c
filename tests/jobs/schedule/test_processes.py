"""Real processes: stopped in mid-run, two of them, without their lock, before a locked database."""

import signal
import sqlite3
import subprocess
import sys

import psycopg
import pytest

from jobs.init import create_workspace
from tracker.api import open_workspace
from tracker.store.ledger import Ledger, RunState

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")

JOBS = '[jobs.read]\nrun = "ingest"\nevery_minutes = {minutes}\n'
SCRIPT = """
import sys, time
from pathlib import Path
from jobs.runs.outcome import Outcome
from jobs.schedule import run_jobs

def work(job):
    print("begun", flush=True)
    sys.stdin.readline() if sys.argv[2] == "told" else time.sleep(float(sys.argv[2]))
    return Outcome(message="ended well")

run_jobs(
    Path(sys.argv[1]),
    work=work,
    told=lambda ended: print(ended.job, ended.state, ended.message, flush=True),
)
"""


def make(folder, *, minutes=0.01, database=None):
    """Make a workspace with one job."""
    create_workspace(folder, database=database)
    with (folder / "tracker.toml").open("w") as settings:
        settings.write(f'[store]\ndatabase = "{database}"\n' if database else "")
        settings.write(JOBS.format(minutes=minutes))
    return folder


@pytest.fixture
def start():
    """Return a starter of processes that run the jobs of a folder.

    Each run takes so many seconds, or lasts until it is told a line.
    """
    started = []

    def begin(folder, takes_s=0):
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(folder), str(takes_s)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def runs_of(folder):
    """List the runs of the job, the first one first."""
    with open_workspace(folder) as tracker:
        return Ledger(tracker.repository.database).runs("read")[::-1]


def test_sigterm_in_mid_run_lets_it_finish(tmp_path, start):
    """The run is entered as done, no other begins, the exit code is 0."""
    process = start(make(tmp_path / "desk"), takes_s="told")
    assert process.stdout.readline() == "begun\n"

    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate("end\n", timeout=60)

    assert process.returncode == 0
    assert said.startswith("read done ended well")
    assert "begun" not in said
    assert [run.state for run in runs_of(tmp_path / "desk")] == [RunState.DONE]


def test_sigkill_in_mid_run_is_made_up_for(tmp_path, start):
    """The next process enters the vanished run and answers for what it was due for."""
    folder = make(tmp_path / "desk", minutes=60)
    process = start(folder, takes_s=60)
    process.stdout.readline()
    process.kill()
    process.wait()
    start(folder)
    with open_workspace(folder) as tracker:
        ledger = Ledger(tracker.repository.database)
        while ledger.runs("read")[-1].state is RunState.RUNNING:
            pass

    (vanished, *_) = runs_of(folder)
    assert vanished.state is RunState.ABANDONED


@pytest.mark.parametrize("kind", ["file", pytest.param("server", marks=pytest.mark.postgis)])
def test_of_two_processes_one_runs_the_jobs(tmp_path, start, kind, request):
    """The second one says so and ends; every run is the first one's."""
    address = request.getfixturevalue("postgis_address") if kind == "server" else None
    first = start(make(tmp_path / "desk", database=address), takes_s=0.2)
    first.stdout.readline()
    folder = make(tmp_path / "other", database=address) if address else tmp_path / "desk"

    second = start(folder)
    said, why = second.communicate(timeout=60)

    assert second.returncode == 1
    assert said == ""
    assert "another process" in why
    assert first.poll() is None


@pytest.mark.postgis
def test_who_loses_the_lock_stops(tmp_path, start, postgis_address):
    """A server that ends the connection frees the lock: nothing further begins."""
    process = start(make(tmp_path / "desk", database=postgis_address, minutes=60))
    process.stdout.readline()
    process.stdout.readline()
    with psycopg.connect(postgis_address, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )

    _, why = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "the lock on the jobs of this workspace was lost" in why


def test_a_database_that_is_locked_for_long_stops_nothing(tmp_path, start):
    """What could not be entered is told, and the jobs go on once the lock is gone."""
    folder = make(tmp_path / "desk")
    process = start(folder, takes_s="told")
    process.stdout.readline()
    blocker = sqlite3.connect(folder / "tracker.gpkg", isolation_level=None)  # the other program
    blocker.execute("BEGIN IMMEDIATE")
    process.stdin.write("end\n")
    process.stdin.flush()
    assert process.stdout.readline().startswith("read done ended well")
    blocker.execute("ROLLBACK")
    blocker.close()
    while process.stdout.readline() != "begun\n":
        pass

    assert process.poll() is None
    assert runs_of(folder)[0].state is RunState.DONE
