"""The picture of a day: what became known, on quiet ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import geopandas
import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Gazetteer
from geo.gazetteer.towns import largest_towns
from geo.picture import Box, Mark, draw_picture
from tracker.areas import Area
from tracker.features import NOT_DRAWN
from tracker.movements.leg import Leg
from tracker.seeds import seed_file
from tracker.site.entries import Entry
from tracker.vocabulary import PlaceRole

MOST_TOWNS = 60
MARGIN = 0.08
"""Share of the box that is left free on each side."""
WHOLE = (-180.0, -80.0, 180.0, 80.0)


def day_picture(
    entries: Sequence[Entry], legs: Mapping[str, Sequence[Leg]], areas: Sequence[Area], title: str
) -> str:
    """Draw what became known on a day.

    Parameters
    ----------
    entries : sequence of Entry
        Its entries.
    legs : Mapping
        Legs of movements by the id of a claim that says so.
    areas : sequence of Area
        The theatre and its parts.
    title : str
        What the picture shows.

    Returns
    -------
    str
        SVG; regions lie below arrows, and these below dots.
    """
    drawn = [entry for entry in entries if entry.claim.status not in NOT_DRAWN]
    regions, arrows, dots = _regions(drawn, areas), _arrows(drawn, legs), _dots(drawn)
    outlines = [Mark(geometry=area.geometry, kind="area", label=area.name) for area in areas]
    box = _box([mark.geometry for mark in (*arrows, *dots, *outlines)])
    return draw_picture(
        box,
        _countries(),
        (*outlines, *regions, *arrows, *dots),
        names=_towns(box),
        title=title,
    )


def _dots(entries: Sequence[Entry]) -> list[Mark]:
    return [
        Mark(geometry=place.geometry, kind="dot", label=entry.words)
        for entry in entries
        for place in entry.places
        if place.role is PlaceRole.AT
        and place.geometry is not None
        and place.geometry.geom_type == "Point"
    ]


def _regions(entries: Sequence[Entry], areas: Sequence[Area]) -> list[Mark]:
    charted = {area.id for area in areas}
    shapes = {
        place.gazetteer_id or place.text: Mark(
            geometry=place.geometry, kind="region", label=place.name or place.text
        )
        for entry in entries
        for place in entry.places
        if place.role is PlaceRole.AT
        and place.geometry is not None
        and "Polygon" in place.geometry.geom_type
        and place.gazetteer_id not in charted
    }
    return sorted(shapes.values(), key=lambda mark: -mark.geometry.area)


def _arrows(entries: Sequence[Entry], legs: Mapping[str, Sequence[Leg]]) -> list[Mark]:
    return [
        Mark(geometry=leg.geometry, kind="arrow", label=entry.words)
        for entry in entries
        for leg in legs.get(entry.claim.id, ())
    ]


def _box(shapes: Sequence[BaseGeometry]) -> Box:
    bounds = [shape.bounds for shape in shapes] or [WHOLE]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    across, up = max(east - west, 1.0) * MARGIN, max(north - south, 1.0) * MARGIN
    return (
        max(west - across, WHOLE[0]),
        max(south - up, WHOLE[1]),
        min(east + across, WHOLE[2]),
        min(north + up, WHOLE[3]),
    )


@cache
def _countries() -> tuple[BaseGeometry, ...]:
    shapes = geopandas.read_file(seed_file("boundaries/countries.geojson")).geometry
    return tuple(shapely.make_valid(shapes.to_numpy()))


@cache
def _towns(box: Box) -> tuple[tuple[str, float, float], ...]:
    towns = largest_towns(Gazetteer.open(), box, MOST_TOWNS)
    lons, lats = shapely.get_coordinates(towns.geometry).T.tolist()
    return tuple(zip(map(str, towns["name"]), lons, lats, strict=True))
