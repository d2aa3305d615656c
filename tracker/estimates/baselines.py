"""Naive methods that an estimate has to beat, and a Kalman filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tracker.areas import Observes
from tracker.estimates.encoding import Encoded
from tracker.estimates.observations import Observation

LAST_CLAIMS = 5
TREND_DAYS = 60
TREND_CLAIMS = 3
KALMAN_DAILY_SD = 0.08
"""Daily step at which the Kalman filter scores best on simulated worlds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One claim as a plain number.

    Parameters
    ----------
    day : int
        Day that it speaks of.
    log_size : float
        Its number in the wanted unit and scope; bounds are taken at face value.
    source : str
        Claimant.
    sd : float
        Reporting error, log units.
    """

    day: int
    log_size: float
    source: str
    sd: float


Baseline = Callable[[Sequence[Said], int, str], float]
"""From the claims in order of time, the day and the next speaker to a log size."""


def said(observations: Sequence[Observation], encoded: Encoded, area: int) -> list[Said]:
    """Read observations of an area as plain numbers.

    Parameters
    ----------
    observations : sequence of Observation
        The observations.
    encoded : Encoded
        The same as arrays.
    area : int
        Index of the area.

    Returns
    -------
    list of Said
        In order of time; levels only.
    """
    sd = encoded.data.noise_sd(encoded.data.source_prior_sd)
    rows = [i for i in range(len(observations)) if encoded.data.area[i] == area]
    return [
        Said(
            day=int(encoded.data.day[i]),
            log_size=(encoded.readings[i].low + encoded.readings[i].high) / 2
            - float(encoded.log_offset[i]),
            source=observations[i].source,
            sd=float(sd[i]),
        )
        for i in rows
        if observations[i].observes is Observes.LEVEL
    ]


def _last(claims: Sequence[Said], _day: int, _speaker: str) -> float:
    return claims[-1].log_size


def _own_last(claims: Sequence[Said], _day: int, speaker: str) -> float:
    own = [claim for claim in claims if claim.source == speaker]
    return (own or claims)[-1].log_size


def _median_of_five(claims: Sequence[Said], _day: int, _speaker: str) -> float:
    return float(np.median([claim.log_size for claim in claims[-LAST_CLAIMS:]]))


def _linear_trend(claims: Sequence[Said], day: int, speaker: str) -> float:
    # The straight line through two months of logarithms; too few claims or days have no slope.
    recent = [claim for claim in claims if claims[-1].day - claim.day <= TREND_DAYS]
    days = np.array([claim.day for claim in recent], dtype=np.float64)
    if len(set(days)) < TREND_CLAIMS:
        return _median_of_five(claims, day, speaker)
    _, level = np.polyfit(days - day, [claim.log_size for claim in recent], 1)
    return float(level)


def _kalman(claims: Sequence[Said], _day: int, _speaker: str) -> float:
    # Claims as normal measurements of a random walk.
    mean, variance, at = claims[0].log_size, claims[0].sd ** 2, claims[0].day
    for claim in claims[1:]:
        variance += KALMAN_DAILY_SD**2 * (claim.day - at)
        gain = variance / (variance + claim.sd**2)
        mean, variance, at = mean + gain * (claim.log_size - mean), (1 - gain) * variance, claim.day
    return mean


BASELINES: dict[str, Baseline] = {
    "last claim": _last,
    "own last claim": _own_last,
    "median of five": _median_of_five,
    "linear trend": _linear_trend,
    "Kalman filter": _kalman,
}
"""Each takes at least one claim. The speaker's own last claim is the last of all where it has
none."""
