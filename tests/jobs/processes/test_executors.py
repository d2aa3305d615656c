"""The same work gives the same results wherever it is done, and a lost worker loses nothing."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from jobs.errors import ExecutorError
from jobs.processes.executors import DASK, POOL, SERIAL, DaskCluster, open_executor

NUMBERS = list(range(230))


def doubling():
    """Make work that doubles."""
    return lambda number: 2 * number


def dying_once(marker: Path):
    """Make work whose first process dies half-way through."""

    def work(number):
        if number == NUMBERS[len(NUMBERS) // 2] and not marker.exists():
            marker.touch()
            os._exit(1)
        return 2 * number

    return work


def failing():
    """Make work that fails at one item."""
    return lambda number: 1 // (number - 7)


@pytest.mark.parametrize("name", [SERIAL, POOL, DASK])
def test_every_executor_gives_the_same_in_the_same_order(name):
    """Results come in the order of their items, one for each."""
    with open_executor(name, doubling, processes=2) as executor:
        outcomes = list(executor.map(iter(NUMBERS)))

    assert [outcome.item for outcome in outcomes] == NUMBERS
    assert [outcome.result for outcome in outcomes] == [2 * number for number in NUMBERS]


@pytest.mark.parametrize("name", [POOL, DASK])
def test_one_failure_is_told_and_the_rest_goes_on(name):
    """An item whose work fails says why, and costs no other its result."""
    with open_executor(name, failing, processes=2) as executor:
        outcomes = list(executor.map(range(20)))

    assert "ZeroDivisionError" in outcomes[7].trouble
    assert sum(outcome.result is not None for outcome in outcomes) == 19


def test_a_killed_worker_loses_nothing(tmp_path):
    """A part whose worker died is done again by another one."""
    prepare = partial(dying_once, tmp_path / "died")
    with open_executor(DASK, prepare, processes=2) as executor:
        outcomes = list(executor.map(NUMBERS))

    assert (tmp_path / "died").exists()
    assert [outcome.result for outcome in outcomes] == [2 * number for number in NUMBERS]


def test_a_cluster_that_runs_already_is_used():
    """A scheduler's address is enough; the cluster lives on afterwards."""
    with LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        name = f"{DASK}={cluster.scheduler_address}"
        with open_executor(name, doubling, processes=2) as executor:
            assert [outcome.result for outcome in executor.map([1, 2])] == [2, 4]
        with Client(cluster) as client:
            assert isinstance(DaskCluster(client, doubling), DaskCluster)


@pytest.mark.parametrize("name", ["ray", "serial=2", "", "dask=tcp://127.0.0.1:1"])
def test_what_cannot_be_had_is_said(name):
    """A wrong name or a silent address is one sentence."""
    with pytest.raises(ExecutorError), open_executor(name, doubling, processes=1):
        pass
