"""Items go to processes and come back in order, whatever one of them does."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.errors import ExecutorError
from jobs.processes.workers import Workers


def prepare():
    """Give the work of these tests: it obeys its item."""
    return obey


def obey(item):
    """Do what an item says."""
    match item:
        case "sleep":
            time.sleep(60)
        case "die":
            os._exit(3)
        case "hoard":
            return len(bytearray(8_000_000_000))
        case "raise":
            raise ValueError(item)
    return item * 2


def prepare_in_vain():
    """Fail as where tables cannot be opened."""
    raise FileNotFoundError("no tables")


def end_at_once():
    """End as where the system kills a process that starts."""
    os._exit(3)


@pytest.fixture(scope="module")
def workers():
    """Start two processes for this module, with time enough for a good item on a busy machine."""
    with Workers(prepare, processes=2, deadline_s=4) as workers:
        yield workers


@settings(max_examples=20)
@given(numbers=st.lists(st.integers(), max_size=60))
def test_results_come_in_the_order_of_their_items(workers, numbers):
    """Each item gives its own result, and none is lost or given twice."""
    outcomes = list(workers.map(numbers))

    assert [outcome.item for outcome in outcomes] == numbers
    assert [outcome.result for outcome in outcomes] == [2 * number for number in numbers]


@pytest.mark.parametrize(
    ("bad", "said"), [("sleep", "too long"), ("die", "ended"), ("hoard", "ended")]
)
def test_a_bad_item_costs_no_good_one(workers, bad, said):
    """An item that hangs, dies or takes all memory is given up, and its neighbours are read."""
    list(workers.map([1, 2, 3, 4]))  # a new process has more time for its first item

    outcomes = list(workers.map([1, 2, bad, 3, 4]))

    assert [outcome.result for outcome in outcomes] == [2, 4, None, 6, 8]
    assert said in outcomes[2].trouble


def test_an_error_is_told(workers):
    """What the work raises comes back in words."""
    (outcome,) = workers.map(["raise"])

    assert outcome.trouble == "it could not be read (ValueError: raise)."


def test_the_stream_is_read_little_by_little(workers):
    """However long the stream, only a few items are taken ahead of the answers."""
    taken = []

    def stream():
        for number in range(1_000):
            taken.append(number)
            yield number

    answers = workers.map(stream())
    next(answers)

    assert len(taken) <= 201


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        (prepare_in_vain, "could not begin: FileNotFoundError: no tables"),
        (end_at_once, "end before they begin"),
    ],
)
def test_a_process_that_cannot_begin_is_no_fault_of_the_items(begin, said):
    """The run ends in one sentence; no item is given up as if it were bad."""
    with Workers(begin, processes=2) as workers, pytest.raises(ExecutorError, match=said):
        list(workers.map([1, 2, 3]))


def test_a_script_without_a_guard_is_told(tmp_path):
    """A script that runs again in each of its own processes ends, and says what it lacks."""
    script = tmp_path / "script.py"
    script.write_text(
        "from jobs.processes.workers import Workers\n"
        "def work():\n    return len\n"
        "with Workers(work, processes=1) as workers:\n    print(list(workers.map(['a'])))\n"
    )

    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "does so below 'if __name__" in done.stderr.splitlines()[-1]
