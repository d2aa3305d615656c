"""Draw the quiet ground of the page: countries, regions, railways, and disputed lines."""

from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from shapely.geometry.base import BaseGeometry

from geo.page import geometry
from geo.page.columns import Column, check, in_degrees, texts
from geo.page.element import PageElement
from geo.page.table import Table

COUNTRIES: Final = {
    "geometry": Column(kind="geometry", meaning="Polygon or MultiPolygon of the country"),
    "name": Column(
        kind="text", meaning="the country's name, as the label shows it", required=False
    ),
}
ADMIN1: Final = {
    "geometry": Column(kind="geometry", meaning="Polygon or MultiPolygon of the region"),
    "disputed": Column(kind="text", meaning="true where sovereignty is disputed", required=False),
}
DISPUTED: Final = {
    "geometry": Column(kind="geometry", meaning="line of control, drawn dashed"),
}
RAILWAYS: Final = {
    "geometry": Column(kind="geometry", meaning="line of a railway, drawn thin with its ties"),
}

_AREAS = ("Polygon", "MultiPolygon")
_LINES = ("LineString", "MultiLineString")
_OUTLINE = {"x", "y"}


class BaseMap(PageElement):
    """Countries, first-level regions, railways and disputed lines, from frames handed in.

    Parameters
    ----------
    countries
        Columns `COUNTRIES`.
    admin1
        Columns `ADMIN1`; rows with a true ``disputed`` are hatched and outlined with dashes.
    disputed
        Columns `DISPUTED`.
    railways
        Columns `RAILWAYS`.

    Attributes
    ----------
    frame
        The frame of countries.
    countries, region_edges, disputed, control, railways
        Shapes in degrees; a border that two regions share is among their edges once.
    """

    mark = "base"

    def __init__(
        self,
        countries: GeoDataFrame,
        admin1: GeoDataFrame | None = None,
        disputed: GeoDataFrame | None = None,
        railways: GeoDataFrame | None = None,
    ) -> None:
        super().__init__(name="Base map", key="base")
        self.frame = countries
        self.countries = _shapes(countries, COUNTRIES, _AREAS)
        regions = _shapes(admin1, ADMIN1, _AREAS)
        self.region_edges = _edges(regions)
        self.disputed = regions[_flags(admin1)]
        self.control = _shapes(disputed, DISPUTED, _LINES)
        self.railways = _shapes(railways, RAILWAYS, _LINES)

    def tables(self) -> dict[str, Table]:
        """Encode the shapes.

        Returns
        -------
        dict[str, Table]
            ``data``: rings of countries, edges of regions, hatched rings, disputed lines, railways;
            the countries' names with their places and areas (km2).
        """
        shapes = {
            "land_": geometry.polygons(self.countries, steps=geometry.COARSE),
            "region_": geometry.lines(self.region_edges, steps=geometry.COARSE),
            "hatch_": geometry.polygons(self.disputed, steps=geometry.COARSE),
            "control_": geometry.lines(self.control, steps=geometry.COARSE),
            "rail_": geometry.lines(self.railways, steps=geometry.COARSE),
            "label_": geometry.anchors(self.countries),
        }
        numbers: dict[str, Any] = {}
        for prefix, columns in shapes.items():
            numbers |= geometry.prefixed(prefix, columns)
        numbers["label_area_km2"] = _area_km2(self.countries)
        outline = {f"{prefix}{axis}" for prefix in shapes for axis in _OUTLINE}
        names = {"name": texts(self.frame, "name")}
        return {"data": Table(numbers=numbers, texts=names, delta=outline)}


def _shapes(
    frame: GeoDataFrame | None, columns: dict[str, Column], kinds: tuple[str, ...]
) -> GeoSeries:
    if frame is None:
        return GeoSeries([], crs="EPSG:4326")
    check(frame, columns, layer="base map")
    return GeoSeries(in_degrees(frame, kinds, layer="base map").to_numpy(), crs="EPSG:4326")


def _flags(frame: GeoDataFrame | None) -> np.ndarray[Any, np.dtype[np.bool_]]:
    if frame is None or "disputed" not in frame:
        return np.zeros(0 if frame is None else len(frame), bool)
    return frame["disputed"].fillna(value=False).astype(bool).to_numpy()


def _edges(regions: GeoSeries) -> list[BaseGeometry]:
    # A border that two regions share is taken once, so that it is drawn once.
    if regions.empty:
        return []
    return list(shapely.get_parts(shapely.line_merge(shapely.union_all(regions.boundary))))


def _area_km2(shapes: GeoSeries) -> np.ndarray[Any, np.dtype[np.float32]]:
    # Equal-area cylindrical projection (EPSG:6933); rank of labels only, so no geodesic area.
    areas: pd.Series[float] = shapes.to_crs("EPSG:6933").area / 1e6
    return areas.to_numpy(np.float32)
