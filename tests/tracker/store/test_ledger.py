"""Runs of jobs and the versions of what they work with."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from tracker.errors import NotFoundError
from tracker.store.ledger import Run, RunState

START = datetime(2022, 1, 10, 12, tzinfo=UTC)
END = datetime(2022, 1, 10, 13, tzinfo=UTC)


def test_a_run_is_entered_when_it_begins_and_when_it_ends(repository):
    """A run is running until its end is entered with what it did."""
    with time_machine.travel(START, tick=False):
        number = repository.ledger.start("ingest")
    assert repository.ledger.runs() == [Run(id=number, job="ingest", started_at=START)]

    with time_machine.travel(END, tick=False):
        repository.ledger.end(number, RunState.PARTIAL, "2 rejected", {"new": 40})

    (run,) = repository.ledger.runs("ingest")
    assert (run.ended_at, run.state, run.message) == (END, RunState.PARTIAL, "2 rejected")
    assert run.counts == {"new": 40}


def test_a_run_ends_once(repository):
    """A run that is not under way cannot end."""
    number = repository.ledger.start("ingest")
    repository.ledger.end(number, RunState.DONE)

    with pytest.raises(NotFoundError, match=f"no run {number} is under way"):
        repository.ledger.end(number, RunState.FAILED)


def test_vanished_runs_are_marked(repository):
    """After a crash, what still counts as running is marked as abandoned."""
    done = repository.ledger.start("ingest")
    repository.ledger.end(done, RunState.DONE)
    repository.ledger.start("estimate")

    assert repository.ledger.abandon() == 1
    assert [run.state for run in repository.ledger.runs()] == [RunState.ABANDONED, RunState.DONE]
    assert repository.ledger.runs("site") == []


def test_ingredients_are_noted_when_they_change(repository):
    """The versions of an instant can be told later."""
    with time_machine.travel(START, tick=False):
        assert repository.ledger.note_ingredient("seeds", "1")
        assert not repository.ledger.note_ingredient("seeds", "1")
    with time_machine.travel(END, tick=False):
        assert repository.ledger.note_ingredient("seeds", "2")

    assert repository.ledger.ingredients() == {"seeds": "2"}
    assert repository.ledger.ingredients(as_recorded=START) == {"seeds": "1"}


def test_a_run_says_for_what_it_answers(repository):
    """The instants at which it was due stay with the run."""
    repository.ledger.start("site", due_since=START, due_at=END)

    (run,) = repository.ledger.runs("site")
    assert (run.due_since, run.due_at) == (START, END)


def test_old_runs_are_forgotten_but_for_the_last_of_each_job(repository):
    """The last run and the last success stay: the clockwork goes on from them."""
    with time_machine.travel(START, tick=False):
        for state in (RunState.DONE, RunState.DONE, RunState.FAILED, RunState.FAILED):
            repository.ledger.end(repository.ledger.start("site"), state)

    assert repository.ledger.drop_before(END) == 2
    assert [run.state for run in repository.ledger.runs("site")] == [RunState.FAILED, RunState.DONE]
