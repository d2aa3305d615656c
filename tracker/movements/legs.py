"""Placed movement claims to legs: a line for every pair of ends that the words name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np
from pyproj import Geod
from shapely import LineString, MultiLineString, Point

from tracker.claims.claim import Claim
from tracker.movements.leg import Leg
from tracker.placing import PlacedClaim
from tracker.vocabulary import ClaimKind, PlaceRole, Status

_ELLIPSOID = Geod(ellps="WGS84")
VERTEX_EVERY_KM = 100.0
"""Spacing of a drawn great circle; the chord leaves the arc by 200 m at most."""

NOT_MOVING = frozenset({Status.DENIED, Status.RETRACTED})


def legs_of(claim: Claim, placed: Sequence[PlacedClaim]) -> tuple[Leg, ...]:
    """Make the legs that one claim supports.

    Parameters
    ----------
    claim : Claim
        Any claim.
    placed : sequence of PlacedClaim
        Its places.

    Returns
    -------
    tuple of Leg
        One per pair of a stated start and a stated end. The start is where it came from, else
        where it was seen; the end is where it goes, else where it was seen. Nothing for a claim
        that is no movement, is denied or taken back, or names fewer than two places. Lines are
        great circles between representative points, not routes.
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
            geometry=great_circle(_point(start), _point(end)),
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
        for start, end in product(starts, ends)
        if start.name != end.name
    )


def great_circle(start: Point, end: Point) -> LineString | MultiLineString:
    """Draw the shortest line between two points.

    Parameters
    ----------
    start, end : Point
        Longitude and latitude, EPSG:4326; different points.

    Returns
    -------
    LineString or MultiLineString
        Vertices every 100 km at most; two parts where it crosses the antimeridian.
    """
    _, _, distance_m = _ELLIPSOID.inv(start.x, start.y, end.x, end.y)
    between = max(int(distance_m / 1000 / VERTEX_EVERY_KM), 1)
    inner = _ELLIPSOID.npts(start.x, start.y, end.x, end.y, between)
    vertices = np.array([(start.x, start.y), *inner, (end.x, end.y)])
    return _cut_at_antimeridian(vertices)


def _cut_at_antimeridian(vertices: np.ndarray) -> LineString | MultiLineString:
    jumps = np.flatnonzero(np.abs(np.diff(vertices[:, 0])) > 180)
    if not len(jumps):
        return LineString(vertices)
    cut = int(jumps[0])
    before, after = vertices[cut], vertices[cut + 1]
    side = 180.0 if before[0] > 0 else -180.0
    share = (side - before[0]) / (after[0] + 2 * side - before[0])
    lat = before[1] + share * (after[1] - before[1])
    first = np.vstack([vertices[: cut + 1], [side, lat]])
    second = np.vstack([[-side, lat], vertices[cut + 1 :]])
    return MultiLineString([first, second])


def _point(place: PlacedClaim) -> Point:
    assert place.geometry is not None
    return place.geometry.representative_point()


def legs_of_all(claims: Iterable[Claim], placed: Iterable[PlacedClaim]) -> tuple[Leg, ...]:
    """Make the legs that many claims support.

    Parameters
    ----------
    claims : iterable of Claim
        Claims in any order.
    placed : iterable of PlacedClaim
        Their places in any order.

    Returns
    -------
    tuple of Leg
        In the order of the claims.
    """
    places: dict[str, list[PlacedClaim]] = {}
    for place in placed:
        places.setdefault(place.claim_id, []).append(place)
    return tuple(leg for claim in claims for leg in legs_of(claim, places.get(claim.id, ())))
