"""Turns what a reading's rivals leave it into an honest score and an honest radius."""

from __future__ import annotations

import math

from geo.geocoding.meanings import Candidate
from geo.geocoding.nearness import apart_km

COVERAGE = 0.9
FARTHEST_KM = 20_015.0

# By kind: how often the gazetteer holds the place that is meant where one reading takes every
# share, then bias and power on the odds of a share. Fitted by likelihood on one half of the
# documents of LGL, TR-News and TUD-Loc 2013 (1,631 towns, 552 regions, 237 counties, 1,330
# countries); `docs/method/places.md` has the error on the other half.
HELD = 0.94
HELD_COUNTRY = 0.96
CURVES = {"admin1": (0.9, 1.5, 0.5), "admin2": (0.99, 1.0, 0.7)}

# Share of the radius that holds 90 % of a region's area within which the places lie that are
# meant by its name: .92 and .93 of 552 regions and 237 counties of the same half, and .88 of the
# events of 512 headlines that name one region of the theatre. Gold has sources and mouths of rivers
# rather than their middle: 26 of them.
REACH = {"admin1": 0.8, "admin2": 0.7, "river": 1.3}


def score(share: float, kind: str) -> float:
    """Return the probability that a reading is right.

    Parameters
    ----------
    share
        What the other readings of the words leave it, between 0 and 1.
    kind
        Kind of the place.

    Returns
    -------
    float
        Between 0 and 1, and below `HELD`: the gazetteer may lack the place. Monotone in the share.
    """
    held, bias, power = CURVES.get(kind, (HELD_COUNTRY if kind == "country" else HELD, 0.0, 1.0))
    return held * _odds_corrected(share, bias, power)


def _odds_corrected(share: float, bias: float, power: float) -> float:
    if not 0 < share < 1:
        return share
    return 1 / (1 + math.exp(power * math.log((1 - share) / share) - bias))


def radius_km(choices: list[tuple[Candidate, float]]) -> float:
    """Return the distance from the first choice within which the truth lies in 9 of 10 cases.

    Its own radius where the choice is sure enough; otherwise as far as the nearest of the
    alternatives that together with it make 90 %.

    Parameters
    ----------
    choices
        Candidates with probabilities, likeliest first.

    Returns
    -------
    float
        Kilometres.
    """
    chosen, told = choices[0]
    _, bias, power = CURVES.get(chosen.place.kind, (HELD, 0.0, 1.0))
    share = _odds_corrected(told, bias, power)
    left = (1 - share) / (1 - told) if told < 1 else 0.0
    radius = REACH.get(chosen.place.kind, 1.0) * chosen.place.radius_km
    if share >= COVERAGE:
        return radius
    apart = sorted((apart_km(chosen.place, c.place) + c.place.radius_km, s) for c, s in choices[1:])
    for distance, other in apart:
        share += other * left
        if share >= COVERAGE:
            return max(radius, min(distance, FARTHEST_KM))
    return max(radius, apart[-1][0] if apart else radius)
