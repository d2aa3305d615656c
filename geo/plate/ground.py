"""Lay the ground of the picture: an equal-area projection around the data, land and borders."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo.page import BaseMap
from geo.page.geometry import BERING_STRAIT_LON

SEA, LAND, BORDER, REGION = "#dde7ed", "#f6f4ef", "#b3ada2", "#d3cdc1"
CONTROL, HATCH, RAIL = "#7d7568", "#a89f8e", "#8f959c"
ROOM = 0.06
"""Share of the data's extent that is left free around it."""

LEAST_KM = 60.0
"""Half of the smallest side that a picture shows, km: a single dot needs its surroundings."""

WHOLE_WORLD = (-20.0, 30.0, 150.0, 72.0)
"""West, south, east, north in degrees where there is nothing to frame."""


class Ground:
    """The projection of a picture, and the box that it shows.

    Parameters
    ----------
    box
        West, south, east, north of the data in degrees; east may lie beyond 180.
    aspect
        Width of the picture over its height.
    """

    def __init__(self, box: tuple[float, float, float, float], aspect: float) -> None:
        west, south, east, north = box
        self.lon_0, self.lat_0 = (west + east) / 2, (south + north) / 2
        # Lambert azimuthal equal-area (Snyder 1987, p. 182): shaded areas keep their proportions.
        crs = f"+proj=laea +lat_0={self.lat_0} +lon_0={self.lon_0} +datum=WGS84 +units=km"
        self._transformer = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
        steps = np.linspace(0, 1, 33)
        grid = np.meshgrid(west + steps * (east - west), south + steps * (north - south))
        reach = np.abs(self.project(np.column_stack([one.ravel() for one in grid]))).max(axis=0)
        half = np.maximum(reach * (1 + 2 * ROOM), LEAST_KM)
        self.half_x_km = max(half[0], half[1] * aspect)
        self.half_y_km = self.half_x_km / aspect

    def project(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn degrees into kilometres from the middle of the picture.

        Parameters
        ----------
        lonlat
            Longitudes and latitudes, degrees, shape (n, 2).

        Returns
        -------
        NDArray[np.float64]
            Shape (n, 2), km east and north.
        """
        x, y = self._transformer.transform(lonlat[:, 0], lonlat[:, 1])
        return np.column_stack([x, y])

    def shown(self, shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
        """Cut shapes to what can be seen, in kilometres from the middle.

        Parameters
        ----------
        shapes
            Geometries in degrees.

        Returns
        -------
        list[BaseGeometry]
            Parts inside the picture; what lies outside it is left out.
        """
        west, south, east, north = self._degrees()
        all_shapes = np.array(list(shapes), dtype=object)
        kept: list[BaseGeometry] = []
        for turn in (-360.0, 0.0, 360.0):
            cut = shapely.clip_by_rect(all_shapes, west - turn, south, east - turn, north)
            seen = cut[~shapely.is_empty(cut)]
            kept.extend(shapely.transform(seen, partial(self._turned, turn=turn)))
        return kept

    def _turned(self, lonlat: NDArray[np.float64], *, turn: float) -> NDArray[np.float64]:
        return self.project(lonlat + np.array([turn, 0.0]))

    def _degrees(self) -> tuple[float, float, float, float]:
        ring = shapely.segmentize(
            shapely.box(-self.half_x_km, -self.half_y_km, self.half_x_km, self.half_y_km).exterior,
            self.half_x_km / 20,
        )
        xy = shapely.get_coordinates(ring)
        lon, lat = self._transformer.transform(xy[:, 0], xy[:, 1], direction="INVERSE")
        lon = (np.asarray(lon) - self.lon_0 + 180) % 360 - 180 + self.lon_0
        holds_pole = self.half_y_km > (90 - abs(self.lat_0)) * 111
        if not np.isfinite(lat).all() or holds_pole:
            return self.lon_0 - 179, -85.0, self.lon_0 + 179, 89.0
        return lon.min() - 1, lat.min() - 1, lon.max() + 1, lat.max() + 1


def unwrapped(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count longitudes west of the Bering Strait on beyond 180 degrees.

    Parameters
    ----------
    lonlat
        Degrees, shape (n, 2).

    Returns
    -------
    NDArray[np.float64]
        The same places, shape (n, 2).
    """
    lon = (lonlat[:, 0] + 180) % 360 - 180
    return np.column_stack([np.where(lon < BERING_STRAIT_LON, lon + 360, lon), lonlat[:, 1]])


def lay(axes: Axes, ground: Ground, base: BaseMap | None) -> None:
    """Draw sea, land, borders, railways and what is disputed.

    Parameters
    ----------
    axes
        Axes of the map, in kilometres from the middle of the picture.
    ground
        The projection.
    base
        The base map; only sea where there is none.
    """
    axes.set_xlim(-ground.half_x_km, ground.half_x_km)
    axes.set_ylim(-ground.half_y_km, ground.half_y_km)
    axes.set_facecolor(SEA)
    axes.set_xticks([])
    axes.set_yticks([])
    if base is None:
        return
    land = ground.shown(base.countries)
    fill(axes, land, facecolor=LAND, edgecolor="none", zorder=1)
    trace(axes, ground.shown(base.region_edges), color=REGION, linewidth=0.35, zorder=2)
    trace(axes, ground.shown(base.railways), color=RAIL, linewidth=0.5, alpha=0.7, zorder=2)
    fill(axes, land, facecolor="none", edgecolor=BORDER, linewidth=0.7, zorder=3)
    hatched = ground.shown(base.disputed)
    fill(axes, hatched, facecolor="none", edgecolor=HATCH, hatch="////", linewidth=0, zorder=3)
    control = ground.shown(base.control)
    trace(axes, control, color=CONTROL, linewidth=0.8, linestyle=(0, (4, 2.5)), zorder=3)


def fill(axes: Axes, shapes: Iterable[BaseGeometry], **look: Any) -> None:
    """Draw polygons with their holes.

    Parameters
    ----------
    axes
        Axes of the map.
    shapes
        Polygons and MultiPolygons in kilometres; others are left out.
    look
        Options of matplotlib's collections.
    """
    paths = [_path(part) for part in _parts(shapes) if part.geom_type == "Polygon"]
    axes.add_collection(PathCollection(paths, **look), autolim=False)


def trace(axes: Axes, shapes: Iterable[BaseGeometry], **look: Any) -> None:
    """Draw lines.

    Parameters
    ----------
    axes
        Axes of the map.
    shapes
        Lines in kilometres; others are left out.
    look
        Options of matplotlib's collections.
    """
    lines = [shapely.get_coordinates(part) for part in _parts(shapes) if "Line" in part.geom_type]
    axes.add_collection(LineCollection(lines, **look), autolim=False)


def _parts(shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    return list(shapely.get_parts(np.array(list(shapes), dtype=object)))


def _path(polygon: BaseGeometry) -> Path:
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(polygon)]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def box_of(
    shapes: Iterable[Iterable[BaseGeometry]], *, share: float = 1.0
) -> tuple[float, float, float, float] | None:
    """Find the box that holds shapes.

    Parameters
    ----------
    shapes
        Geometries in degrees, layer by layer.
    share
        Share of the vertices that must lie inside, half of the rest cut at either end of each
        axis: one sighting in the Far East does not shrink the theatre to a spot.

    Returns
    -------
    tuple of float or None
        West, south, east, north in degrees, east beyond 180 where the box spans the antimeridian;
        None where there are no shapes.
    """
    found = np.array([shape for one in shapes for shape in one], dtype=object)
    if not found.size:
        return None
    lonlat = unwrapped(shapely.get_coordinates(found))
    low = np.quantile(lonlat, (1 - share) / 2, axis=0, method="lower")
    high = np.quantile(lonlat, (1 + share) / 2, axis=0, method="higher")
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
