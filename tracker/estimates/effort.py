"""How much was said about an area, so that silence is not taken for calm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tracker.estimates.observations import Observation

PERIOD_DAYS = 7
BREAK_DAYS = 28
"""Nobody speaking for so long is a break in coverage: a trend across it rests on its two ends."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Effort:
    """What was said in one period.

    Parameters
    ----------
    first, last : date
        UTC days that the period spans, both included.
    claims : int
        Observations of the area's strength, relays included.
    sources : int
        Claimants behind them.
    """

    first: date
    last: date
    claims: int
    sources: int


def effort(
    observations: Sequence[Observation], area: str, *, period_days: int = PERIOD_DAYS
) -> tuple[Effort, ...]:
    """Count who spoke of an area, period by period.

    Parameters
    ----------
    observations : sequence of Observation
        The observations of a fitted model.
    area : str
        Id of the area.
    period_days : int
        Length of a period.

    Returns
    -------
    tuple of Effort
        Periods without a gap, from the first observation to the last; those in which nobody
        spoke count 0.
    """
    own = sorted((o for o in observations if o.area == area), key=lambda o: o.day)
    if not own:
        return ()
    start, periods = own[0].day, (own[-1].day - own[0].day).days // period_days + 1
    spoken: list[list[str]] = [[] for _ in range(periods)]
    for observation in own:
        spoken[(observation.day - start).days // period_days].append(observation.source)
    return tuple(
        Effort(
            first=start + timedelta(days=number * period_days),
            last=start + timedelta(days=(number + 1) * period_days - 1),
            claims=len(sources),
            sources=len(set(sources)),
        )
        for number, sources in enumerate(spoken)
    )


def breaks(observations: Sequence[Observation], area: str) -> tuple[tuple[date, date], ...]:
    """Find the times in which nobody spoke of an area.

    Parameters
    ----------
    observations : sequence of Observation
        The observations of a fitted model.
    area : str
        Id of the area.

    Returns
    -------
    tuple of pairs of date
        First and last silent day of each break of at least `BREAK_DAYS`.
    """
    days = sorted({o.day for o in observations if o.area == area})
    one = timedelta(days=1)
    return tuple(
        (before + one, after - one)
        for before, after in pairwise(days)
        if (after - before).days > BREAK_DAYS
    )
