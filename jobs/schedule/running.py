"""Run the jobs of a workspace by the clock, until told to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler

from jobs.intake import TakenIn
from jobs.leader import leadership
from jobs.refresh import JOB, refresh
from jobs.settings import read_settings
from tracker import clock
from tracker.api import open_workspace
from tracker.store.ledger import Ledger, RunState
from tracker.workspace import find_workspace

SUCCEEDED = frozenset({RunState.DONE, RunState.PARTIAL})


def run_jobs(
    folder: Path,
    *,
    told: Callable[[TakenIn | BaseException], None] = lambda _: None,
    most_runs: int | None = None,
) -> None:
    """Run the jobs of a workspace until SIGTERM or SIGINT; a run under way is finished first.

    Parameters
    ----------
    folder : Path
        Folder of the workspace.
    told : Callable
        Is told what each run brought in, or why it failed; a failure never stops the next run.
    most_runs : int, optional
        Stop after so many runs.

    Raises
    ------
    WorkspaceError
        Where the folder holds no workspace or another process runs its jobs.
    """
    workspace = find_workspace(folder)
    pause = timedelta(minutes=read_settings(workspace.settings).watch.every_minutes)
    scheduler = BlockingScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(1)},
        # A laptop that slept owes one run, not one for each pause it missed.
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    done = 0

    def ended(event: JobExecutionEvent) -> None:
        nonlocal done
        done += 1
        told(event.exception or event.retval)
        if most_runs is not None and done >= most_runs:
            scheduler.shutdown(wait=False)

    def stop(_number: int, _frame: FrameType | None) -> None:
        scheduler.shutdown(wait=True)

    with leadership(workspace):
        scheduler.add_listener(ended, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)
        scheduler.add_job(
            refresh,
            "interval",
            args=[folder],
            id=JOB,
            seconds=pause.total_seconds(),
            next_run_time=first_run(folder, pause),
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        scheduler.start()


def first_run(folder: Path, pause: timedelta) -> datetime:
    """Say when the job is due, from what the ledger remembers.

    Parameters
    ----------
    folder : Path
        Folder of the workspace.
    pause : timedelta
        Pause between two runs.

    Returns
    -------
    datetime
        One pause after the last run that succeeded, or now where that has passed; aware UTC.
        Runs whose process vanished are entered as abandoned on the way.
    """
    now = clock.now()
    with open_workspace(folder) as tracker:
        ledger = Ledger(tracker.repository.database)
        ledger.abandon()
        starts = [run.started_at for run in ledger.runs(JOB) if run.state in SUCCEEDED]
    return max(now, max(starts) + pause) if starts and max(starts) <= now else now
