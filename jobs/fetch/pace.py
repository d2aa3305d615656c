"""One host is asked at most so often, by one at a time, and not before it says so."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

REQUESTS_PER_MINUTE = 30.0
BURST = 5
"""Requests that may follow each other at once after a rest: a page, its robots.txt, an article."""


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    allowance: float = float(BURST)
    counted_at: float = 0.0
    closed_until: float = 0.0
    least_pause_s: float = 0.0


class Pace:
    """How fast hosts are asked; shared by all clients of a process.

    Parameters
    ----------
    requests_per_minute : float
        Most requests to one host in the long run; some may follow each other at once.
    monotonic, sleep : Callable
        The clock.
    """

    def __init__(
        self,
        requests_per_minute: float = REQUESTS_PER_MINUTE,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._per_s = requests_per_minute / 60
        self._monotonic = monotonic
        self._sleep = sleep
        self._hosts: dict[str, _Host] = defaultdict(_Host)
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, host: str, *, within_s: float) -> Iterator[None]:
        """Wait for a turn at a host, and hold it during the request.

        Parameters
        ----------
        host : str
            The host.
        within_s : float
            As long as it may take, seconds.

        Yields
        ------
        None
            While it is held, nobody else asks this host.

        Raises
        ------
        TimeoutError
            Where the turn would come too late.
        """
        began = self._monotonic()
        with self._guard:
            state = self._hosts[host]
        if not state.lock.acquire(timeout=max(within_s, 0)):
            raise TimeoutError
        try:
            wait_s = self._wait_s(state)
            if wait_s > within_s - (self._monotonic() - began):
                raise TimeoutError
            if wait_s > 0:
                self._sleep(wait_s)
            self._count(state)
            yield
        finally:
            state.lock.release()

    def close_for(self, host: str, rest_s: float) -> None:
        """Let a host alone for a while, as it asked (`Retry-After`).

        Parameters
        ----------
        host : str
            The host.
        rest_s : float
            How long.
        """
        with self._guard:
            state = self._hosts[host]
        state.closed_until = max(state.closed_until, self._monotonic() + rest_s)

    def slow_down(self, host: str, least_pause_s: float) -> None:
        """Keep a pause between requests, as a host asks for (`Crawl-delay`).

        Parameters
        ----------
        host : str
            The host.
        least_pause_s : float
            The pause.
        """
        with self._guard:
            self._hosts[host].least_pause_s = least_pause_s

    def _wait_s(self, state: _Host) -> float:
        now = self._monotonic()
        waits = [state.closed_until - now]
        if state.counted_at:
            waits.append(state.counted_at + state.least_pause_s - now)
            earned = state.allowance + (now - state.counted_at) * self._per_s
            waits.append((1 - earned) / self._per_s)
        return max(0.0, *waits)

    def _count(self, state: _Host) -> None:
        now = self._monotonic()
        if state.counted_at:
            earned = state.allowance + (now - state.counted_at) * self._per_s
            state.allowance = min(earned, float(BURST))
        state.allowance -= 1
        state.counted_at = now
