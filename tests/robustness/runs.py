"""A line of work that is killed, or whose system calls fail, and what it leaves behind.

Run as a program: it loads everything once and forks for each trial, so that one costs what the work
costs. Prints one JSON object per trial. Linux alone.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import hashlib
import itertools
import json
import os
import random
import shutil
import signal
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa
import time_machine

from jobs.assess import keep_estimates
from jobs.init import create_workspace
from jobs.intake import Wanted, take_in
from jobs.settings import read_settings
from jobs.site import write_site
from tracker.api import open_workspace
from tracker.errors import TrackerError
from tracker.reports.archive import Archive
from tracker.store import Repository
from tracker.store.doctor import examine, is_healthy
from tracker.store.tables import metadata

NOW = datetime(2022, 2, 1, 12, tzinfo=UTC)
AS_OF = date(2022, 1, 25)
REPORTS = 8
STEPS = ("ingest", "estimate", "site")
KINDS = {
    "open": errno.EMFILE,
    "write": errno.ENOSPC,
    "fsync": errno.EIO,
    "rename": errno.EIO,
}
FAILED = 3
NEVER = 1_000_000_000


def lay_down(folder):
    """Make an empty workspace and the files that are to be read."""
    create_workspace(folder / "work")
    (folder / "files").mkdir()
    for number in range(REPORTS):
        text = (
            f"Published: 2022-01-{13 + number}\nAddress: https://rail.example/{number}\n\n"
            f"About {number + 1},700 Russian soldiers arrived in Yelnya, the ministry said. "
            f"Later {number + 2}3 Russian tanks arrived in Klintsy, residents said."
        )
        (folder / "files" / f"{number}.txt").write_text(text, "utf-8")


def work(folder, steps):
    """Do the steps as the scheduled jobs do, at a time that stands still."""
    with (
        time_machine.travel(NOW, tick=False),
        open_workspace(folder / "work") as tracker,
    ):
        if "ingest" in steps:
            take_in(tracker.workspace, tracker.repository, Wanted(files=(folder / "files",)))
        estimates = None
        if "estimate" in steps:
            estimates = keep_estimates(tracker, actor="RU", as_of=AS_OF)
        if "site" in steps:
            settings = read_settings(tracker.workspace.settings)
            write_site(
                tracker,
                page=settings.page,
                publication=settings.publication,
                as_of=AS_OF,
                estimates=estimates,
            )


def state_of(folder):
    """Hash all that a workspace holds, without the keys that count commits."""
    digest = hashlib.sha256()
    with (
        Repository.open(folder / "work" / "tracker.gpkg") as repository,
        repository.database.reading() as connection,
    ):
        for table in metadata.sorted_tables:
            columns = [
                column
                for column in table.columns
                if not column.name.endswith("fid") and column.name != "chain"
            ]
            rows = sorted(map(str, connection.execute(sa.select(*columns)).all()))
            digest.update("\n".join([table.name, *rows]).encode())
    digest.update(" ".join(Archive(folder / "work" / "archive").hashes()).encode())
    for path in sorted((folder / "work" / "site").rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def faults_of(folder):
    """Say what a stopped run left broken: the database, the archive, a page by halves."""
    archive = Archive(folder / "work" / "archive")
    with Repository.open(folder / "work" / "tracker.gpkg") as repository:
        findings = examine(repository.database, archive, deep=True)
    broken = [f"{one.check}: {one.message}" for one in findings if one.state == "broken"]
    assert bool(broken) != is_healthy(findings)
    pages = (folder / "work" / "site").rglob("*.html")
    halves = (page for page in pages if not page.read_text("utf-8").rstrip().endswith("</html>"))
    return broken + [f"{page.name} is half written" for page in halves]


def forked(action):
    """Start an action in a child process; its exit code says how it ended."""
    child = os.fork()
    if child:
        return child
    code = FAILED
    try:
        action()
        code = 0
    except (TrackerError, OSError) as error:
        sys.stderr.write(f"{type(error).__name__} {error}\n")
    finally:
        sys.stderr.flush()
        os._exit(code)


def ended(child):
    """Wait for a child and return its exit code; below 0 where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Trials:
    """Trials of the same steps from the same empty workspace."""

    def __init__(self, folder, steps):
        self.folder, self.steps = folder, steps
        self.template = folder / "template"
        self.template.mkdir()
        lay_down(self.template)
        # Steps before those that are tried are done once, undisturbed.
        before = STEPS[: STEPS.index(steps[0])]
        if before:
            assert ended(forked(lambda: work(self.template, before))) == 0
        started = time.monotonic()
        undisturbed = self.fresh()
        assert ended(forked(lambda: work(undisturbed, steps))) == 0
        self.duration_s = time.monotonic() - started
        self.expected = state_of(undisturbed)

    def fresh(self):
        """Copy the template."""
        self.copy = self.folder / "trial"
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.template, self.copy)
        return self.copy

    def outcome(self, copy, **facts):
        """Look at what is left, do the work again undisturbed, and compare."""
        broken = faults_of(copy)
        again = ended(forked(lambda: work(copy, self.steps)))
        same = again == 0 and state_of(copy) == self.expected
        return {**facts, "broken": broken, "same": same}

    def kill(self, count, seed):
        """Kill the work at random moments."""
        dice = random.Random(seed)
        for number in range(count):
            copy = self.fresh()
            after_s = dice.uniform(0, self.duration_s)
            child = forked(lambda copy=copy: work(copy, self.steps))
            time.sleep(after_s)
            os.kill(child, signal.SIGKILL)
            killed = ended(child) == -signal.SIGKILL
            yield self.outcome(copy, number=number, after_s=round(after_s, 3), hit=killed)

    def fail(self, kind, most, *, lasting):
        """Let the n-th call of a kind fail, for every n, or for so many spread over all of them."""
        calls, code = self._run_with(kind, NEVER, lasting=lasting)
        assert code == 0
        count = min(most, calls) if most else calls
        for step in range(count):
            number = 1 + step * calls // count
            _, code = self._run_with(kind, number, lasting=lasting)
            yield self.outcome(self.copy, kind=kind, number=number, of=calls, code=code)

    def _run_with(self, kind, number, *, lasting):
        copy = self.fresh()
        told = copy / "calls"

        def action():
            shim = ctypes.CDLL(None)
            where = str(copy / "work").encode()
            shim.fault_arm(where, kind.encode(), ctypes.c_long(number), KINDS[kind], int(lasting))
            try:
                work(copy, self.steps)
            finally:
                made = shim.fault_calls()
                shim.fault_arm(where, b"none", ctypes.c_long(-1), 0, 0)
                told.write_text(str(made), "utf-8")

        code = ended(forked(action))
        return int(told.read_text("utf-8")), code


def main():
    """Run the trials that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", default=",".join(STEPS))
    parser.add_argument("--kill", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fail", default="", help="kinds of calls, of the shim preloaded")
    parser.add_argument("--most", type=int, default=0, help="calls of a kind that fail; 0: each")
    parser.add_argument("--lasting", action="store_true", help="all later calls fail as well")
    said = parser.parse_args()
    trials = Trials(said.folder, tuple(said.steps.split(",")))
    kinds = said.fail.split(",") if said.fail else ()
    outcomes = [
        trials.kill(said.kill, said.seed),
        *(trials.fail(kind, said.most, lasting=said.lasting) for kind in kinds),
    ]
    for outcome in itertools.chain(*outcomes):
        sys.stdout.write(json.dumps(outcome) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
