"""Turn shapes into columns of whole numbers: coordinates, and how many make a ring or a line.

Longitudes west of the Bering Strait count on beyond 180 degrees, so that Chukotka lies beside the
rest of Russia and a line over the antimeridian stays one line.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

BERING_STRAIT_LON: Final = -168.5
"""Longitude in degrees, between the Diomede Islands and the last of Chukotka's mainland."""

FINE: Final = 100_000
"""Steps per degree for what was observed: about 1 m."""

COARSE: Final = 500
"""Steps per degree for outlines, which are true to some kilometres: about 200 m."""

_MERCATOR_LIMIT_LAT: Final = 85.0


def points(shapes: Iterable[shapely.Geometry]) -> dict[str, NDArray[np.int32]]:
    """Take the coordinates of points.

    Parameters
    ----------
    shapes
        Points in EPSG:4326.

    Returns
    -------
    dict[str, NDArray[np.int32]]
        Columns ``lon`` and ``lat`` in 1/100,000 degree, longitudes from -168.5 to 191.5.
    """
    xy = shapely.get_coordinates(np.asarray(shapes, object))
    lon = (xy[:, 0] + 180.0) % 360.0 - 180.0
    lon = np.where(lon < BERING_STRAIT_LON, lon + 360.0, lon)
    return {"lon": _steps(lon, FINE), "lat": _steps(_drawable(xy[:, 1]), FINE)}


def lines(shapes: Iterable[shapely.Geometry], *, steps: int = FINE) -> dict[str, NDArray[np.int32]]:
    """Take the vertices of lines, with those of several parts side by side.

    Parameters
    ----------
    shapes
        LineStrings and MultiLineStrings in EPSG:4326.
    steps
        Steps per degree.

    Returns
    -------
    dict[str, NDArray[np.int32]]
        ``x``, ``y`` of all vertices in steps, ``part_size`` (vertices per part), ``parts`` (parts
        per shape).
    """
    shapes = np.asarray(shapes, object)
    parts, owner = shapely.get_parts(shapes, return_index=True)
    xy, part_of = shapely.get_coordinates(parts, return_index=True)
    part_size = np.bincount(part_of, minlength=len(parts))
    lon = _unwrapped(xy[:, 0], part_of)
    return {
        "x": _steps(lon, steps),
        "y": _steps(_drawable(xy[:, 1]), steps),
        "part_size": part_size.astype(np.int32),
        "parts": np.bincount(owner, minlength=len(shapes)).astype(np.int32),
    }


def polygons(
    shapes: Iterable[shapely.Geometry], *, steps: int = FINE
) -> dict[str, NDArray[np.int32]]:
    """Take the rings of polygons; a hole is a ring like any other (even-odd rule).

    Parameters
    ----------
    shapes
        Polygons and MultiPolygons in EPSG:4326.
    steps
        Steps per degree.

    Returns
    -------
    dict[str, NDArray[np.int32]]
        Columns as those of `lines`, a part being a ring.
    """
    shapes = np.asarray(shapes, object)
    if not len(shapes):
        return lines(shapes, steps=steps)
    return lines([_rings(shape) for shape in shapes], steps=steps)


def anchors(shapes: Iterable[shapely.Geometry]) -> dict[str, NDArray[np.int32]]:
    """Find a point inside the largest part of each shape, for its label.

    Parameters
    ----------
    shapes
        Polygons and MultiPolygons in EPSG:4326.

    Returns
    -------
    dict[str, NDArray[np.int32]]
        Columns as those of `points`.
    """
    largest = [max(shapely.get_parts(shape), key=shapely.area) for shape in shapes]
    inner = [shapely.maximum_inscribed_circle(part, tolerance=0.1) for part in largest]
    return points([shapely.get_point(line, 0) for line in inner])


def prefixed(prefix: str, columns: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Put a prefix before the names of columns, so that several shapes fit one table.

    Parameters
    ----------
    prefix
        Text before each name.
    columns
        Columns by name.

    Returns
    -------
    dict[str, NDArray[Any]]
        The same columns by their longer names.
    """
    return {f"{prefix}{name}": values for name, values in columns.items()}


def _rings(shape: shapely.Geometry) -> shapely.MultiLineString:
    rings = shapely.get_rings(shapely.get_parts(shape))
    return shapely.MultiLineString([shapely.get_coordinates(ring) for ring in rings])


def _unwrapped(lon: NDArray[np.float64], part_of: NDArray[np.int64]) -> NDArray[np.float64]:
    # Follow each part over the antimeridian, then shift it east of the Bering Strait.
    if not len(lon):
        return lon
    jump = np.diff(lon, prepend=lon[0])
    jump[np.diff(part_of, prepend=-1) != 0] = 0.0
    turns = -np.sign(jump) * (np.abs(jump) > 180.0)
    total = np.cumsum(turns)
    first = np.flatnonzero(np.diff(part_of, prepend=-1))
    start = total[first]
    lon = lon + 360.0 * (total - np.repeat(start, np.diff(np.append(first, len(lon)))))
    east = np.maximum.reduceat(lon, first)
    shift = 360.0 * np.ceil((BERING_STRAIT_LON - east) / 360.0)
    shifted = lon + np.repeat(np.maximum(shift, 0.0), np.diff(np.append(first, len(lon))))
    return np.asarray(shifted, np.float64)


def _drawable(lat: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(lat, -_MERCATOR_LIMIT_LAT, _MERCATOR_LIMIT_LAT)


def _steps(degrees: NDArray[np.float64], steps: int) -> NDArray[np.int32]:
    return np.round(degrees * steps).astype(np.int32)
