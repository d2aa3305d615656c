"""Coordinate systems: WGS 84 in and out, and a plane in metres around any point."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

WGS84 = "EPSG:4326"


@lru_cache(maxsize=256)
def local_plane(lon: float, lat: float) -> Transformer:
    """Return the azimuthal equidistant plane of a point: metres east and north of it.

    Distances from the point are true; Snyder 1987, Map Projections, p. 191.

    Parameters
    ----------
    lon, lat
        Centre, WGS 84 degrees.

    Returns
    -------
    Transformer
        From WGS 84 (lon, lat) to the plane.
    """
    plane = CRS.from_proj4(f"+proj=aeqd +lon_0={lon} +lat_0={lat} +datum=WGS84 +units=m")
    return Transformer.from_crs(WGS84, plane, always_xy=True)


def to_plane(geometry: BaseGeometry, plane: Transformer) -> BaseGeometry:
    """Return a geometry of WGS 84 degrees in metres of a plane.

    Returns
    -------
    BaseGeometry
        A geometry of WGS 84 degrees in metres of a plane.
    """

    def forward(points: np.ndarray) -> np.ndarray:
        return np.column_stack(plane.transform(points[:, 0], points[:, 1]))

    return shapely.transform(geometry, forward)


def to_wgs84(geometry: BaseGeometry, plane: Transformer) -> BaseGeometry:
    """Return a geometry in metres of a plane in WGS 84 degrees.

    Returns
    -------
    BaseGeometry
        A geometry in metres of a plane in WGS 84 degrees.
    """

    def back(points: np.ndarray) -> np.ndarray:
        return np.column_stack(plane.transform(points[:, 0], points[:, 1], direction="INVERSE"))

    return shapely.transform(geometry, back)
