"""A location: a geometry and how far the truth may lie from it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import InvalidCoordinateError
from geo.geodesy import EARTH_RADIUS_M, great_circle_km

COVERAGE = 0.9  # the share of cases in which the true place lies within radius_km
SAMPLES = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """A geometry with its uncertainty.

    Attributes
    ----------
    geometry
        WGS 84 degrees (lon, lat), not empty.
    radius_km
        The true place lies within this distance of the representative point with 90 %
        probability; not negative.

    Raises
    ------
    InvalidCoordinateError
        If the geometry is empty or the radius is negative or not finite.
    """

    geometry: BaseGeometry
    radius_km: float

    def __post_init__(self) -> None:
        if self.geometry.is_empty:
            raise InvalidCoordinateError(given="An empty geometry", reason="it has no position")
        if not math.isfinite(self.radius_km) or self.radius_km < 0:
            raise InvalidCoordinateError(
                given=f"A radius of {self.radius_km} km", reason="it must be 0 or more"
            )


def covering_radius_km(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Return the distance from a point within which 90 % of a geometry's area lies.

    Takes a fixed lattice of points over the geometry, weighted by the cosine of latitude, so
    the same geometry always gives the same figure.

    Parameters
    ----------
    geometry
        Polygon in WGS 84 degrees.
    lon, lat
        The point, WGS 84 degrees.

    Returns
    -------
    float
        Kilometres.
    """
    west, south, east, north = geometry.bounds
    side = max(2, round(math.sqrt(SAMPLES)))
    for _ in range(3):
        lons, lats = np.meshgrid(np.linspace(west, east, side), np.linspace(south, north, side))
        inside = shapely.contains_xy(geometry, lons.ravel(), lats.ravel())
        if inside.sum() >= SAMPLES / 4:
            break
        side *= 3
    lons, lats = lons.ravel()[inside], lats.ravel()[inside]
    if not len(lons):
        corners = shapely.get_coordinates(geometry)
        return max(great_circle_km(lon, lat, x, y) for x, y in corners)
    half = (
        np.sin(np.radians(lats - lat) / 2) ** 2
        + math.cos(math.radians(lat))
        * np.cos(np.radians(lats))
        * np.sin(np.radians(lons - lon) / 2) ** 2
    )
    distances = 2e-3 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    order = np.argsort(distances)
    weights = np.cumsum(np.cos(np.radians(lats[order])))
    return float(distances[order][np.searchsorted(weights, COVERAGE * weights[-1])])
