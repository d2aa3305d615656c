"""What trains and columns on the way say: how much an area's strength grew, not how large it is.

"Several trains a day" bounds the increment of a size. What one train carries, and which share of
it stays, is one unknown number for all days of a flow: taken anew for each day it would average
out, and the interval after ten days would be less than half as wide as it has to be.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from scipy.special import betaincinv, ndtri

from tracker.errors import InvalidValueError
from tracker.estimates.chain import Chain, Path
from tracker.estimates.factors import Factors
from tracker.estimates.grid import Floats, Masses, SizeGrid
from tracker.vocabulary import Unit

NODES = 9
"""Values of what is shared over all days for which the chain is run; their ranks lie evenly."""
RETAINED = (6.0, 3.0)
"""Beta distribution of the share that stays: not rotation, not supply, not in transit."""
UNINFORMATIVE = 0.3
"""Probability that the flow says nothing of the strength: it turned back, or went elsewhere."""
ARRIVAL_DAYS = (1, 10)
"""Days between being seen and being there, where nothing more is known of the distance."""
LONGEST_DAYS = 366
LARGEST_PER_DAY = 1e6
_INTERVAL_90 = 2 * 1.645


@dataclass(frozen=True, kw_only=True, slots=True)
class FlowEvidence:
    """A flow of troops into an area or out of it.

    Parameters
    ----------
    area, actor : str
        Ids. A flow into a sector from beyond the theatre is evidence of both: one value each.
    first_day, last_day : date
        UTC days on which it was seen on its way.
    low, high : float
        5 and 95 % of how many a day, in `unit`; equal where the number is known.
    known_at : datetime
        When it became public, UTC.
    unit : Unit
        `train`, `personnel`, or a formation with a known strength.
    inward : bool
        Whether it comes; otherwise it leaves.
    arrival_days : tuple of int
        Least and most days from being seen to being there; all between are equally likely.
    claims : tuple of str
        Ids of the claims that it rests on.
    held_from : datetime, optional
        When a count that includes it became public, UTC: from then on the count speaks for it.

    Raises
    ------
    InvalidValueError
        Where the days run backwards or over more than a year, a number is not finite, positive
        and at most 10^6 a day, or `known_at` has no zone.
    """

    area: str
    actor: str
    first_day: date
    last_day: date
    low: float
    high: float
    known_at: datetime
    unit: Unit = Unit.TRAIN
    inward: bool = True
    arrival_days: tuple[int, int] = ARRIVAL_DAYS
    claims: tuple[str, ...] = ()
    held_from: datetime | None = None

    def __post_init__(self) -> None:
        if not 0 <= (self.last_day - self.first_day).days < LONGEST_DAYS:
            raise InvalidValueError(
                f"a flow runs over 1 to {LONGEST_DAYS} days, not {self.first_day} to "
                f"{self.last_day}."
            )
        if not 0 < self.low <= self.high <= LARGEST_PER_DAY:
            raise InvalidValueError(
                f"a flow of {self.low} to {self.high} a day is not positive, ascending and at "
                f"most {LARGEST_PER_DAY:,.0f}."
            )
        soonest, latest = self.arrival_days
        if not 0 <= soonest <= latest < LONGEST_DAYS:
            raise InvalidValueError(f"arrival after {soonest} to {latest} days is not possible.")
        if self.known_at.tzinfo is None:
            raise InvalidValueError("known_at needs a time zone.")


def arrivals(flow: FlowEvidence, first_day: date, days: int) -> Floats:
    """Spread a flow over the days on which it is there.

    Parameters
    ----------
    flow : FlowEvidence
        The flow.
    first_day : date
        Day 0.
    days : int
        How many days.

    Returns
    -------
    ndarray of shape (days,)
        Part of one day's flow that arrives on each day; sums to the flow's length in days, less
        what falls outside.
    """
    soonest, latest = flow.arrival_days
    length, lags = (flow.last_day - flow.first_day).days + 1, latest - soonest + 1
    shares = np.convolve(np.ones(length), np.full(lags, 1 / lags))
    start = (flow.first_day + timedelta(days=soonest) - first_day).days
    result = np.zeros(days)
    inside = [i for i in range(len(shares)) if 0 <= start + i < days]
    result[[start + i for i in inside]] = shares[inside]
    return result


def net_per_day(flow: FlowEvidence, factors: Factors) -> Floats | None:
    """Say how many persons a day of a flow adds, at evenly spaced ranks.

    Parameters
    ----------
    flow : FlowEvidence
        The flow.
    factors : Factors
        Persons per unit and per train.

    Returns
    -------
    ndarray of shape (NODES,) or None
        Ascending; negative and descending for a flow that leaves; None where no conversion to
        persons is known.
    """
    carried = factors.carried_by(flow.unit)
    if carried is None:
        return None
    ranks = (np.arange(99) + 0.5) / 99
    number_sd = math.log(flow.high / flow.low) / _INTERVAL_90
    log_sd = math.hypot(number_sd, carried.log_sd)
    log_size = (math.log(flow.low) + math.log(flow.high)) / 2 + carried.log_mean
    sizes = np.exp(log_size + log_sd * ndtri(ranks))
    stays = betaincinv(*RETAINED, ranks)
    nodes = np.quantile(np.outer(sizes, stays), (np.arange(NODES) + 0.5) / NODES)
    return np.asarray(nodes if flow.inward else -nodes)


def smooth_with_flows(chain: Chain, prior: Floats, likelihoods: Masses, increments: Floats) -> Path:
    """Run the chain of one area with what flowed into it.

    The chain runs once for each value of what all days share, and once as if there were no flow.
    The runs are mixed by their prior probability times how well the claims agree with them. What
    flows comes on top of the changes that the chain allows anyway: others come and go unseen.

    Parameters
    ----------
    chain : Chain
        The chain.
    prior : ndarray of shape (cells + 1,)
        Distribution on the first day, before any claim.
    likelihoods : ndarray of shape (days, cells + 1)
        Of each day's claims.
    increments : ndarray of shape (NODES, days)
        Net inflow of each day at each rank, in the unit of the grid.

    Returns
    -------
    Path
        Of one area.
    """
    increments = np.concatenate([increments, np.zeros((1, increments.shape[1]))])
    runs = len(increments)
    moved = {
        int(day): shift_matrices(chain.grid, increments[:, day])
        for day in np.flatnonzero(increments.any(axis=0))
    }
    path = chain.smooth(
        np.repeat(prior[None], runs, axis=0),
        np.repeat(likelihoods[:, None], runs, axis=1),
        moved,
    )
    weight = np.append(np.full(runs - 1, (1 - UNINFORMATIVE) / (runs - 1)), UNINFORMATIVE)
    share = weight * np.exp(path.log_evidence - path.log_evidence.max())
    share = (share / share.sum()).astype(np.float32)[None, :, None]
    highest = path.log_evidence.max()
    evidence = highest + np.log((weight * np.exp(path.log_evidence - highest)).sum())
    return Path(
        sizes=(path.sizes * share).sum(axis=1, keepdims=True),
        regimes=(path.regimes * share).sum(axis=1, keepdims=True),
        log_evidence=np.array([evidence]),
    )


def shift_matrices(grid: SizeGrid, increments: Floats) -> Masses:
    """Move every size by so many.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    increments : ndarray of shape (runs,)
        What comes, or leaves where negative, in the unit of the grid.

    Returns
    -------
    ndarray of shape (runs, cells + 1, cells + 1)
        `[run, from, to]`; rows sum to 1 and keep the mean size. What would leave the grid stays
        in its last cell; a force that loses more than it has stays in the first.
    """
    width, runs = grid.cells + 1, len(increments)
    sizes = np.concatenate([[0.0], np.exp(grid.log_sizes)])
    change = np.asarray(increments, dtype=np.float64)[:, None]
    moved = np.clip(sizes + change, np.where(change >= 0, 0.0, sizes[1]), sizes[-1])
    moved[:, 0] = np.maximum(change[:, 0], 0.0)
    above = np.clip(np.searchsorted(sizes, moved, side="right"), 1, width - 1)
    part = np.clip((moved - sizes[above - 1]) / (sizes[above] - sizes[above - 1]), 0, 1)
    matrices = np.zeros((runs, width, width), np.float32)
    run, row = np.ogrid[:runs, :width]
    matrices[run, row, above - 1] = 1 - part
    matrices[run, row, above] = part
    return matrices


def increments_of(
    flows: Iterable[FlowEvidence], factors: Factors, first_day: date, days: int
) -> Floats | None:
    """Add up the flows of one area, day by day.

    The flows share one rank: where trains carry more than thought, all of them do.

    Parameters
    ----------
    flows : iterable of FlowEvidence
        Flows of one area and actor.
    factors : Factors
        Persons per unit and per train.
    first_day : date
        Day 0.
    days : int
        How many days.

    Returns
    -------
    ndarray of shape (NODES, days) or None
        Persons; None where nothing arrives on these days.
    """
    total = np.zeros((NODES, days))
    for flow in flows:
        net = net_per_day(flow, factors)
        if net is not None:
            total += np.outer(net, arrivals(flow, first_day, days))
    return total if total.any() else None


def known_flows(
    flows: Sequence[FlowEvidence], actor: str, known_before: datetime
) -> tuple[FlowEvidence, ...]:
    """Pick the flows of an actor that were public.

    Parameters
    ----------
    flows : sequence of FlowEvidence
        All flows.
    actor : str
        Whose troops.
    known_before : datetime
        First instant that is too late.

    Returns
    -------
    tuple of FlowEvidence
        In the order given, without those for which a known count speaks.
    """
    return tuple(
        flow
        for flow in flows
        if flow.actor == actor
        and flow.known_at < known_before
        and not (flow.held_from is not None and flow.held_from < known_before)
    )
