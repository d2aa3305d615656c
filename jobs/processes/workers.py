"""Processes that work on what came from outside: several at a time, each killed when it is stuck.

What a stranger wrote may keep a parser busy for hours, or end its process. So one item is one task
with a deadline; whatever becomes of it, the next one goes on in a fresh process.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Any, Generic, NamedTuple, Self, TypeVar

from jobs.errors import ExecutorError

Item = TypeVar("Item")
Result = TypeVar("Result")

DEADLINE_S = 5.0
"""Seconds that one item may take."""
FIRST_DEADLINE_S = 60.0
"""Seconds until a new process has opened its tables and answered its first item."""
MOST_STARTS = 3
"""How often a process is started that ends before it has begun: no item is to blame for that."""
MOST_MEMORY_BYTES = 2_000_000_000
"""Address space of one process, where the system keeps count: mapped tables are part of it."""
_AHEAD = 100
"""Items that are taken from the stream before the oldest is answered, for each process."""
_AHEAD_BYTES = 32_000_000
"""What these may have together, pickled, so that large ones do not fill the memory."""
_QUEUED_BYTES = 48_000
"""What may lie before a busy process: less than a pipe holds, so that giving never waits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome(Generic[Item, Result]):
    """What became of one item.

    Parameters
    ----------
    item : object
        The item.
    result : object or None
        What the work gave.
    trouble : str or None
        Why there is no result: a sentence.
    """

    item: Item
    result: Result | None = None
    trouble: str | None = None


