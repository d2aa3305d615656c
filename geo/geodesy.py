"""Distances and directions on Earth, and shapes with sides measured in kilometres."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import ELLIPSOID, to_plane, to_wgs84

EARTH_RADIUS_M = 6_371_008.8  # mean radius R1 of WGS 84, Moritz 2000
CIRCLE_POINTS = 48
BUFFER_SEGMENTS = 4  # of a quarter circle
DECIMALS = 4  # of the degrees of made shapes: 11 m


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the geodesic distance of two points on the WGS 84 ellipsoid.

    Parameters
    ----------
    lon_a, lat_a, lon_b, lat_b
        WGS 84 degrees.

    Returns
    -------
    float
        Metres.
    """
    return float(ELLIPSOID.inv(lon_a, lat_a, lon_b, lat_b)[2])


def great_circle_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the distance on a sphere: fast, and within 0.5 % of the ellipsoid's.

    Parameters
    ----------
    lon_a, lat_a, lon_b, lat_b
        WGS 84 degrees.

    Returns
    -------
    float
        Kilometres.
    """
    a, b = math.radians(lat_a), math.radians(lat_b)
    half = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    return 2e-3 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def bearing_deg(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the initial bearing from the first point to the second.

    Parameters
    ----------
    lon_a, lat_a, lon_b, lat_b
        WGS 84 degrees.

    Returns
    -------
    float
        Degrees clockwise from north, 0 to below 360.
    """
    return float(ELLIPSOID.inv(lon_a, lat_a, lon_b, lat_b)[0]) % 360


def destination(lon: float, lat: float, bearing_deg: float, length_m: float) -> tuple[float, float]:
    """Return the point that lies at a bearing and distance.

    Parameters
    ----------
    lon, lat
        Start, WGS 84 degrees.
    bearing_deg
        Degrees clockwise from north.
    length_m
        Metres along the geodesic.

    Returns
    -------
    tuple of float
        Longitude and latitude, WGS 84 degrees.
    """
    lon_b, lat_b, _ = ELLIPSOID.fwd(lon, lat, bearing_deg, length_m)
    return float(lon_b), float(lat_b)


@lru_cache(maxsize=512)
def disc(lon: float, lat: float, radius_km: float) -> BaseGeometry:
    """Return the disc around a point, as a polygon in WGS 84 degrees.

    Returns
    -------
    BaseGeometry
        The disc around a point, as a polygon in WGS 84 degrees.
    """
    return ring(lon, lat, 0.0, radius_km)


def ring(
    lon: float,
    lat: float,
    inner_km: float,
    outer_km: float,
    *,
    towards_deg: float | None = None,
    spread_deg: float = 45.0,
) -> BaseGeometry:
    """Return the points between two distances of a centre, all round or in one sector.

    Parameters
    ----------
    lon, lat
        Centre, WGS 84 degrees.
    inner_km, outer_km
        Least and greatest distance.
    towards_deg
        Bearing of the sector's axis, clockwise from north; all round when None.
    spread_deg
        Width of the sector.

    Returns
    -------
    BaseGeometry
        Polygon in WGS 84 degrees; longitudes may run past 180 near the antimeridian.
    """
    if towards_deg is None:
        bearings = np.linspace(0, 360, CIRCLE_POINTS + 1)[:-1]
    else:
        bearings = np.linspace(towards_deg - spread_deg / 2, towards_deg + spread_deg / 2, 17)
    outer = _arc(lon, lat, bearings, outer_km)
    if towards_deg is not None:
        inner = _arc(lon, lat, bearings, inner_km)[::-1] if inner_km else [(lon, lat)]
        return shapely.Polygon(np.concatenate((outer, inner)))
    holes = [_arc(lon, lat, bearings[::-1], inner_km)] if inner_km else []
    return shapely.Polygon(outer, holes)


def buffer_km(geometry: BaseGeometry, distance_km: float) -> BaseGeometry:
    """Return a geometry widened by a distance, measured in a plane centred on it.

    Parameters
    ----------
    geometry
        WGS 84 degrees; up to some 3,000 km across, beyond which the plane distorts by more
        than 2 %.
    distance_km
        Width added on every side; negative to shrink.

    Returns
    -------
    BaseGeometry
        WGS 84 degrees.
    """
    centre = shapely.centroid(geometry)
    lon, lat = 5 * round(centre.x / 5), 5 * round(centre.y / 5)
    plane = to_plane(geometry, lon, lat)
    widened = shapely.buffer(plane, distance_km * 1000, quad_segs=BUFFER_SEGMENTS)
    made: BaseGeometry = shapely.transform(
        to_wgs84(widened, lon, lat), lambda points: points.round(DECIMALS)
    )
    # Rounding can let a narrow line cross itself, on which later cuts would fail.
    return made if made.is_valid else shapely.buffer(made, 0.0)


def _arc(lon: float, lat: float, bearings_deg: np.ndarray, radius_km: float) -> np.ndarray:
    # Points (n, 2) at one distance, on the sphere: within 0.5 % of the ellipsoid, and fast.
    angle, start = 1000 * radius_km / EARTH_RADIUS_M, math.radians(lat)
    axes = np.radians(bearings_deg)
    sines = math.sin(start) * math.cos(angle) + math.cos(start) * math.sin(angle) * np.cos(axes)
    across = np.sin(axes) * math.sin(angle) * math.cos(start)
    along = math.cos(angle) - math.sin(start) * sines
    lons = lon + np.degrees(np.arctan2(across, along))
    lats = np.degrees(np.arcsin(np.clip(sines, -1, 1)))
    return np.column_stack((lons, lats)).round(DECIMALS)
