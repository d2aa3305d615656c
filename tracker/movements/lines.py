"""The line that a movement is drawn along: the railway's, or a great circle marked as such."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from pyproj import Geod
from shapely import LineString, MultiLineString, Point, get_coordinates
from shapely.geometry.base import BaseGeometry

from geo.errors import NoRouteError
from geo.railways import RailNetwork, Station

_ELLIPSOID = Geod(ellps="WGS84")
VERTEX_EVERY_KM = 100.0
"""Spacing of a drawn great circle; the chord leaves the arc by 200 m at most."""
STATION_WITHIN_KM = 80.0
"""A place farther from every station has none; the corridor's stations lie 45 km apart in mean."""


class Way(StrEnum):
    """What a line on the map is."""

    RAILWAY = "along_the_line"
    GREAT_CIRCLE = "great_circle"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line between two places.

    Parameters
    ----------
    geometry : LineString or MultiLineString
        EPSG:4326, from the first place to the last.
    way : Way
        What it follows.
    length_km : float
        Along the railway, or along the great circle.
    """

    geometry: LineString | MultiLineString
    way: Way
    length_km: float


def rail_line(
    start: BaseGeometry, end: BaseGeometry, network: RailNetwork, via: Sequence[Point] = ()
) -> Line | None:
    """Draw the way of a train between two places.

    Parameters
    ----------
    start, end : shapely Geometry
        EPSG:4326. A region stands for its station nearest to its representative point.
    network : RailNetwork
        The railways.
    via : sequence of Point
        Where it was seen on the way, in order.

    Returns
    -------
    Line or None
        Along the line from station to station; None where an end has no station near, both have
        the same one, or no line joins them.
    """
    first, last = _station(start, network), _station(end, network)
    if first is None or last is None or first.code == last.code:
        return None
    passed = [near[0].code for point in via if (near := _near(point, network)) is not None]
    try:
        route = network.route(first.code, last.code, via=passed)
    except NoRouteError:
        return None
    return Line(geometry=route.geometry, way=Way.RAILWAY, length_km=route.length_km)


def _near(point: Point, network: RailNetwork) -> tuple[Station, float] | None:
    return network.nearest(point.x, point.y, within_km=STATION_WITHIN_KM)


def _station(shape: BaseGeometry, network: RailNetwork) -> Station | None:
    if shape.area > 0:
        return network.within(shape)
    near = _near(shape.representative_point(), network)
    return None if near is None else near[0]


def circle_line(start: Point, end: Point, via: Sequence[Point] = ()) -> Line:
    """Draw great circles from place to place.

    Parameters
    ----------
    start, end : Point
        EPSG:4326, different points.
    via : sequence of Point
        Where it was seen on the way, in order.

    Returns
    -------
    Line
        Marked as a great circle: it is no route.
    """
    stops = [start, *via, end]
    parts = [great_circle(one, other) for one, other in itertools.pairwise(stops) if one != other]
    length_km = sum(_ELLIPSOID.geometry_length(part) for part in parts) / 1000
    if all(part.geom_type == "LineString" for part in parts):
        points = np.vstack([get_coordinates(part) for part in parts])
        kept = np.append(True, np.any(np.diff(points, axis=0) != 0, axis=1))
        geometry: LineString | MultiLineString = LineString(points[kept])
    else:
        geometry = MultiLineString(
            [line for part in parts for line in getattr(part, "geoms", [part])]
        )
    return Line(geometry=geometry, way=Way.GREAT_CIRCLE, length_km=length_km)


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
    lat = _lat_at(side, before, after)
    first = np.vstack([vertices[: cut + 1], [side, lat]])
    second = np.vstack([[-side, lat], vertices[cut + 1 :]])
    return MultiLineString([first, second])


def _lat_at(meridian: float, before: np.ndarray, after: np.ndarray) -> float:
    # Where the great circle through two points crosses a meridian: near a pole, where longitudes
    # turn quickly, a straight line in degrees would miss it by kilometres.
    to_after, to_before, apart = np.radians(
        [after[0] - meridian, meridian - before[0], after[0] - before[0]]
    )
    rise = np.tan(np.radians([before[1], after[1]]))
    return float(
        np.degrees(
            np.arctan((rise[0] * np.sin(to_after) + rise[1] * np.sin(to_before)) / np.sin(apart))
        )
    )
