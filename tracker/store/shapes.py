"""Wide shapes cut into parts, so that the boxes in the R-tree say something.

The box of the Far East reaches over half of Asia and, where it crosses the antimeridian, round the
globe: every question about any place would find it. Its parts answer instead.
"""

from __future__ import annotations

import hashlib

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

WIDE_DEG = 10.0
"""A shape whose box is wider or higher than this is cut, degrees."""
PART_DEG = 5.0
"""Cells into which it is cut, degrees."""


def shape_id(geometry: BaseGeometry | None) -> str | None:
    """Name a wide shape after its content.

    Parameters
    ----------
    geometry : shapely Geometry or None
        EPSG:4326.

    Returns
    -------
    str or None
        First 24 hex digits of the SHA-256 of its WKB; None where its box is no wider or higher
        than `WIDE_DEG`, so that it is not worth cutting.
    """
    if geometry is None:
        return None
    west, south, east, north = geometry.bounds
    if east - west <= WIDE_DEG and north - south <= WIDE_DEG:
        return None
    return hashlib.sha256(shapely.to_wkb(geometry, byte_order=1)).hexdigest()[:24]


def parts_of(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Cut a shape along a grid of `PART_DEG` degrees.

    Parameters
    ----------
    geometry : shapely Geometry
        EPSG:4326.

    Returns
    -------
    list of shapely Geometry
        What lies in each cell; together they cover the shape.
    """
    valid = shapely.make_valid(geometry)
    west, south, east, north = np.array(geometry.bounds) / PART_DEG
    columns = np.arange(np.floor(west), max(np.ceil(east), np.floor(west) + 1)) * PART_DEG
    rows = np.arange(np.floor(south), max(np.ceil(north), np.floor(south) + 1)) * PART_DEG
    lon, lat = (axis.ravel() for axis in np.meshgrid(columns, rows))
    cells = shapely.box(lon, lat, lon + PART_DEG, lat + PART_DEG)
    shapely.prepare(valid)
    parts = shapely.intersection(valid, cells[shapely.intersects(valid, cells)])
    return [part for part in parts if not part.is_empty]
