"""When two claims speak of one thing, when their sizes can both hold, and who is one voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from tracker.claims.claim import Claim
from tracker.claims.measure import Measure
from tracker.placing import PlacedClaim
from tracker.vocabulary import Qualifier, Unit

SAME_TIME = timedelta(days=3)
"""Strengths change; numbers for days further apart may both hold."""
LEEWAY = 1.25
"""Figures within a quarter of each other are one figure, rounded or counted differently."""
COPY_TIME = timedelta(days=14)
COPY_PRIOR = 0.5
"""Share of the repeats of a number that are copies, where nothing tells."""
COUNTED_BELOW = 1_000
"""Fewer are counted, not estimated: two who count the same things give the same number."""
_ROUNDINGS_IN_REACH = 0.6

_OPEN_ABOVE = frozenset({Qualifier.MORE_THAN, Qualifier.WELL_OVER, Qualifier.AT_LEAST})
_OPEN_BELOW = frozenset({Qualifier.UP_TO, Qualifier.AT_MOST, Qualifier.FEWER_THAN})

PlaceKey = tuple[str, str]
"""Role, and what tells a place from others."""


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
    (low, high), (other_low, other_high) = bounds(first.measure), bounds(second.measure)
    return low <= other_high * LEEWAY and other_low <= high * LEEWAY


def bounds(measure: Measure) -> tuple[float, float]:
    """Read the interval in which a size lies as stated.

    Parameters
    ----------
    measure : Measure
        The size.

    Returns
    -------
    tuple of float
        Least and largest, in its unit; infinite where nothing bounds it.
    """
    stated = [number for number in (measure.low, measure.best, measure.high) if number is not None]
    if measure.qualifier is Qualifier.NONE:
        return 0.0, max(stated, default=0.0)
    if not stated:
        return 0.0, float("inf")
    low = 0.0 if measure.qualifier in _OPEN_BELOW else min(stated)
    return low, float("inf") if measure.qualifier in _OPEN_ABOVE else max(stated)


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


def numeral(measure: Measure | None) -> tuple[float, float] | None:
    """Read the number of a size, whatever its qualifier: a relay loses it.

    Parameters
    ----------
    measure : Measure or None
        The size.

    Returns
    -------
    tuple of float or None
        Its least and largest number; None where it states none.
    """
    if measure is None or measure.qualifier is Qualifier.RATIO:
        return None
    stated = [number for number in (measure.low, measure.best, measure.high) if number is not None]
    return (min(stated), max(stated)) if stated else None


def place_keys(claim: Claim, placed: Iterable[PlacedClaim] = ()) -> frozenset[PlaceKey]:
    """Tell the places of a claim from others.

    Parameters
    ----------
    claim : Claim
        The claim.
    placed : iterable of PlacedClaim
        Its places.

    Returns
    -------
    frozenset of tuple of str
        Role and gazetteer id, so that one place in two languages is one; role and words where it
        has none.
    """
    known = {(place.role, place.text): place.gazetteer_id for place in placed}
    return frozenset(
        (str(place.role), known.get((place.role, place.text)) or _folded(place.text))
        for place in claim.places
    )


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def copy_probability(first: Claim, second: Claim) -> float:
    """Say how probable it is that the later of two equal numbers was copied from the earlier.

    Parameters
    ----------
    first, second : Claim
        Claims of the same thing.

    Returns
    -------
    float
        pi / (pi + (1 - pi) c), where c is the chance of meeting the same rounded number: for
        94,300 .998, for 100,000 .86. 0 for other numbers, for numbers more than `COPY_TIME`
        apart, and for what is counted.
    """
    number = numeral(second.measure)
    if number is None or number != numeral(first.measure):
        return 0.0
    if abs(second.known_at - first.known_at) > COPY_TIME:
        return 0.0
    if second.measure is None or second.measure.unit is not Unit.PERSONNEL:
        return 0.0
    if number[1] < COUNTED_BELOW:
        return 0.0
    chance = min(1.0, _rounding(number[1]) / number[1] / _ROUNDINGS_IN_REACH)
    return COPY_PRIOR / (COPY_PRIOR + (1 - COPY_PRIOR) * chance)


def _rounding(number: float) -> float:
    unit = 1.0
    while number % (unit * 10) == 0 and unit * 10 <= number / 10:
        unit *= 10
    return unit


class Voices:
    """Who speaks for himself: claims traced to their origin through relays and echoes.

    Parameters
    ----------
    claims : iterable of Claim
        Claims, with those that they rest on.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._rests_on: Mapping[str, tuple[str, ...]] = {
            claim.id: claim.relays for claim in claims if claim.relays
        }

    def of(self, claim: Claim) -> frozenset[str]:
        """Name the voices that a claim is.

        Parameters
        ----------
        claim : Claim
            The claim.

        Returns
        -------
        frozenset of str
            Its report, the claims at the root of what it repeats, and its speaker where named:
            two claims that share one are one voice.
        """
        # Who is not named is told apart by the report alone.
        speaker = claim.claimant_id or claim.claimant or claim.report_id
        return frozenset({claim.report_id, f"by {speaker}", *self._roots(claim.id)})

    def _roots(self, claim_id: str) -> set[str]:
        seen: set[str] = set()
        roots: set[str] = set()
        waiting = [claim_id]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            below = self._rests_on.get(one, ())
            if not below:
                roots.add(one)
            waiting.extend(below)
        return roots or {claim_id}
