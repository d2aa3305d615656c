"""Parse what came from outside in a process of its own, which is killed when it is stuck.

No parser keeps below five seconds on every input by itself: some take time that grows with the
square of a depth or a count that no limit on the size holds.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from functools import cache
from typing import Any, ParamSpec, TypeVar

from jobs.processes.workers import DEADLINE_S, Workers
from tracker.errors import InvalidValueError, UnreadableInputError

P = ParamSpec("P")
T = TypeVar("T")

_ONE_AT_A_TIME = threading.Lock()
_Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


def parse(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a parser in the process for parsing.

    Parameters
    ----------
    function : Callable
        A function of a module, which takes and gives values that can be pickled.
    *args, **kwargs : Any
        Its arguments.

    Returns
    -------
    Any
        What it gives.

    Raises
    ------
    UnreadableInputError
        Where it refuses its input; or takes longer than `DEADLINE_S` seconds, more memory than one
        process may have, or its process with it.
    InvalidValueError
        Where it refuses a value.
    """
    with _ONE_AT_A_TIME:
        (outcome,) = _workers().map([(function, args, kwargs)])
    if outcome.trouble is not None:
        raise UnreadableInputError(outcome.trouble)
    result: Any = outcome.result
    if isinstance(result, UnreadableInputError | InvalidValueError):
        raise result
    parsed: T = result
    return parsed


@cache
def _workers() -> Workers[_Call, Any]:
    workers: Workers[_Call, Any] = Workers(_prepare, processes=1, deadline_s=DEADLINE_S)
    atexit.register(workers.close)
    return workers


def _prepare() -> Callable[[_Call], Any]:
    return _work


def _work(call: _Call) -> Any:
    function, args, kwargs = call
    try:
        return function(*args, **kwargs)
    except (UnreadableInputError, InvalidValueError) as error:
        return error
