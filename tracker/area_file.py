"""Read named areas from GeoJSON, the seeds' own or a user's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import shapely
from shapely.errors import ShapelyError

from tracker.areas import Area
from tracker.errors import InvalidValueError, UnreadableInputError
from tracker.seeds import seed_file

MOST_BYTES = 100_000_000


def read_areas(data: bytes) -> tuple[Area, ...]:
    """Read areas from a GeoJSON FeatureCollection.

    Parameters
    ----------
    data : bytes
        GeoJSON in EPSG:4326; each feature a Polygon or MultiPolygon with the properties `id`,
        `name` and `parent` (null at the top), optionally `names` (list of text), `kind`,
        `valid_from` and `valid_until` (ISO days).

    Returns
    -------
    tuple of Area
        In the order of the file.

    Raises
    ------
    UnreadableInputError
        Where it is no such GeoJSON, an id stands twice, a parent is missing, or the parents run
        in a circle.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableInputError(
            f"the areas take {len(data) / 1e6:.0f} MB; simplify them below {MOST_BYTES / 1e6:.0f}."
        )
    try:
        features = json.loads(data)["features"]
        areas = tuple(_area(feature) for feature in features)
    except InvalidValueError as error:
        raise UnreadableInputError(str(error)) from None
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, ShapelyError):
        raise UnreadableInputError(
            "the areas are no GeoJSON FeatureCollection of polygons with the properties "
            "id, name and parent."
        ) from None
    _check_tree(areas)
    return areas


def seed_areas() -> tuple[Area, ...]:
    """Read the areas that travel with the package.

    Returns
    -------
    tuple of Area
        The theatre of 2021-22, its sectors, and other areas that its record names.
    """
    return read_areas(seed_file("areas.geojson").read_bytes())


def _area(feature: Mapping[str, Any]) -> Area:
    properties = feature["properties"]
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    if shape is None:
        raise InvalidValueError(f"area {properties['id']!r} has no geometry.")
    return Area(
        id=str(properties["id"]),
        name=str(properties["name"]),
        geometry=shape if shape.is_valid else shapely.make_valid(shape),
        names=tuple(str(name) for name in properties.get("names") or ()),
        parent=properties.get("parent") or None,
        kind=properties.get("kind") or "region",
        valid_from=_day(properties.get("valid_from")),
        valid_until=_day(properties.get("valid_until")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _check_tree(areas: tuple[Area, ...]) -> None:
    parents = {area.id: area.parent for area in areas}
    if len(parents) < len(areas):
        raise UnreadableInputError("two areas have the same id; give each its own.")
    for area in areas:
        seen = {area.id}
        above = area.parent
        while above is not None:
            if above not in parents:
                raise UnreadableInputError(f"the parent {above!r} of {area.id!r} is no area here.")
            if above in seen:
                raise UnreadableInputError(f"the parents of {area.id!r} run in a circle.")
            seen.add(above)
            above = parents[above]
