"""Placed movement claims to legs: a line for every pair of ends that the words name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from math import cos, radians, sin

from shapely import Point

from geo.railways import RailNetwork
from tracker.claims.claim import Claim
from tracker.movements.claim_sightings import goes_by_rail
from tracker.movements.leg import Leg
from tracker.movements.lines import Line, circle_line, great_circle, rail_line
from tracker.movements.railways import seed_railways
from tracker.placing import PlacedClaim
from tracker.vocabulary import ClaimKind, Direction, PlaceRole, Status

__all__ = ["drawn", "great_circle", "legs_of", "legs_of_all"]

NOT_MOVING = frozenset({Status.DENIED, Status.RETRACTED})


def legs_of(
    claim: Claim, placed: Sequence[PlacedClaim], network: RailNetwork | None = None
) -> tuple[Leg, ...]:
    """Make the legs that one claim supports.

    Parameters
    ----------
    claim : Claim
        Any claim.
    placed : sequence of PlacedClaim
        Its places.
    network : RailNetwork, optional
        The railways; by default those of the package.

    Returns
    -------
    tuple of Leg
        One per pair of a stated start and a stated end. The start is where it came from, else
        where it was seen; the end is where it goes, else where it was seen. Nothing for a claim
        that is no movement, is denied or taken back, or names fewer than two places. Trains are
        drawn along the line, others on great circles between representative points.
    """
    if claim.kind is not ClaimKind.MOVEMENT or claim.status in NOT_MOVING:
        return ()
    by_role = {role: [p for p in placed if p.role is role and p.geometry] for role in PlaceRole}
    seen = by_role[PlaceRole.AT]
    starts = by_role[PlaceRole.FROM] or seen
    ends = by_role[PlaceRole.TO] or seen
    via = tuple(_point(place) for place in by_role[PlaceRole.VIA_PLACE])
    return tuple(
        Leg(
            actor=claim.actor,
            origin=start.name or start.text,
            destination=end.name or end.text,
            geometry=drawn(claim, start, end, via, network or seed_railways()).geometry,
            status=claim.status,
            claims=(claim.id,),
            window=claim.observed,
            mode=claim.mode,
            formation=claim.formation,
            equipment=tuple(item.unit for item in claim.equipment),
            measure=claim.measure,
            inferred=claim.inferred,
            via=via,
        )
        for start, end in (
            pairwise(in_order(seen, claim)) if starts is ends else product(starts, ends)
        )
        if start.name != end.name
    )


def in_order(seen: Sequence[PlacedClaim], claim: Claim) -> list[PlacedClaim]:
    """Put the places where something was seen in the order in which it passed them.

    Parameters
    ----------
    seen : sequence of PlacedClaim
        Places with geometries.
    claim : Claim
        What says so.

    Returns
    -------
    list of PlacedClaim
        Along its heading; as the words name them where none is stated.
    """
    if claim.direction is None:
        return list(seen)
    heading = radians(45 * list(Direction).index(claim.direction))

    def along(place: PlacedClaim) -> float:
        point = _point(place)
        return point.y * cos(heading) + point.x * cos(radians(point.y)) * sin(heading)

    return sorted(seen, key=along)


def drawn(
    claim: Claim,
    start: PlacedClaim,
    end: PlacedClaim,
    via: Sequence[Point],
    network: RailNetwork,
) -> Line:
    """Draw the way from one place of a claim to another.

    Parameters
    ----------
    claim : Claim
        What says so; its way of travel decides.
    start, end : PlacedClaim
        Two places with geometries.
    via : sequence of Point
        Where it was seen between.
    network : RailNetwork
        The railways.

    Returns
    -------
    Line
        Along the railway for a train whose ends have stations, else great circles.
    """
    assert start.geometry is not None
    assert end.geometry is not None
    if goes_by_rail(claim):
        line = rail_line(start.geometry, end.geometry, network, via)
        if line is not None:
            return line
    return circle_line(_point(start), _point(end), via)


def _point(place: PlacedClaim) -> Point:
    assert place.geometry is not None
    return place.geometry.representative_point()


def legs_of_all(
    claims: Iterable[Claim],
    placed: Iterable[PlacedClaim],
    network: RailNetwork | None = None,
) -> tuple[Leg, ...]:
    """Make the legs that many claims support.

    Parameters
    ----------
    claims : iterable of Claim
        Claims in any order.
    placed : iterable of PlacedClaim
        Their places in any order.
    network : RailNetwork, optional
        The railways; by default those of the package.

    Returns
    -------
    tuple of Leg
        In the order of the claims.
    """
    places: dict[str, list[PlacedClaim]] = {}
    for place in placed:
        places.setdefault(place.claim_id, []).append(place)
    return tuple(
        leg for claim in claims for leg in legs_of(claim, places.get(claim.id, ()), network)
    )
