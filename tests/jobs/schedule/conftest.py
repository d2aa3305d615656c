"""A clock that a test sets, a ledger in a real database, and work that is told how to end."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from jobs.errors import JobError
from jobs.runs.outcome import Outcome
from jobs.schedule import Clockwork, read_plan
from jobs.settings import Settings
from tracker import clock
from tracker.store.ledger import Ledger
from tracker.store.repository import Repository

START = datetime(2022, 1, 10, 12, tzinfo=UTC)


class Desk:
    """A workspace's clockwork with a clock of its own."""

    def __init__(self, repository, jobs, traveller):
        self.ledger = Ledger(repository.database)
        self.plan = read_plan(Settings.model_validate({"jobs": jobs}))
        self.traveller = traveller
        self.ran = defaultdict(list)
        self.breaks = set()
        self.restart()

    def restart(self):
        """Begin as a new process does."""
        self.clockwork = Clockwork(self.plan, self.ledger, self.work)
        self.clockwork.begin()

    def work(self, job):
        """Note when a job ran, and break where the test says so."""
        self.ran[job.name].append(clock.now())
        if job.name in self.breaks:
            raise JobError("it broke")
        return Outcome(message="well", counts={"new": 1})

    def set(self, at):
        """Set the clock."""
        self.traveller.move_to(at)

    def run_until(self, end):
        """Let the clock go from one due instant to the next; runs take a second."""
        while True:
            found = self.clockwork.standings()
            ready = [one.job.name for one in found if one.is_ready and one.job.settings.enabled]
            for name in ready:
                self.clockwork.run_if_due(name)
                self.traveller.shift(timedelta(seconds=1))
            if not ready:
                ahead = [one.next_at for one in found if one.next_at]
                at = max(min(ahead), clock.now() + timedelta(milliseconds=1))
                if at >= end:
                    return self.set(max(end, clock.now()))
                self.set(at)


@pytest.fixture
def desk(tmp_path):
    """Return a maker of a desk with jobs: `desk({"read": {...}})`."""
    with (
        time_machine.travel(START, tick=False) as traveller,
        Repository.open(tmp_path / "tracker.gpkg", create=True) as repository,
    ):
        yield lambda jobs: Desk(repository, jobs, traveller)
