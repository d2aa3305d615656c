"""Run the jobs of a workspace by the clock, until told to stop."""

from __future__ import annotations

import logging
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler

from jobs.runs.leader import leadership
from jobs.schedule.clockwork import Clockwork, Ended, Work
from jobs.schedule.plan import read_plan
from jobs.schedule.standing import JobStanding
from jobs.settings import read_settings
from tracker import clock
from tracker.api import open_workspace
from tracker.errors import TrackerError, WorkspaceError
from tracker.store.ledger import Ledger, RunState
from tracker.workspace import find_workspace

PULSE_S = 0.25
"""How often it is looked whether to stop, seconds."""
LOOK_S = 5.0
"""How often it is looked whether leadership holds and the clock was set, seconds."""
JUMP_S = 5.0
"""Difference between both clocks of the machine from which on the time was set, or it slept."""
AGAIN = timedelta(minutes=1)
BREATH = timedelta(seconds=1)
"""Pauses before another look: where the database could not be used, and where nothing was due."""


def run_jobs(
    folder: Path,
    *,
    work: Work,
    told: Callable[[Ended], None] = lambda _: None,
    beside: Callable[[Clockwork], AbstractContextManager[object]] = lambda _: nullcontext(),
    most_runs: int | None = None,
) -> None:
    """Run the jobs of a workspace until SIGTERM or SIGINT; a run under way is finished first.

    Parameters
    ----------
    folder : Path
        Folder of the workspace.
    work : Callable
        Does what a job is for.
    told : Callable
        Is told how each run ended; a failure never stops the next run.
    beside : Callable
        Gives for the clockwork what is open as long as it runs, to show how it stands.
    most_runs : int, optional
        Stop after so many runs.

    Raises
    ------
    WorkspaceError
        Where the folder holds no workspace, another process runs its jobs, or does by now.
    SettingsError
        Where the settings declare jobs that cannot be.
    """
    workspace = find_workspace(folder)
    plan = read_plan(read_settings(workspace.settings))
    with leadership(workspace) as holds, open_workspace(folder) as tracker:
        ledger = Ledger(tracker.repository.database)
        clockwork = Clockwork(plan, ledger, work, holds=holds)
        clockwork.begin()
        with beside(clockwork):
            _Alarm(clockwork, told, most_runs).ring_until_stopped(holds)


class _Alarm:
    """Wakes the clockwork when a job is due; APScheduler remembers nothing but the next time."""

    def __init__(
        self, clockwork: Clockwork, told: Callable[[Ended], None], most_runs: int | None
    ) -> None:
        self._clockwork = clockwork
        self._told = told
        self._left = most_runs
        self._stopping = False
        self._lost = False
        self._not_before: dict[str, datetime] = {}
        # that a bell rings once more while its job waits in the queue is no news for months of logs
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler = BlockingScheduler(
            timezone="UTC",
            # One at a time: they write to one database.
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def ring_until_stopped(self, holds: Callable[[], bool]) -> None:
        self._set_all()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        watch = threading.Thread(target=self._watch, args=(holds,), name="watch", daemon=True)
        watch.start()
        self._scheduler.start()
        watch.join()
        if self._lost:
            raise WorkspaceError(
                "the lock on the jobs of this workspace was lost, so that another process may "
                "run them; start this one again."
            )

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        # Nothing else: a handler that takes a lock may wait for the very code that it interrupts.
        self._stopping = True

    def _watch(self, holds: Callable[[], bool]) -> None:
        while not self._scheduler.running:
            time.sleep(PULSE_S / 10)
        look_at, drift = time.monotonic() + LOOK_S, time.time() - time.monotonic()
        while not self._stopping:
            time.sleep(PULSE_S)
            if time.monotonic() < look_at:
                continue
            look_at = time.monotonic() + LOOK_S
            if not holds():
                self._lost = self._stopping = True
            if abs(time.time() - time.monotonic() - drift) > JUMP_S:
                drift = time.time() - time.monotonic()
                self._not_before.clear()
                self._set_all()
        self._scheduler.shutdown(wait=True)

    def _ring(self, name: str) -> None:
        if self._stopping:
            return
        try:
            ended = self._clockwork.run_if_due(name)
        except (TrackerError, OSError) as error:
            now = clock.now()
            self._not_before[name] = now + AGAIN
            ended = Ended(
                job=name,
                state=RunState.FAILED,
                started_at=now,
                ended_at=now,
                message=f"it could not begin: {error}",
            )
        if ended is None:
            self._not_before[name] = clock.now() + BREATH
        else:
            self._told(ended)
            if self._left is not None:
                self._left -= 1
                self._stopping = self._stopping or self._left <= 0
        self._set_all()

    def _set_all(self) -> None:
        try:
            found = self._clockwork.standings()
        except (TrackerError, OSError):
            for name in self._clockwork.plan.jobs:
                self._set(name, None)
            return
        for one in found:
            self._set(one.job.name, one)

    def _set(self, name: str, one: JobStanding | None) -> None:
        if one is None:
            at = clock.now() + AGAIN
        elif one.next_at is not None:
            jitter_s = random.uniform(0, one.job.settings.jitter_s)  # noqa: S311 - no secret
            at = one.next_at + timedelta(seconds=jitter_s)
        else:
            return
        at = max(at, self._not_before.get(name, at))
        if not self._stopping:
            self._scheduler.add_job(
                self._ring, "date", args=[name], id=name, run_date=at, replace_existing=True
            )
