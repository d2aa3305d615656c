"""How well one train fits between two sightings: the time for the way, headings, destinations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.railways import TravelTime
from tracker.movements.looks import Looks

SETTLING_DAYS, STANDING_DAYS = 0.3, 0.2
"""Time that a train may stand anywhere without being slow, and how much that differs."""
SEEN_PER_TRAIN = 4.0
"""Sightings that one train gets where it is seen at all; turns sightings a day into trains."""
TRAFFIC_A_DAY = 3.0
"""Trains a day that pass unseen, at least: what time and place alone have to beat."""
TRAFFIC_WITHIN_DAYS = 5.0
VAGUE_KM = 400.0
"""Places known no better than this tell nothing of speeds."""
WORST_TIMING = -8.0
"""However odd a time is, somebody may have got the day wrong."""
BACKTRACK_KM = 200.0
UNLIKE_HEADING, AWAY = -2.5, -3.0
"""Going against a stated heading, and leaving the way to a stated destination."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Traffic:
    """How long trains take, and how many pass.

    Parameters
    ----------
    travel : TravelTime
        How long trains take.
    trains_a_day : ndarray of float
        Around the time of each sighting.
    """

    travel: TravelTime
    trains_a_day: NDArray[np.float64]


def traffic_of(looks: Looks, travel: TravelTime) -> Traffic:
    """Count how many trains pass, seen or not.

    Parameters
    ----------
    looks : Looks
        Sightings in the order of the middles of their spans.
    travel : TravelTime
        How long trains take.

    Returns
    -------
    Traffic
        What the time between two sightings is weighed against.
    """
    middle = looks.middle
    first, last = (
        np.searchsorted(middle, middle + days)
        for days in (-TRAFFIC_WITHIN_DAYS, TRAFFIC_WITHIN_DAYS)
    )
    trains_a_day = (last - first) / (2 * TRAFFIC_WITHIN_DAYS) / SEEN_PER_TRAIN
    return Traffic(travel=travel, trains_a_day=np.maximum(trains_a_day, TRAFFIC_A_DAY))


def link_ratio(
    looks: Looks, traffic: Traffic, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Weigh one train against two, by the way from one sighting to the next alone.

    Parameters
    ----------
    looks : Looks
        Sightings.
    traffic : Traffic
        How long trains take, and how many pass.
    one, other : ndarray of int
        Sightings; the train would be seen at `one` first.

    Returns
    -------
    ndarray of float
        Log-likelihood ratio; minus infinity where no train is so fast.
    """
    ratio = _timing(looks, traffic, one, other)
    ratio += _headings(looks, one, other) + _goals(looks, one, other)
    return np.where(looks.can_be_one(one, other), ratio, -np.inf)


def _timing(
    looks: Looks, traffic: Traffic, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.float64]:
    # Density of the time between, per day, over the trains a day. A log-normal law, shifted by
    # what is not known of both times, so that sightings of one day fit in either order.
    travel, middle = traffic.travel, looks.middle
    way_days = looks.along_km[looks.place[one], looks.place[other]] / travel.median_km_day
    reach_km = looks.radius_km[one] + looks.radius_km[other]
    blur = (looks.end - looks.start) ** 2 / 12
    unsure = blur[one] + blur[other] + (reach_km / 2 / travel.median_km_day) ** 2
    shift = SETTLING_DAYS + 1.5 * np.sqrt(unsure)
    usual = way_days + shift
    spread = np.sqrt((travel.log_sd * way_days) ** 2 + unsure + STANDING_DAYS**2) / usual
    taken = np.maximum(middle[other] - middle[one] + shift, 0.02)
    score = np.log(taken / usual) / spread
    density = -0.5 * score**2 - np.log(spread * taken * np.sqrt(2 * np.pi))
    told = np.where(reach_km > VAGUE_KM, 0.0, np.maximum(density, WORST_TIMING))
    return np.asarray(told - np.log(traffic.trains_a_day[one]))


def _headings(
    looks: Looks, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.float64]:
    # A train that was said to go west is not east of there later on.
    east = (looks.lonlat[other, 0] - looks.lonlat[one, 0]) * np.cos(
        np.radians((looks.lonlat[one, 1] + looks.lonlat[other, 1]) / 2)
    )
    north = looks.lonlat[other, 1] - looks.lonlat[one, 1]
    bearing_deg = np.degrees(np.arctan2(east, north))
    far = looks.gap_km(one, other) > BACKTRACK_KM / 2
    score = np.zeros(len(one))
    for which in (one, other):
        off_deg = np.abs((bearing_deg - looks.heading_deg[which] + 180) % 360 - 180)
        score += np.where(far & (off_deg > 100), UNLIKE_HEADING, 0.0)
    return score


def _goals(looks: Looks, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
    # The second place lies on the way from the first to where the train is said to go.
    here, there = looks.place[one], looks.place[other]
    score = np.zeros(len(one))
    for which in (one, other):
        stated = looks.goal[which]
        goal = np.maximum(stated, 0)
        straight_km = looks.along_km[here, goal]
        detour_km = looks.along_km[here, there] + looks.along_km[there, goal] - straight_km
        score += np.where((stated >= 0) & (detour_km > BACKTRACK_KM), AWAY, 0.0)
    return score
