"""Tell positions no sharper than a grid: snapped, never jittered, with the radius grown to fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import shapely
from shapely import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from geo.grid import snap
from tracker.claims.claim import Claim, PlaceMention
from tracker.movements.leg import Leg
from tracker.movements.legs import great_circle
from tracker.placing import PlacedClaim
from tracker.publication.redaction import Redactor, masked, occurrences

NOT_NAMED = "a place that is not named here"


def coarse_place(place: PlacedClaim, grid_km: float) -> PlacedClaim:
    """Tell a place no sharper than a grid.

    Parameters
    ----------
    place : PlacedClaim
        A place of a claim.
    grid_km : float
        Size of the cells, km.

    Returns
    -------
    PlacedClaim
        The centre of its cell without name, score or alternatives; the radius is the old one and
        the reach of the cell, so that it still covers the true place with 90 % probability. A
        place that could not be placed loses its name; one that is vaguer than a cell already
        stays as it is.
    """
    if not is_sharp(place, grid_km):
        return place
    if place.geometry is None or place.radius_km is None:
        return replace(place, text=NOT_NAMED, name=None, alternatives=(), reason=NOT_NAMED)
    lon, lat, reach_km = snap(*_middle(place.geometry), grid_km)
    name = cell_name(lon, lat, grid_km)
    return PlacedClaim(
        claim_id=place.claim_id,
        role=place.role,
        text=name,
        name=name,
        geometry=Point(lon, lat),
        radius_km=place.radius_km + reach_km,
    )


def is_sharp(place: PlacedClaim, grid_km: float) -> bool:
    """Say whether a place is told sharper than a grid.

    Parameters
    ----------
    place : PlacedClaim
        A place of a claim.
    grid_km : float
        Size of the cells, km; 0 for no grid.

    Returns
    -------
    bool
        Whether its radius is less than a cell. A point always is, and so is a place that could
        not be placed: others may know where it lies.
    """
    if not grid_km:
        return False
    if place.geometry is None or place.radius_km is None:
        return True
    return place.geometry.geom_type == "Point" or place.radius_km < grid_km


def cell_name(lon: float, lat: float, grid_km: float) -> str:
    """Name a cell by its size and centre.

    Parameters
    ----------
    lon, lat : float
        Its centre, degrees.
    grid_km : float
        Its size, km.

    Returns
    -------
    str
        For example "25 km cell around 50.1° N 36.2° E".
    """
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    return f"{grid_km:g} km cell around {abs(lat):.1f}° {north} {abs(lon):.1f}° {east}"


def coarse_words(
    claim: Claim, hidden: frozenset[str], cells: Mapping[str, str], redact: Redactor
) -> Claim:
    """Take the names of hidden places out of a claim's words.

    Parameters
    ----------
    claim : Claim
        A claim.
    hidden : frozenset of str
        Words that name the places.
    cells : Mapping of str to str
        Those that name the claim's own places -> name of the cell.
    redact : Redactor
        Blanks what else there is in the citation; web addresses stay.

    Returns
    -------
    Claim
        With these words blanked in quote and citation, and the cells' names as its places.
    """
    quote = masked(claim.quote.text, occurrences(claim.quote.text, hidden))
    away = replace(redact, names=redact.names | hidden)
    return replace(
        claim,
        quote=replace(claim.quote, text=quote),
        citation=None if claim.citation is None else away.outside_addresses(claim.citation),
        places=tuple(
            PlaceMention(role=mention.role, text=cells[mention.text])
            if mention.text in cells
            else mention
            for mention in claim.places
        ),
    )


def coarse_leg(leg: Leg, grid_km: float) -> Leg | None:
    """Tell the ends of a leg no sharper than a grid.

    Parameters
    ----------
    leg : Leg
        A leg.
    grid_km : float
        Size of the cells, km.

    Returns
    -------
    Leg or None
        A great circle between two cells, without the places between; None where both ends lie in
        one cell.
    """
    first, last = _ends(leg.geometry)
    start, end = snap(*first, grid_km), snap(*last, grid_km)
    if start[:2] == end[:2]:
        return None
    return replace(
        leg,
        origin=cell_name(start[0], start[1], grid_km),
        destination=cell_name(end[0], end[1], grid_km),
        geometry=great_circle(Point(start[:2]), Point(end[:2])),
        via=(),
    )


def _ends(line: LineString | MultiLineString) -> tuple[tuple[float, float], tuple[float, float]]:
    coordinates = shapely.get_coordinates(line)
    first, last = coordinates[0], coordinates[-1]
    return (float(first[0]), float(first[1])), (float(last[0]), float(last[1]))


def _middle(geometry: BaseGeometry) -> tuple[float, float]:
    point = geometry.representative_point()
    return point.x, point.y
