"""A part of a job with its own runs in the ledger: one source of several, one target of several."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from jobs.runs.outcome import Outcome, one_line
from tracker import clock
from tracker.errors import TrackerError
from tracker.store.ledger import ANSWERING, Ledger, Run, RunState

FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=6)
"""After a failure comes a rest before the next try, twice as long each time, from the first to the
longest."""
_FAILURES = frozenset({RunState.FAILED, RunState.ABANDONED})
_MOST_FAILURES = 40


def failures_in_a_row(ledger: Ledger, name: str) -> list[Run]:
    """List the failures of a job, or of a part of one, since it last succeeded.

    Parameters
    ----------
    ledger : Ledger
        What ran.
    name : str
        Its name in the ledger.

    Returns
    -------
    list of Run
        The latest first.
    """
    answered = next(iter(ledger.runs(name, 1, states=ANSWERING)), None)
    since = answered.id if answered else 0
    return ledger.runs(name, _MOST_FAILURES, states=_FAILURES, after=since)


def resting_until(failures: list[Run], now: datetime) -> datetime | None:
    """Say until when to rest after failures.

    Parameters
    ----------
    failures : list of Run
        Failures in a row, the latest first.
    now : datetime
        Aware UTC.

    Returns
    -------
    datetime or None
        Aware UTC; None where nothing failed or the rest is over.
    """
    if not failures:
        return None
    rest = min(FIRST_REST * 2 ** (len(failures) - 1), LONGEST_REST)
    until = (failures[0].ended_at or failures[0].started_at) + rest
    # Where the clock was set back, no rest is longer than the longest.
    return until if now < until <= now + LONGEST_REST else None


def run_part(ledger: Ledger, name: str, do: Callable[[], Outcome]) -> Outcome:
    """Run a part of a job and enter how it ended; its failure is an outcome.

    Parameters
    ----------
    ledger : Ledger
        Where it is entered.
    name : str
        Its name there, for example `sources.cit`.
    do : Callable
        Does it.

    Returns
    -------
    Outcome
        What it did, or `failed` with the reason.
    """
    run = ledger.start(name)
    outcome = Outcome(state=RunState.FAILED, message="it was stopped")
    try:
        outcome = do()
    except (TrackerError, OSError) as error:
        outcome = Outcome(state=RunState.FAILED, message=str(error), lines=(f"{name}: {error}",))
    finally:
        ledger.end(run, outcome.state, one_line(outcome.message), outcome.counts)
    return outcome


def rest_of(ledger: Ledger, name: str) -> str | None:
    """Say in a line why a part of a job is left out now.

    Parameters
    ----------
    ledger : Ledger
        What ran.
    name : str
        Its name there.

    Returns
    -------
    str or None
        None where it does not rest.
    """
    failures = failures_in_a_row(ledger, name)
    until = resting_until(failures, clock.now())
    if until is None:
        return None
    times = "once" if len(failures) == 1 else f"{len(failures)} times in a row"
    return f"{name} failed {times} and rests until {until:%Y-%m-%d %H:%M:%S} UTC."
