"""How each job stands: when it is due, what is owed, and how long it rests after failures.

All of it follows from the ledger, so that a restart forgets nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobs.runs.part import failures_in_a_row, resting_until
from jobs.schedule.plan import Plan, PlannedJob
from jobs.schedule.timing import After, Every, Owed
from tracker.store.ledger import ANSWERING, SUCCEEDED, Ledger, Run

_MOST_ANSWERED = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class JobStanding:
    """How a job stands.

    Parameters
    ----------
    job : PlannedJob
        The job.
    last : Run or None
        Its last run.
    failures : int
        Failures in a row.
    owed : Owed or None
        What a run that starts now would answer for.
    next_at : datetime or None
        When it runs next, aware UTC, its rest counted; None where that hangs on another job.
    resting_until : datetime or None
        End of its rest after failures, aware UTC, where it rests.
    """

    job: PlannedJob
    last: Run | None = None
    failures: int = 0
    owed: Owed | None = None
    next_at: datetime | None = None
    resting_until: datetime | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it is to run now."""
        return self.owed is not None and self.resting_until is None

    def record(self) -> dict[str, Any]:
        """Give what `--json` prints.

        Returns
        -------
        dict
            Every key always there.
        """
        last = self.last
        return {
            "name": self.job.name,
            "run": self.job.settings.run,
            "when": self.job.timing.in_words(),
            "enabled": self.job.settings.enabled,
            "last_started_at": last.started_at.isoformat() if last else None,
            "last_state": str(last.state) if last else None,
            "failures": self.failures,
            "owed": self.owed.times if self.owed else 0,
            "resting_until": self.resting_until.isoformat() if self.resting_until else None,
            "next_at": self.next_at.isoformat() if self.next_at else None,
        }


def standings(plan: Plan, ledger: Ledger, now: datetime) -> list[JobStanding]:
    """Say how all jobs stand.

    Parameters
    ----------
    plan : Plan
        The jobs.
    ledger : Ledger
        What ran.
    now : datetime
        Aware UTC.

    Returns
    -------
    list of JobStanding
        In the order of the plan.
    """
    return [standing(job, ledger, now) for job in plan.jobs.values()]


def standing(job: PlannedJob, ledger: Ledger, now: datetime) -> JobStanding:
    """Say how one job stands.

    Parameters
    ----------
    job : PlannedJob
        The job.
    ledger : Ledger
        What ran.
    now : datetime
        Aware UTC.

    Returns
    -------
    JobStanding
        Its standing.
    """
    answered = next(iter(ledger.runs(job.name, 1, states=ANSWERING)), None)
    failures = failures_in_a_row(ledger, job.name)
    last = next(iter(ledger.runs(job.name, 1)), None)
    resting = resting_until(failures, now)
    owed, next_at = _due(job, ledger, _last_answer(job, answered, failures), now)
    if next_at is not None and resting is not None:
        next_at = max(next_at, resting)
    return JobStanding(
        job=job,
        last=last,
        failures=len(failures),
        owed=owed,
        next_at=next_at if job.settings.enabled else None,
        resting_until=resting,
    )


def _last_answer(job: PlannedJob, answered: Run | None, failures: list[Run]) -> datetime | None:
    if answered is not None:
        return answered.due_at or answered.started_at
    first = failures[-1].due_since if failures else None
    # What never succeeded is owed since its first try.
    return first - job.timing.pause if first and isinstance(job.timing, Every) else None


def _due(
    job: PlannedJob, ledger: Ledger, last: datetime | None, now: datetime
) -> tuple[Owed | None, datetime | None]:
    if isinstance(job.timing, After):
        answered = next(iter(ledger.runs(job.name, 1, states=ANSWERING)), None)
        since = answered.id if answered else 0
        others = ledger.runs(job.timing.job, _MOST_ANSWERED, states=SUCCEEDED, after=since)
        ends = [run.ended_at or run.started_at for run in others]
        if not ends:
            return None, None
        owed = Owed(since=min(ends), at=max(ends), times=len(ends))
        return owed, now
    return job.timing.owed(last, now), job.timing.next_after(last, now)
