"""Run what is due, once, and enter how it ended; no failure of a job leaves this module."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from jobs.runs.outcome import Outcome, one_line
from jobs.schedule.plan import Plan, PlannedJob
from jobs.schedule.standing import JobStanding, standing, standings
from jobs.schedule.timing import Every, Owed
from tracker import clock
from tracker.errors import NotFoundError, TrackerError
from tracker.store.ledger import Ledger, RunState

Work = Callable[[PlannedJob], Outcome]
"""Does what a job is for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """How a run ended.

    Parameters
    ----------
    job : str
        Name of the job.
    state : RunState
        How.
    started_at, ended_at : datetime
        Aware UTC.
    message : str
        One line.
    counts : Mapping of str to int
        What it did.
    lines : tuple of str
        What people should read.
    """

    job: str
    state: RunState
    started_at: datetime
    ended_at: datetime
    message: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    lines: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """Give what a structured log holds.

        Returns
        -------
        dict
            Every key always there.
        """
        return {
            "event": "run ended",
            "job": self.job,
            "state": str(self.state),
            "started_at": self.started_at.isoformat(),
            "ended_at": self.ended_at.isoformat(),
            "message": self.message,
            "counts": dict(self.counts),
            "lines": list(self.lines),
        }


class Clockwork:
    """The jobs of a workspace with their ledger.

    Parameters
    ----------
    plan : Plan
        The jobs.
    ledger : Ledger
        Where runs are entered.
    work : Callable
        Does what a job is for.
    holds : Callable
        Tells whether this process still is the one that runs the jobs.
    """

    def __init__(
        self, plan: Plan, ledger: Ledger, work: Work, *, holds: Callable[[], bool] = lambda: True
    ) -> None:
        self.plan = plan
        self._ledger = ledger
        self._work = work
        self._holds = holds
        self._unentered: deque[tuple[int, Outcome]] = deque()

    def begin(self) -> None:
        """Enter what vanished with the process before, and from when new jobs count."""
        self._ledger.abandon()
        for job in self.plan.jobs.values():
            if not isinstance(job.timing, Every) and not self._ledger.runs(job.name, 1):
                now = clock.now()
                run = self._ledger.start(job.name, due_since=now, due_at=now)
                self._ledger.end(run, RunState.DECLARED, "seen for the first time; due from now on")

    def standings(self) -> list[JobStanding]:
        """Say how all jobs stand.

        Returns
        -------
        list of JobStanding
            In the order of the plan.
        """
        return standings(self.plan, self._ledger, clock.now())

    def run_if_due(self, name: str) -> Ended | None:
        """Run a job where it is due and does not rest.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        Ended or None
            How the run ended; None where it was not due, or another process runs the jobs now.
        """
        self._enter_late()
        now_due = standing(self.plan.job(name), self._ledger, clock.now())
        if not now_due.is_ready or not now_due.job.settings.enabled or not self._holds():
            return None
        return self._run(now_due.job, now_due.owed)

    def run_now(self, name: str) -> Ended:
        """Run a job because a person asks for it; what was due by now is answered with it.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        Ended
            How the run ended.
        """
        job = self.plan.job(name)
        self._enter_late()
        return self._run(job, standing(job, self._ledger, clock.now()).owed)

    def _run(self, job: PlannedJob, owed: Owed | None) -> Ended:
        started_at = clock.now()
        run = self._ledger.start(
            job.name,
            due_since=owed.since if owed else None,
            due_at=owed.at if owed else None,
        )
        outcome = Outcome(state=RunState.FAILED, message="it was stopped")
        try:
            outcome = self._attempt(job)
        finally:
            outcome = replace(outcome, message=one_line(_explained(owed, outcome.message)))
            self._enter(run, outcome)
        return Ended(
            job=job.name,
            state=outcome.state,
            started_at=started_at,
            ended_at=clock.now(),
            message=outcome.message,
            counts=outcome.counts,
            lines=outcome.lines,
        )

    def _attempt(self, job: PlannedJob) -> Outcome:
        try:
            return self._work(job)
        except Exception as error:  # noqa: BLE001 - whatever a job raises must stop no other
            said = str(error) or type(error).__name__
            if not isinstance(error, (TrackerError, OSError)):
                said = f"{type(error).__name__}: {said}"
            return Outcome(state=RunState.FAILED, message=said)

    def _enter(self, run: int, outcome: Outcome) -> None:
        self._unentered.append((run, outcome))
        try:
            self._enter_late()
        except (TrackerError, OSError):
            return  # the database is locked or full: entered with the next run

    def _enter_late(self) -> None:
        while self._unentered:
            run, outcome = self._unentered[0]
            with suppress(NotFoundError):  # somebody entered it as abandoned
                self._ledger.end(run, outcome.state, outcome.message, outcome.counts)
            self._unentered.popleft()


def _explained(owed: Owed | None, message: str) -> str:
    if owed is None or owed.times < 2:
        return message
    said = f"one run for {owed.times} that were due since {owed.since:%Y-%m-%d %H:%M} UTC"
    return f"{said}; {message}" if message else said
