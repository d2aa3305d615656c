"""The largest towns of a part of the world, for the labels of a map."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame, points_from_xy

from geo.gazetteer.index import COMPILED, Gazetteer
from geo.gazetteer.layout import PLACES
from geo.gazetteer.place import Place
from geo.geodesy import great_circle_km

SETTLEMENTS = frozenset({"capital", "settlement"})
MOST_APART_DEG = 0.5  # of latitude; more than the radius of any town
# A district lies well inside its city, and most people live in the others; a town at the edge
# (Engels by Saratov, Makiivka by Donetsk) is one of its own.
INNER = 0.75
DISTRICT_SHARE = 2
DISTRICTS = frozenset({13580034})
"""GeoNames ids that no rule tells: Pravyi Bereh has more people there than its Mariupol."""
_RECORD = np.dtype(
    [
        ("lon", "<f4"),
        ("lat", "<f4"),
        ("geonameid", "<u4"),
        ("population", "<u4"),
        ("label_at", "<u4"),
        ("radius_km", "<f2"),
        ("code", "<u2"),
        ("kind", "u1"),
        ("length", "u1"),
    ]
)
"""The record of `geo.gazetteer.layout.RECORD` as columns."""


def largest_towns(
    gazetteer: Gazetteer, bbox: tuple[float, float, float, float], most: int
) -> GeoDataFrame:
    """Find the largest towns inside a box, without the districts that they are made of.

    GeoNames lists districts of cities as populated places, and this extract of it does not tell
    them apart. What lies well inside a town twice as large is taken for a part of it.

    Parameters
    ----------
    gazetteer : Gazetteer
        The compiled gazetteer.
    bbox : tuple of float
        west, south, east, north in degrees.
    most : int
        At most so many.

    Returns
    -------
    GeoDataFrame
        Columns `name`, `population` and `geometry` (Point, EPSG:4326), the largest first.
    """
    records = np.fromfile(COMPILED / PLACES, dtype=_RECORD, count=len(gazetteer))
    west, south, east, north = bbox
    inside = (
        (records["lon"] >= west)
        & (records["lon"] <= east)
        & (records["lat"] >= south)
        & (records["lat"] <= north)
    )
    candidates = np.flatnonzero(inside)
    # Not every populous record is a town: regions and countries have inhabitants too.
    order = candidates[
        np.argsort(-records["population"][candidates].astype(np.int64), kind="stable")
    ]
    towns: list[Place] = []
    for index in order:
        place = gazetteer.place(int(index))
        if place.kind not in SETTLEMENTS or place.geonameid in DISTRICTS:
            continue
        if not _is_district(place, towns):
            towns.append(place)
        if len(towns) == most:
            break
    names = pd.DataFrame(
        {
            "name": [place.name for place in towns],
            "population": [float(place.population) for place in towns],
        }
    )
    lons = [math.nan if place.lon is None else place.lon for place in towns]
    lats = [math.nan if place.lat is None else place.lat for place in towns]
    points = points_from_xy(lons, lats)
    return GeoDataFrame(names, geometry=points, crs="EPSG:4326")


def _is_district(place: Place, larger: list[Place]) -> bool:
    if place.kind == "capital" or place.lon is None or place.lat is None:
        return False
    return any(
        town.lon is not None
        and town.lat is not None
        and town.country == place.country
        and town.population >= DISTRICT_SHARE * place.population
        and abs(town.lat - place.lat) < MOST_APART_DEG
        and great_circle_km(place.lon, place.lat, town.lon, town.lat) < INNER * town.radius_km
        for town in larger
    )
