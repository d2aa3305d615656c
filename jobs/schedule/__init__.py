"""When jobs run: what is due and what is owed, told from the ledger alone."""

from jobs.schedule.clockwork import Clockwork, Ended
from jobs.schedule.plan import Plan, PlannedJob, plan_faults, read_plan
from jobs.schedule.running import run_jobs
from jobs.schedule.standing import JobStanding, standings

__all__ = [
    "Clockwork",
    "Ended",
    "JobStanding",
    "Plan",
    "PlannedJob",
    "plan_faults",
    "read_plan",
    "run_jobs",
    "standings",
]
