"""What would settle two claims that cannot both hold, in a sentence an analyst can act on."""

from __future__ import annotations

from datetime import datetime

from tracker.claims.claim import Claim
from tracker.timespan import Timespan
from tracker.vocabulary import PlaceRole, Precision, Unit

_COARSE = frozenset({Precision.MONTH, Precision.SEASON, Precision.UNKNOWN})
_FROM_ABOVE = frozenset(
    {
        *(Unit.TANK, Unit.IFV, Unit.APC, Unit.MLRS, Unit.ARTILLERY, Unit.AIR_DEFENCE),
        *(Unit.AIRCRAFT, Unit.HELICOPTER, Unit.SHIP, Unit.VEHICLE, Unit.LAUNCHER),
    }
)
"""What can be counted on a satellite picture."""


def settles(first: Claim, second: Claim, two_places: bool = False) -> str:
    """Say what would settle two claims.

    Parameters
    ----------
    first, second : Claim
        Claims that cannot both hold.
    two_places : bool
        Whether they put one formation in two places.

    Returns
    -------
    str
        One sentence: the date or scope that one of them leaves open, else the picture or count
        that would show who is right.
    """
    if two_places:
        return (
            f"A geolocated picture of {first.formation or 'the formation'} at {_place(first)} or "
            f"at {_place(second)} {_days(first, second)}, with markings that tell its unit."
        )
    for claim in (first, second):
        if claim.observed is not None and claim.observed.precision in _COARSE:
            return f"The day that {_who(claim)} speaks of: the words give no more than a month."
    if (first.scope is None) != (second.scope is None):
        unsaid = first if first.scope is None else second
        return f"The scope of {_who(unsaid)}'s figure: which services and allies it counts."
    unit = first.measure.unit if first.measure else None
    where, when = _place(first), _days(first, second)
    if unit in _FROM_ABOVE:
        return f"A satellite picture of {where} taken {when}, on which each {unit} can be counted."
    if unit is Unit.TRAIN or unit is Unit.WAGON:
        return f"Footage or waybills of the trains at {where} {when}."
    return (
        f"Satellite pictures of the camps and vehicle parks of {where} taken {when}, or the count "
        f"of formations behind each figure."
    )


def _place(claim: Claim) -> str:
    at = [place.text for place in claim.places if place.role is PlaceRole.AT]
    return (at or [place.text for place in claim.places] or ["the place"])[0]


def _who(claim: Claim) -> str:
    return claim.claimant or f"the report of {claim.known_at:%Y-%m-%d}"


def _days(first: Claim, second: Claim) -> str:
    spans: list[Timespan] = [one.observed for one in (first, second) if one.observed is not None]
    if not spans:
        return "at that time"
    begin: datetime = min(span.start for span in spans)
    end: datetime = max(span.end for span in spans)
    if begin.date() == end.date():
        return f"on {begin:%Y-%m-%d}"
    return f"between {begin:%Y-%m-%d} and {end:%Y-%m-%d}"