class Workers(Generic[Item, Result]):
    """A few processes that do the same work on one item after the other.

    Parameters
    ----------
    prepare : callable
        Run once in each process, gives the work: `work(item) -> result`. It, the items and the
        results are pickled on the way, so it is a function of a module.
    processes : int
        How many.
    deadline_s : float
        Seconds that one item may take.

    Notes
    -----
    The processes start with the first item and end with the `with` block, or with the program.
    """

    def __init__(
        self,
        prepare: Callable[[], Callable[[Item], Result]],
        *,
        processes: int,
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._prepare = prepare
        self._processes = processes
        self._deadline_s = deadline_s
        self._desks: list[_Desk] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        for desk in self._desks:
            desk.clear()
        self._desks = []

    def map(self, items: Iterable[Item]) -> Iterator[Outcome[Item, Result]]:
        """Work on a stream of items.

        Parameters
        ----------
        items : iterable
            The items; no more than a few are taken ahead.

        Yields
        ------
        Outcome
            One for each item, in their order.

        Raises
        ------
        ExecutorError
            Where the processes do not come to begin, so that no item is taken for a bad one.
        """
        if not self._desks:
            self._desks = [_Desk(self._prepare, self._deadline_s) for _ in range(self._processes)]
        stream = enumerate(items)
        sizes: dict[int, int] = {}  # of the items that are not handed back yet, in their order
        done: dict[int, Outcome[Item, Result]] = {}
        task: _Task | None = None
        is_over = False
        while True:
            while not is_over and self._may_take(sizes):
                if task is None:
                    if (following := next(stream, None)) is None:
                        is_over = True
                        break
                    task = _Task.of(*following)
                if (desk := self._desk_for(task)) is None:
                    break
                desk.give(task)
                sizes[task.number] = len(task.pickled)
                task = None
            while (first := next(iter(sizes), None)) is not None and first in done:
                del sizes[first]
                yield done.pop(first)
            if is_over and not sizes:
                return
            done.update(self._answers())

    def _may_take(self, sizes: dict[int, int]) -> bool:
        return len(sizes) < _AHEAD * len(self._desks) and sum(sizes.values()) < _AHEAD_BYTES

    def _desk_for(self, task: _Task) -> _Desk | None:
        desk = min(self._desks, key=lambda one: len(one.tasks))
        return desk if desk.has_room(len(task.pickled)) else None

    def _answers(self) -> Iterator[tuple[int, Outcome[Any, Any]]]:
        busy = [desk for desk in self._desks if desk.tasks]
        if not busy:
            return
        soonest = min(desk.until for desk in busy)
        wait([desk.connection for desk in busy], max(0.0, soonest - time.monotonic()))
        for desk in busy:
            yield from desk.answers()


class _Task(NamedTuple):
    """An item on its way."""

    number: int
    item: Any
    pickled: bytes

    @classmethod
    def of(cls, number: int, item: Any) -> _Task:
        return cls(number, item, bytes(ForkingPickler.dumps(item)))


class _Desk:
    """One process, what it works on, and what lies before it."""

    def __init__(self, prepare: Callable[[], Callable[[Any], Any]], deadline_s: float) -> None:
        self._prepare = prepare
        self._deadline_s = deadline_s
        self.tasks: deque[_Task] = deque()
        self.until = 0.0
        self._starts = 0  # since a process last began: 0 while one works
        self._open()

    def _open(self) -> None:
        context: Any = multiprocessing.get_context(_START_METHOD)
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._prepare), daemon=True)
        self._process.start()
        theirs.close()
        self._starts += 1
        self._is_new = True

    def has_room(self, size_bytes: int) -> bool:
        return not self.tasks or size_bytes + self._queued_bytes() <= _QUEUED_BYTES

    def _queued_bytes(self) -> int:
        return sum(len(task.pickled) for task in self.tasks)

    def give(self, task: _Task) -> None:
        self.tasks.append(task)
        if len(self.tasks) == 1:
            self._begin_to_wait()
        with suppress(OSError):  # a process that ended is noticed where its answer is awaited
            self.connection.send_bytes(task.pickled)

    def _begin_to_wait(self) -> None:
        allowed_s = self._deadline_s
        if self._is_new:
            allowed_s = max(allowed_s, FIRST_DEADLINE_S)
        self.until = time.monotonic() + allowed_s

    def answers(self) -> Iterator[tuple[int, Outcome[Any, Any]]]:
        # Take what the process says; where the time of its first task is over, give that one up.
        try:
            if self.tasks and self._starts and self.connection.poll():
                self._begin(self.connection.recv())
            while self.tasks and self.connection.poll():
                result, trouble = self.connection.recv()
                self._is_new = False
                task = self.tasks.popleft()
                self._begin_to_wait()
                yield task.number, Outcome(item=task.item, result=result, trouble=trouble)
            is_late = bool(self.tasks) and time.monotonic() >= self.until
            why = "it took too long to read." if is_late else None
        except (EOFError, OSError):
            why = "reading it ended the process."
        if why is not None:
            yield from self._ended(why)

    def _begin(self, trouble: str | None) -> None:
        if trouble is not None:
            raise ExecutorError(f"the processes that read could not begin: {trouble}")
        self._starts = 0

    def _ended(self, why: str) -> Iterator[tuple[int, Outcome[Any, Any]]]:
        if not self._starts:
            stuck = self.tasks.popleft()
            yield stuck.number, Outcome(item=stuck.item, trouble=why)
        elif self._starts == MOST_STARTS:
            message = (
                "the processes that read end before they begin; what they wrote above says why. "
                "A script that starts them does so below 'if __name__ == \"__main__\":'."
            )
            raise ExecutorError(message)
        waiting = list(self.tasks)
        self.clear()
        self.tasks.clear()
        self._open()
        for task in waiting:
            self.give(task)

    def clear(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()


_START_METHOD = "spawn" if sys.platform in {"win32", "darwin"} else "forkserver"
"""A fork of this very process would hold its locks and its database open."""


def _serve(connection: Connection, prepare: Callable[[], Callable[[Any], Any]]) -> None:
    _limit_memory()
    try:
        work = prepare()
    except Exception as error:  # noqa: BLE001 - told to whoever opened the process
        connection.send(f"{type(error).__name__}: {error}")
        return
    connection.send(None)
    while True:
        try:
            item = connection.recv()
        except (EOFError, OSError):
            return
        answer: tuple[Any, str | None]
        try:
            answer = (work(item), None)
        except MemoryError:
            os._exit(1)  # what is left of this process cannot be trusted
        except Exception as error:  # noqa: BLE001 - told to whoever gave the item
            answer = (None, f"it could not be read ({type(error).__name__}: {error}).")
        connection.send(answer)


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on every system

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, hard))
