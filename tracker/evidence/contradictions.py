"""Claims that cannot both hold: the whole of one place, at one time, in sizes that do not meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from itertools import combinations

from tracker.claims.claim import Claim
from tracker.claims.measure import Measure
from tracker.vocabulary import Change, ClaimKind, Extent, PlaceRole, Qualifier, Status

SAME_TIME = timedelta(days=3)
"""Strengths change; numbers for days further apart may both hold."""
LEEWAY = 1.25
"""Figures within a quarter of each other are one figure, rounded or counted differently."""

_OPEN_ABOVE = frozenset({Qualifier.MORE_THAN, Qualifier.WELL_OVER, Qualifier.AT_LEAST})
_OPEN_BELOW = frozenset({Qualifier.UP_TO, Qualifier.AT_MOST, Qualifier.FEWER_THAN})

Key = tuple[str, str, str, str]


def contradictions(claims: Iterable[Claim]) -> list[tuple[Claim, Claim]]:
    """Find pairs of claims that cannot both hold.

    Parameters
    ----------
    claims : iterable of Claim
        Claims; only sizes of a whole place that are said to be there now are compared.

    Returns
    -------
    list of tuple of Claim
        The earlier known one first; each pair once. Claims that rest on each other, or that leave
        place or services to a guess, are no pair.
    """
    alike: dict[Key, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (claim.known_at, claim.id)):
        for key in _keys(claim):
            alike[key].append(claim)
    found = {
        (first.id, second.id): (first, second)
        for group in alike.values()
        for first, second in combinations(group, 2)
        if at_once(first, second) and not (linked(first, second) or meet(first, second))
    }
    return list(found.values())


def _keys(claim: Claim) -> set[Key]:
    measure = claim.measure
    level = claim.kind is ClaimKind.PRESENCE and claim.status is Status.ACTUAL
    if not level or claim.extent is not Extent.WHOLE or measure is None or measure.per is not None:
        return set()
    if measure.change is Change.INCREMENT or measure.qualifier is Qualifier.RATIO:
        return set()
    return {
        (claim.actor, str(measure.unit), str(claim.scope), " ".join(place.text.casefold().split()))
        for place in claim.places
        if place.role is PlaceRole.AT
    }


def at_once(first: Claim, second: Claim) -> bool:
    """Say whether two claims speak of about the same time.

    Parameters
    ----------
    first, second : Claim
        The claims.

    Returns
    -------
    bool
        Whether their times are at most `SAME_TIME` apart; no where one is not known.
    """
    if first.observed is None or second.observed is None:
        return False
    begins = max(first.observed.start, second.observed.start)
    return begins - min(first.observed.end, second.observed.end) <= SAME_TIME


def meet(first: Claim, second: Claim) -> bool:
    """Say whether the sizes of two claims can both hold.

    Parameters
    ----------
    first, second : Claim
        Claims in the same unit.

    Returns
    -------
    bool
        Whether their bounds meet within `LEEWAY`; yes where one states no size.
    """
    if first.measure is None or second.measure is None:
        return True
    (low, high), (other_low, other_high) = _bounds(first.measure), _bounds(second.measure)
    return low <= other_high * LEEWAY and other_low <= high * LEEWAY


def linked(first: Claim, second: Claim) -> bool:
    """Say whether two claims are one, or one rests on the other.

    Parameters
    ----------
    first, second : Claim
        The claims.

    Returns
    -------
    bool
        Whether they are no two voices.
    """
    return first.id in second.relays or second.id in first.relays or first.id == second.id


def _bounds(measure: Measure) -> tuple[float, float]:
    stated = [number for number in (measure.low, measure.best, measure.high) if number is not None]
    if not stated:
        return 0.0, float("inf")
    low = 0.0 if measure.qualifier in _OPEN_BELOW else min(stated)
    return low, float("inf") if measure.qualifier in _OPEN_ABOVE else max(stated)
