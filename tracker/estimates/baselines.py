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
    sd = encoded.noise_sd(encoded.data.source_prior_sd)
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


def last_claim(claims: Sequence[Said], day: int, speaker: str) -> float:
    """Repeat the last claim.

    Parameters
    ----------
    claims : sequence of Said
        In order of time, at least one.
    day : int
        Day to predict.
    speaker : str
        Who will speak.

    Returns
    -------
    float
        Log size.
    """
    del day, speaker
    return claims[-1].log_size


def own_last_claim(claims: Sequence[Said], day: int, speaker: str) -> float:
    """Repeat the speaker's own last claim, or the last of all where there is none.

    Parameters
    ----------
    claims : sequence of Said
        In order of time, at least one.
    day : int
        Day to predict.
    speaker : str
        Who will speak.

    Returns
    -------
    float
        Log size.
    """
    own = [claim for claim in claims if claim.source == speaker]
    return last_claim(own or claims, day, speaker)


def median_of_five(claims: Sequence[Said], day: int, speaker: str) -> float:
    """Take the median of the last five claims.

    Parameters
    ----------
    claims : sequence of Said
        In order of time, at least one.
    day : int
        Day to predict.
    speaker : str
        Who will speak.

    Returns
    -------
    float
        Log size.
    """
    del day, speaker
    return float(np.median([claim.log_size for claim in claims[-LAST_CLAIMS:]]))


def linear_trend(claims: Sequence[Said], day: int, speaker: str) -> float:
    """Extend the straight line through the logarithms of the last two months.

    Parameters
    ----------
    claims : sequence of Said
        In order of time, at least one.
    day : int
        Day to predict.
    speaker : str
        Who will speak.

    Returns
    -------
    float
        Log size; the median of five where fewer than three claims or days are there.
    """
    recent = [claim for claim in claims if claims[-1].day - claim.day <= TREND_DAYS]
    days = np.array([claim.day for claim in recent], dtype=np.float64)
    if len(set(days)) < TREND_CLAIMS:
        return median_of_five(claims, day, speaker)
    slope, level = np.polyfit(days - day, [claim.log_size for claim in recent], 1)
    del slope
    return float(level)


def kalman(claims: Sequence[Said], day: int, speaker: str) -> float:
    """Filter the claims as normal measurements of a random walk.

    Parameters
    ----------
    claims : sequence of Said
        In order of time, at least one.
    day : int
        Day to predict.
    speaker : str
        Who will speak.

    Returns
    -------
    float
        Log size.
    """
    del day, speaker
    mean, variance, at = claims[0].log_size, claims[0].sd ** 2, claims[0].day
    for claim in claims[1:]:
        variance += KALMAN_DAILY_SD**2 * (claim.day - at)
        gain = variance / (variance + claim.sd**2)
        mean, variance, at = mean + gain * (claim.log_size - mean), (1 - gain) * variance, claim.day
    return mean


BASELINES: dict[str, Baseline] = {
    "last claim": last_claim,
    "own last claim": own_last_claim,
    "median of five": median_of_five,
    "linear trend": linear_trend,
    "Kalman filter": kalman,
}
