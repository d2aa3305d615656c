"""The coordinate system of every table, and a plane in metres around any point."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

WGS84 = "EPSG:4326"
ELLIPSOID = Geod(ellps="WGS84")


def to_plane(geometry: BaseGeometry, lon: float, lat: float) -> BaseGeometry:
    """Return a geometry of WGS 84 degrees in metres of the plane around a point.

    The plane is azimuthal equidistant: distances from the point are true; Snyder 1987, Map
    Projections, p. 191. Its coordinates are those of PROJ's `aeqd` to the nanometre, which solves
    the same geodesics, without the four milliseconds that PROJ takes to set up each plane.

    Parameters
    ----------
    geometry
        WGS 84 degrees.
    lon, lat
        Centre of the plane, WGS 84 degrees.

    Returns
    -------
    BaseGeometry
        Metres east and north of the centre.
    """

    def forward(points: np.ndarray) -> np.ndarray:
        centres = np.full(len(points), float(lon)), np.full(len(points), float(lat))
        bearings_deg, _, lengths_m = ELLIPSOID.inv(*centres, points[:, 0], points[:, 1])
        bearings = np.radians(bearings_deg)
        return np.column_stack((lengths_m * np.sin(bearings), lengths_m * np.cos(bearings)))

    return shapely.transform(geometry, forward)


def to_wgs84(geometry: BaseGeometry, lon: float, lat: float) -> BaseGeometry:
    """Return a geometry in metres of the plane around a point in WGS 84 degrees.

    Parameters
    ----------
    geometry
        Metres, as `to_plane` returns them.
    lon, lat
        Centre of the plane, WGS 84 degrees.

    Returns
    -------
    BaseGeometry
        WGS 84 degrees; longitudes run on past 180, so that no outline is torn there.
    """

    def back(points: np.ndarray) -> np.ndarray:
        centres = np.full(len(points), float(lon)), np.full(len(points), float(lat))
        bearings_deg = np.degrees(np.arctan2(points[:, 0], points[:, 1]))
        lengths_m = np.hypot(points[:, 0], points[:, 1])
        lons, lats, _ = ELLIPSOID.fwd(*centres, bearings_deg, lengths_m)
        lons = np.where(lons - lon > 180, lons - 360, lons)
        lons = np.where(lons - lon < -180, lons + 360, lons)
        return np.column_stack((lons, lats))

    return shapely.transform(geometry, back)
