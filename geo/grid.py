"""A fixed grid of cells of one size: positions told no sharper than their cell."""

from __future__ import annotations

import math

from geo.errors import InvalidCoordinateError
from geo.geodesy import EARTH_RADIUS_M, great_circle_km

KM_PER_DEG = math.radians(1) * EARTH_RADIUS_M / 1000
"""Kilometres per degree of latitude on the sphere."""


def snap(lon: float, lat: float, cell_km: float) -> tuple[float, float, float]:
    """Return the centre of the cell in which a point lies.

    The grid is fixed: all points of a cell give the same answer, however often they are asked
    for, so that nothing is gained by averaging. Cells are bands of latitude cut into columns.

    Parameters
    ----------
    lon, lat
        WGS 84 degrees.
    cell_km
        Height of a cell, and its width at its centre, kilometres.

    Returns
    -------
    tuple[float, float, float]
        Longitude and latitude of the centre, and the distance from it to the farthest point of
        its cell, km.

    Raises
    ------
    InvalidCoordinateError
        If the size is not a positive number of at most 5,000 km.
    """
    if not 0 < cell_km <= 5_000:
        raise InvalidCoordinateError(
            given=f"A grid of {cell_km} km", reason="it must be more than 0 and at most 5,000"
        )
    rows = math.ceil(180 * KM_PER_DEG / cell_km)
    row = min(int((lat + 90) / 180 * rows), rows - 1)
    centre_lat = -90 + (row + 0.5) * 180 / rows
    around_km = 360 * KM_PER_DEG * math.cos(math.radians(centre_lat))
    columns = max(1, round(around_km / cell_km))
    column = min(int((lon + 180) / 360 * columns), columns - 1)
    centre_lon = -180 + (column + 0.5) * 360 / columns
    return centre_lon, centre_lat, _reach_km(centre_lon, centre_lat, rows, columns)


def _reach_km(lon: float, lat: float, rows: int, columns: int) -> float:
    edge_lon = lon + 180 / columns
    edges = (lat - 90 / rows, lat, lat + 90 / rows)
    return max(great_circle_km(lon, lat, edge_lon, edge) for edge in edges)
