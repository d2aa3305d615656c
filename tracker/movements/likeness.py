"""How much better two sightings fit one train than two: log-likelihood ratios of all pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.railways import TravelTime
from tracker.movements.looks import Looks

LONGEST_DAYS = 30.0
"""Between two sightings of one train; the slowest published one took 12 days for 3,900 km."""
SETTLING_DAYS = 0.3
"""Time that a train may stand anywhere without being slow."""
TRAFFIC_A_DAY = 3.0
"""Trains a day that pass unseen, at least: what time and place alone have to beat."""
SEEN_PER_TRAIN = 4.0
"""Sightings that one train gets where it is seen at all; turns sightings a day into trains."""
WAGONS = 50.0
"""Wagons of a military train (seeds/conversions.csv, C047 to C052: 40 to 51)."""
SAME_KIND, SAME_FORMATION = 0.7, 0.9
"""Chance that a second look names a type, or the formation, that the first one named."""
UNLIKE_KIND, UNLIKE_FORMATION, UNLIKE_HEADING, AWAY = -0.9, -2.5, -2.5, -3.0
PER_WAGON, MOST_WAGONS = 7.0, 14.0
"""A shared eight-digit number is no accident; misreadings that pass the check digit are rare."""
RELAYED = 9.0
"""The record itself says that two claims tell one event."""
MOST_FOR_LOAD = 4.0
"""However alike two loads are, one train in fifty or so belongs to the same formation."""
BACKTRACK_KM = 200.0
SAME_GOAL, SAME_MARK = 1.0, 2.0
VAGUE_KM = 400.0
"""Places known no better than this tell nothing of speeds."""
WORST_TIMING = -8.0
USUAL_SHARE, USUAL_COUNT = 0.05, 30.0
"""Share of trains that carry a type, and how many sightings that knowledge is worth."""
NEVER = -50.0
LEAST_TRAITS = -1.0
BLOCK = 256


@dataclass(frozen=True, kw_only=True, eq=False)
class Pairs:
    """Pairs of sightings with how much better they fit one train than two.

    Parameters
    ----------
    one, other : ndarray of int
        Sightings, `one` before `other` in the order of times.
    timing, traits : ndarray of float
        Natural logarithms of the likelihood of one train over that of two: of the time between
        them, and of all the rest.
    impossible : ndarray of int, shape (n, 2)
        Pairs that look alike and that no train can have made.
    """

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    timing: NDArray[np.float64]
    traits: NDArray[np.float64]
    impossible: NDArray[np.int64]


def compare(looks: Looks, background: Background) -> Pairs:
    """Compare every sighting with the later ones that can be the same train.

    Parameters
    ----------
    looks : Looks
        Sightings in the order of the middles of their spans.
    background : Background
        How long trains take and how common things are.

    Returns
    -------
    Pairs
        Those whose traits are no worse than `LEAST_TRAITS`, and tell something.
    """
    last = np.searchsorted(looks.middle, looks.middle + LONGEST_DAYS, side="right")
    blocks = [
        _block(looks, background, range(first, stop), int(last[stop - 1]))
        for first in range(0, len(looks), BLOCK)
        for stop in (min(first + BLOCK, len(looks)),)
    ]
    return Pairs(
        one=np.concatenate([block.one for block in blocks]),
        other=np.concatenate([block.other for block in blocks]),
        timing=np.concatenate([block.timing for block in blocks]),
        traits=np.concatenate([block.traits for block in blocks]),
        impossible=np.concatenate([block.impossible for block in blocks]),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Background:
    """How long trains take, and how common things are among all sightings.

    Parameters
    ----------
    travel : TravelTime
        How long trains take.
    traffic_a_day : ndarray of float
        Trains a day around the time of each sighting.
    kind_weight, formation_weight : ndarray of float
        Logarithm of how much likelier a second look names it too than any look does.
    """

    travel: TravelTime
    traffic_a_day: NDArray[np.float64]
    kind_weight: NDArray[np.float64]
    formation_weight: NDArray[np.float64]


def background_of(looks: Looks, travel: TravelTime) -> Background:
    """Count how common things are.

    Parameters
    ----------
    looks : Looks
        Sightings.
    travel : TravelTime
        How long trains take.

    Returns
    -------
    Background
        What a likeness is weighed against.
    """
    middle = np.sort(looks.middle)
    near = np.searchsorted(middle, middle + 5) - np.searchsorted(middle, middle - 5)
    counted = np.asarray(looks.kinds.sum(axis=0)).ravel()
    frequency = (counted + USUAL_SHARE * USUAL_COUNT) / (len(looks) + USUAL_COUNT)
    named = looks.formation[looks.formation >= 0]
    counts = np.bincount(named, minlength=1) + 1.0
    share = counts / (counts.sum() + USUAL_COUNT)
    return Background(
        travel=travel,
        traffic_a_day=np.maximum(near / 10 / SEEN_PER_TRAIN, TRAFFIC_A_DAY),
        kind_weight=np.log(SAME_KIND / np.minimum(frequency, SAME_KIND)),
        formation_weight=np.log(SAME_FORMATION / np.minimum(share, SAME_FORMATION)),
    )


def _block(looks: Looks, background: Background, block: range, last: int) -> Pairs:
    rows, columns = np.arange(block.start, block.stop), np.arange(block.start, last)
    one, other = np.meshgrid(rows, columns, indexing="ij")
    ordered = (other > one) & (looks.actor[one] == looks.actor[other])
    loads = _loads(looks, background, rows, columns)
    alike = _alike(looks, rows, columns)
    feasible = looks.can_be_one(one, other)
    odd = np.argwhere(ordered & ~feasible & (alike > 0))
    one, other = one[ordered & feasible], other[ordered & feasible]
    traits = (loads + alike)[ordered & feasible]
    traits += _formations(looks, background, one, other) + _headings(looks, one, other)
    traits += _goals(looks, one, other)
    told = (traits > LEAST_TRAITS) & (traits != 0)
    one, other = one[told], other[told]
    return Pairs(
        one=one,
        other=other,
        timing=timing_ratio(looks, background, one, other),
        traits=traits[told],
        impossible=np.column_stack([rows[odd[:, 0]], columns[odd[:, 1]]]),
    )


def timing_ratio(
    looks: Looks,
    background: Background,
    one: NDArray[np.int64],
    other: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Weigh the times between sightings.

    Parameters
    ----------
    looks : Looks
        Sightings.
    background : Background
        How long trains take, and how many pass.
    one, other : ndarray of int
        Sightings, the earlier one first.

    Returns
    -------
    ndarray of float
        Logarithm of the density of the time between, per day, over the trains a day that pass.
    """
    travel, middle = background.travel, looks.middle
    distance_km = looks.along_km[looks.place[one], looks.place[other]]
    usual = distance_km / travel.median_km_day + SETTLING_DAYS
    reach_km = looks.radius_km[one] + looks.radius_km[other]
    blur = (looks.end - looks.start) ** 2 / 12
    unsure = blur[one] + blur[other] + (reach_km / 2 / travel.median_km_day) ** 2
    spread = np.sqrt(travel.log_sd**2 + unsure / usual**2)
    taken = np.maximum(middle[other] - middle[one] + SETTLING_DAYS, 0.05)
    score = np.log(taken / usual) / spread
    density = -0.5 * score**2 - np.log(spread * taken) - 0.919
    told = density - np.log(background.traffic_a_day[one])
    vague = reach_km > VAGUE_KM
    return np.where(vague, -np.log(background.traffic_a_day[one]), np.maximum(told, WORST_TIMING))


