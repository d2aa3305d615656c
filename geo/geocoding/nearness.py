"""Tells how places lie to each other: apart, one in the other, or on the same ground."""

from __future__ import annotations

import math

from geo.gazetteer.place import Place
from geo.geodesy import great_circle_km

SAME_POINT_KM = 3.0
KM_PER_DEG = 111.0  # of latitude, rounded down


def lies_in(place: Place, container: Place) -> bool:
    """Return whether a place lies in a country, region or county, by code and distance.

    Returns
    -------
    bool
        True if a place lies in a country, region or county, by code and distance.
    """
    if container.kind == "country":
        return place.country == container.country and place.kind != "country"
    if container.admin1 is None or place.kind == "country":
        return False
    if container.kind == "admin2":
        if place.admin1 != container.admin1 or place.kind not in {"settlement", "capital"}:
            return False
        return apart_km(place, container) <= 1.4 * container.radius_km
    if place.admin1 is None:
        return place.country == container.country and apart_km(place, container) < (
            1.3 * container.radius_km
        )
    return place.admin1 == container.admin1 and place.kind != "admin1"


def apart_km(a: Place, b: Place) -> float:
    """Return the distance of two places, infinite where one has no position.

    Returns
    -------
    float
        Kilometres between their points.
    """
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return math.inf
    return great_circle_km(a.lon, a.lat, b.lon, b.lat)


def is_same(a: Place, b: Place) -> bool:
    """Return whether two entries are one place, such as a capital that is a region as well.

    Returns
    -------
    bool
        True if they stand for the same ground.
    """
    if a.lat is None or b.lat is None:
        return False
    north_km = KM_PER_DEG * abs(a.lat - b.lat)  # no more than the distance, and cheap
    if a.is_area != b.is_area:
        if max(a.radius_km, b.radius_km) >= 60.0 or north_km >= 15.0:
            return False
        return apart_km(a, b) < 15.0
    if a.is_area:
        within_km = 0.5 * min(a.radius_km, b.radius_km)
        return north_km <= within_km and apart_km(a, b) <= within_km
    return apart_km(a, b) <= SAME_POINT_KM
