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
from itertools import count
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

DEADLINE_S = 5.0
"""Seconds that one item may take."""
FIRST_DEADLINE_S = 60.0
"""Seconds until a new process has opened its tables and answered its first item."""
MOST_MEMORY_BYTES = 2_000_000_000
"""Address space of one process, where the system keeps count: mapped tables are part of it."""
_AHEAD = 8
"""Items that are taken from the stream before the oldest is answered, for each process."""


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
        """
        if not self._desks:
            self._desks = [_Desk(self._prepare) for _ in range(self._processes)]
        stream, numbers = iter(items), count()
        waiting: deque[int] = deque()
        done: dict[int, Outcome[Item, Result]] = {}
        most = _AHEAD * len(self._desks)
        is_over = False
        while True:
            while not is_over and len(waiting) < most and (free := self._free_desk()):
                try:
                    item = next(stream)
                except StopIteration:
                    is_over = True
                    break
                number = next(numbers)
                waiting.append(number)
                free.give(number, item, self._deadline_s)
            while waiting and waiting[0] in done:
                yield done.pop(waiting.popleft())
            if is_over and not waiting:
                return
            done.update(self._answers())

    def _free_desk(self) -> _Desk | None:
        return next((desk for desk in self._desks if desk.task is None), None)

    def _answers(self) -> Iterator[tuple[int, Outcome[Any, Any]]]:
        busy = [desk for desk in self._desks if desk.task is not None]
        if not busy:
            return
        soonest = min(desk.until for desk in busy)
        wait([desk.connection for desk in busy], max(0.0, soonest - time.monotonic()))
        for desk in busy:
            answer = desk.answer()
            if answer is not None:
                yield answer


class _Desk:
    """One process and what it works on."""

    def __init__(self, prepare: Callable[[], Callable[[Any], Any]]) -> None:
        self._prepare = prepare
        self.task: tuple[int, Any] | None = None
        self.until = 0.0
        self._open()

    def _open(self) -> None:
        context: Any = multiprocessing.get_context(_START_METHOD)
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._prepare), daemon=True)
        self._process.start()
        theirs.close()
        self._is_new = True

    def give(self, number: int, item: Any, deadline_s: float) -> None:
        allowed_s = max(deadline_s, FIRST_DEADLINE_S) if self._is_new else deadline_s
        self.until = time.monotonic() + allowed_s
        self.task = (number, item)
        with suppress(OSError):  # a process that ended is noticed where its answer is awaited
            self.connection.send(item)

    def answer(self) -> tuple[int, Outcome[Any, Any]] | None:
        # Take what the process says, if it says something or its time is over.
        assert self.task is not None
        number, item = self.task
        try:
            if not self.connection.poll():
                if time.monotonic() < self.until:
                    return None
                return number, self._given_up(item, "it took too long to read.")
            result, trouble = self.connection.recv()
        except (EOFError, OSError):
            return number, self._given_up(item, "reading it ended the process.")
        self._is_new = False
        self.task = None
        return number, Outcome(item=item, result=result, trouble=trouble)

    def _given_up(self, item: Any, why: str) -> Outcome[Any, Any]:
        self.clear()
        self.task = None
        self._open()
        return Outcome(item=item, trouble=why)

    def clear(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()


_START_METHOD = "spawn" if sys.platform in {"win32", "darwin"} else "forkserver"
"""A fork of this very process would hold its locks and its database open."""


def _serve(connection: Connection, prepare: Callable[[], Callable[[Any], Any]]) -> None:
    _limit_memory()
    work = prepare()
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