def _loads(
    looks: Looks, background: Background, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.float64]:
    mine, theirs = looks.kinds[rows], looks.kinds[columns]
    shared_weight = (mine * background.kind_weight[None, :]) @ theirs.T
    shared = (mine @ theirs.T).toarray()
    sizes = np.asarray(mine.sum(axis=1)).ravel()[:, None], np.asarray(theirs.sum(axis=1)).ravel()
    unlike = sizes[0] + sizes[1] - 2 * shared
    score = np.minimum(shared_weight.toarray() + UNLIKE_KIND * unlike, MOST_FOR_LOAD)
    return np.where((sizes[0] > 0) & (sizes[1] > 0), score, 0.0)


def _alike(
    looks: Looks, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.float64]:
    mine, theirs = looks.wagons[rows], looks.wagons[columns]
    common = (mine @ theirs.T).toarray()
    sizes = np.asarray(mine.sum(axis=1)).ravel()[:, None], np.asarray(theirs.sum(axis=1)).ravel()
    apart = -sizes[0] * sizes[1] / WAGONS  # two draws from one train are seldom disjoint
    score = np.where(common > 0, np.minimum(PER_WAGON * common, MOST_WAGONS), apart)
    marks = (looks.marks[rows] @ looks.marks[columns].T).toarray()
    told = (looks.relays[rows] @ looks.relays[columns].T).toarray() > 0
    both_many = looks.many[rows][:, None] | looks.many[columns]
    score = np.where(both_many, NEVER, score + SAME_MARK * np.minimum(marks, 2))
    return np.where(told, RELAYED, score)


def _formations(
    looks: Looks, background: Background, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.float64]:
    mine, theirs = looks.formation[one], looks.formation[other]
    same = background.formation_weight[np.maximum(mine, 0)]
    score = np.where(mine == theirs, same, UNLIKE_FORMATION)
    return np.where((mine >= 0) & (theirs >= 0), score, 0.0)


def _headings(
    looks: Looks, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.float64]:
    # A train that was said to go west is not east of there later on.
    east = (looks.lonlat[other, 0] - looks.lonlat[one, 0]) * np.cos(
        np.radians((looks.lonlat[one, 1] + looks.lonlat[other, 1]) / 2)
    )
    north = looks.lonlat[other, 1] - looks.lonlat[one, 1]
    bearing = np.degrees(np.arctan2(east, north))
    far = looks.gap_km(one, other) > BACKTRACK_KM / 2
    score = np.zeros(len(one))
    for which in (one, other):
        off = np.abs((bearing - looks.heading_deg[which] + 180) % 360 - 180)
        score += np.where(far & (off > 100), UNLIKE_HEADING, 0.0)
    return score


def _goals(looks: Looks, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
    score = np.zeros(len(one))
    for which in (one, other):
        goal = looks.goal[which]
        before = looks.along_km[looks.place[one], np.maximum(goal, 0)]
        after = looks.along_km[looks.place[other], np.maximum(goal, 0)]
        score += np.where((goal >= 0) & (after > before + BACKTRACK_KM), AWAY, 0.0)
    mine, theirs = looks.goal[one], looks.goal[other]
    apart = looks.along_km[np.maximum(mine, 0), np.maximum(theirs, 0)] > BACKTRACK_KM
    both = (mine >= 0) & (theirs >= 0)
    return score + np.where(both, np.where(apart, UNLIKE_FORMATION, SAME_GOAL), 0.0)
