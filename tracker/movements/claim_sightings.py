"""Claims to sightings: what somebody saw on its way, at each place that the words name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracker.claims.claim import Claim
from tracker.movements.marks import find_marks, telling
from tracker.movements.sighting import Sighting, Spot
from tracker.movements.wagons import find_wagon_numbers
from tracker.placing import PlacedClaim
from tracker.vocabulary import FORWARD_LOOKING, ClaimKind, Flow, Mode, PlaceRole, Status, Unit

ONE_EVENT = frozenset({"same_event", "likely_same_event", "repeat", "likely_repeat", "rounded"})
"""Links of the record by which two claims tell one event; a part of an event is another train."""
NOT_MOVING = frozenset({Status.DENIED, Status.RETRACTED, Status.BACKGROUND})
RAIL_UNITS = frozenset({Unit.TRAIN, Unit.WAGON})
MOVING = frozenset({ClaimKind.MOVEMENT, ClaimKind.SIGHTING})


def goes_by_rail(claim: Claim) -> bool:
    """Say whether a claim speaks of trains.

    Parameters
    ----------
    claim : Claim
        Any claim.

    Returns
    -------
    bool
        By its way of travel, or by what it counts.
    """
    counted = None if claim.measure is None else claim.measure.unit
    return claim.mode is Mode.RAIL or (claim.mode is None and counted in RAIL_UNITS)


def spot_of(place: PlacedClaim) -> Spot | None:
    """Turn a placed claim into a place on the way.

    Parameters
    ----------
    place : PlacedClaim
        A place of a claim.

    Returns
    -------
    Spot or None
        Its representative point with its radius; None where it could not be placed.
    """
    if place.geometry is None or place.radius_km is None:
        return None
    point = place.geometry.representative_point()
    return Spot(name=place.name or place.text, lon=point.x, lat=point.y, radius_km=place.radius_km)


def spots_by_role(places: Iterable[PlacedClaim]) -> Mapping[PlaceRole, list[Spot]]:
    """Sort the places of a claim by what they are to it.

    Parameters
    ----------
    places : iterable of PlacedClaim
        Places of one claim.

    Returns
    -------
    Mapping of PlaceRole to list of Spot
        Those that could be placed, each once.
    """
    spots: dict[PlaceRole, list[Spot]] = {role: [] for role in PlaceRole}
    for place in places:
        spot = spot_of(place)
        if spot is not None and spot not in spots[place.role]:
            spots[place.role].append(spot)
    return spots


def rail_sightings(
    claims: Iterable[Claim], places: Mapping[str, Sequence[PlacedClaim]]
) -> tuple[Sighting, ...]:
    """Make the sightings of trains.

    Parameters
    ----------
    claims : iterable of Claim
        Claims in any order.
    places : Mapping of str to sequence of PlacedClaim
        Their places by claim id.

    Returns
    -------
    tuple of Sighting
        One per place where it was seen or passed, else where it left, else where it goes.
        Plans, denials, and claims that say neither when nor where give none.
    """
    return tuple(
        sighting
        for claim in claims
        if claim.kind in MOVING
        and goes_by_rail(claim)
        and claim.status not in NOT_MOVING | FORWARD_LOOKING
        for sighting in _sightings(claim, places.get(claim.id, ()))
    )


def _sightings(claim: Claim, places: Sequence[PlacedClaim]) -> Iterable[Sighting]:
    spots = spots_by_role(places)
    seen = spots[PlaceRole.AT] + spots[PlaceRole.VIA_PLACE]
    where = seen or spots[PlaceRole.FROM][:1] or spots[PlaceRole.TO][:1]
    if claim.observed is None:
        return
    goals = spots[PlaceRole.TO]
    for place, spot in enumerate(where):
        yield Sighting(
            id=f"{claim.id}:{place}",
            claim_id=claim.id,
            spot=spot,
            span=claim.observed,
            actor=claim.actor,
            mode=Mode.RAIL,
            direction=claim.direction,
            formation=claim.formation_id or claim.formation,
            equipment=_types(claim),
            wagons=frozenset(find_wagon_numbers(claim.quote.text)),
            marks=telling(find_marks(claim.quote.text)),
            destination=goals[0] if len(goals) == 1 and goals[0].is_local else None,
            relays=frozenset(claim.relays) if claim.relay_type in ONE_EVENT else frozenset(),
            trains=trains_counted(claim) or 1,
        )


def _types(claim: Claim) -> frozenset[str]:
    # "Vehicles" are on most trains and tell none from another.
    return frozenset(
        item.text.casefold() for item in claim.equipment if item.unit is not Unit.VEHICLE
    )


def trains_counted(claim: Claim) -> int | None:
    """Count the trains of a claim.

    Parameters
    ----------
    claim : Claim
        Any claim.

    Returns
    -------
    int or None
        At least 1; None where it counts something else, or nothing.
    """
    measure = claim.measure
    if measure is None or measure.unit is not Unit.TRAIN:
        return None
    return max(round(measure.best or measure.low or 1), 1)


def leaves(claim: Claim) -> bool:
    """Say whether a claim speaks of a return or a departure, which is no arrival.

    Parameters
    ----------
    claim : Claim
        Any claim.

    Returns
    -------
    bool
        Whether its flow is out.
    """
    return claim.flow is Flow.OUT
