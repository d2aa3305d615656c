"""Where the work that needs no database is done: here, in a few processes, or on a Dask cluster."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from itertools import islice
from typing import Any, Protocol, TypeVar

from jobs.errors import ExecutorError
from jobs.processes.workers import Outcome, Workers

Item = TypeVar("Item")

DASK = "dask"
POOL = "pool"
SERIAL = "serial"
_AHEAD_OF_DASK = 64
"""Parts that the cluster holds at a time: enough to keep it busy, little enough to hold."""
PART_ITEMS = 50
"""Items that travel to a cluster together."""

Prepare = Callable[[], Callable[[Any], Any]]
"""Makes the work, in the process that does it; pickled on its way there."""


class Executor(Protocol):
    """Does the same work on a stream of items."""

    def map(self, items: Iterable[Item], /) -> Iterator[Outcome[Item, Any]]:
        """Give what became of each item, in their order."""
        ...


class Here:
    """Works in this process, one item after the other.

    Parameters
    ----------
    work : callable
        `work(item) -> result`.
    """

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work = work

    def map(self, items: Iterable[Item]) -> Iterator[Outcome[Item, Any]]:
        """Give what became of each item, in their order.

        Parameters
        ----------
        items : iterable
            The items.

        Yields
        ------
        Outcome
            One for each.
        """
        for item in items:
            yield Outcome(item=item, result=self._work(item))


class DaskCluster:
    """Works on a Dask cluster; a part whose worker is lost is done again by another one.

    Parameters
    ----------
    client : distributed.Client
        The connection to its scheduler.
    prepare : callable
        Makes the work.
    """

    def __init__(self, client: Any, prepare: Prepare) -> None:
        self._client = client
        self._prepare = prepare

    def map(self, items: Iterable[Item]) -> Iterator[Outcome[Item, Any]]:
        """Give what became of each item, in their order.

        Parameters
        ----------
        items : iterable
            The items; a bounded number is on the cluster at a time.

        Yields
        ------
        Outcome
            One for each.
        """
        stream = iter(items)
        under_way: deque[tuple[list[Item], Any]] = deque()
        while True:
            while len(under_way) < _AHEAD_OF_DASK and (part := list(islice(stream, PART_ITEMS))):
                task = self._client.submit(_work_on, self._prepare, part, pure=False, retries=3)
                under_way.append((part, task))
            if not under_way:
                return
            part, task = under_way.popleft()
            for item, (result, trouble) in zip(part, task.result(), strict=True):
                yield Outcome(item=item, result=result, trouble=trouble)


def _work_on(prepare: Prepare, part: list[Any]) -> list[tuple[Any, str | None]]:
    work = prepare()
    answers: list[tuple[Any, str | None]] = []
    for item in part:
        try:
            answers.append((work(item), None))
        except Exception as error:  # noqa: BLE001 - told to whoever gave the item
            answers.append((None, f"it could not be read ({type(error).__name__}: {error})."))
    return answers


def open_executor(
    name: str, prepare: Prepare, *, processes: int
) -> AbstractContextManager[Executor]:
    """Open the executor that a person names.

    Parameters
    ----------
    name : str
        `serial`, `pool`, `dask` (a cluster on this machine) or `dask=ADDRESS` of a scheduler.
    prepare : callable
        Makes the work; a function of a module, or a partial of one.
    processes : int
        How many processes a pool or a cluster on this machine has.

    Returns
    -------
    context manager
        Gives the executor, and ends what it started.

    Raises
    ------
    ExecutorError
        Where there is none of this name, Dask is not installed or its scheduler cannot be reached.
    """
    kind, _, address = name.partition("=")
    if kind == SERIAL and not address:
        return _here(prepare)
    if kind == POOL and not address:
        return Workers(prepare, processes=processes)
    if kind == DASK:
        return _dask(prepare, address, processes)
    raise ExecutorError(f"there is no executor {name!r}; write serial, pool, dask or dask=ADDRESS.")


@contextmanager
def _here(prepare: Prepare) -> Iterator[Executor]:
    yield Here(prepare())


@contextmanager
def _dask(prepare: Prepare, address: str, processes: int) -> Iterator[Executor]:
    try:
        distributed: Any = import_module("distributed")
    except ModuleNotFoundError:
        raise ExecutorError(
            "a cluster needs Dask; install it with pip install 'troop-tracker[dask]'."
        ) from None
    if address:
        try:
            client = distributed.Client(address, timeout=10)
        except (OSError, ValueError) as error:
            said = f"no Dask scheduler answers at {address} ({error}); start it, or correct it."
            raise ExecutorError(said) from None
        with client:
            yield DaskCluster(client, prepare)
        return
    with (
        distributed.LocalCluster(
            n_workers=processes, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield DaskCluster(client, prepare)
