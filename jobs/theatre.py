"""Turn a workspace to a theatre of its own: its areas, and whose troops are watched."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import shapely

from jobs.input_file import read_file
from tracker.area_file import read_areas
from tracker.areas import Area
from tracker.errors import UnreadableInputError
from tracker.seeds import seed_file
from tracker.workspace import PACKAGED_ACTOR, PACKAGED_AREA

PACKAGED_OPEN_ACTORS = ("RU", "separatist")
"""Whose positions the settings open where nobody names a theatre."""
_AFFILIATIONS = re.compile(r"\naffiliations = \{[^}\n]*\}\n")
"""Who is friend and who hostile depends on where one stands; another theatre begins without."""
PRIOR_LOG_ODDS = 1.5
"""What a country of the theatre weighs: a reading in it is some four times likelier."""
EXAMPLE_PRIOR = "# RU = 1.5"
"""Line of the template after which the countries of a theatre stand."""


def read_theatre(path: Path) -> tuple[Area, ...]:
    """Read the areas of a theatre.

    Parameters
    ----------
    path : Path
        GeoJSON as `tracker.area_file.read_areas` reads it.

    Returns
    -------
    tuple of Area
        At least one.

    Raises
    ------
    UnreadableInputError
        Where the file cannot be read or holds no area; the message names the file.
    """
    try:
        areas = read_areas(read_file(path))
    except UnreadableInputError as error:
        raise UnreadableInputError(f"{path}: {error}") from None
    if not areas:
        raise UnreadableInputError(f"{path}: it holds no area; draw at least one polygon.")
    return areas


def top_area(areas: Sequence[Area]) -> Area:
    """Choose the area that pages and briefings open with.

    Parameters
    ----------
    areas : sequence of Area
        The areas of a theatre; at least one.

    Returns
    -------
    Area
        The first of kind `theatre`; else the first that others are a part of and that is a part
        of none; else the first.
    """
    parents = {area.parent for area in areas}
    theatres = (area for area in areas if area.kind == "theatre")
    roots = (area for area in areas if area.parent is None and area.id in parents)
    return next(theatres, None) or next(roots, None) or areas[0]


def countries_of(areas: Sequence[Area]) -> tuple[str, ...]:
    """List the countries that a theatre reaches into.

    Parameters
    ----------
    areas : sequence of Area
        The areas of a theatre.

    Returns
    -------
    tuple of str
        Two letters each (ISO 3166), in alphabetical order; outlines are those of Natural Earth.
    """
    ground = shapely.union_all([area.geometry for area in areas])
    shapely.prepare(ground)
    collection = json.loads(seed_file("boundaries/countries.geojson").read_bytes())
    return tuple(
        sorted(
            feature["properties"]["country"]
            for feature in collection["features"]
            if ground.intersects(shapely.make_valid(_shape(feature["geometry"])))
        )
    )


def settle(template: str, *, areas: Sequence[Area]) -> str:
    """Write areas into the settings that a new workspace begins with.

    Parameters
    ----------
    template : str
        TOML with the packaged theatre.
    areas : sequence of Area
        The areas; pages open with the top one, and the countries that they reach into speak for
        the places that reports name.

    Returns
    -------
    str
        TOML that names these instead.
    """
    prior = "\n".join(f"{country} = {PRIOR_LOG_ODDS}" for country in countries_of(areas))
    changes = (
        (f"area = {_toml(PACKAGED_AREA)}", f"area = {_toml(top_area(areas).id)}"),
        (EXAMPLE_PRIOR, f"{prior}\n{EXAMPLE_PRIOR}"),
    )
    for before, after in changes:
        template = template.replace(f"\n{before}\n", f"\n{after}\n", 1)
    return template


def watch(template: str, *, actor: str) -> str:
    """Write into the settings of a new workspace whose troops are watched.

    Parameters
    ----------
    template : str
        TOML with the packaged actor.
    actor : str
        Whose strength is estimated, and whose positions are shown as reported.

    Returns
    -------
    str
        TOML that names this one instead, and nobody's friend; as it was for the packaged actor.
    """
    if actor == PACKAGED_ACTOR:
        return template
    for key, before, after in (
        ("actor", PACKAGED_ACTOR, actor),
        ("open_actors", PACKAGED_OPEN_ACTORS, [actor]),
    ):
        old, new = f"\n{key} = {_toml(before)}\n", f"\n{key} = {_toml(after)}\n"
        template = template.replace(old, new, 1)
    return _AFFILIATIONS.sub("\naffiliations = {}\n", template, count=1)


def _shape(geometry: object) -> shapely.Geometry:
    return shapely.from_geojson(json.dumps(geometry))


def _toml(value: object) -> str:
    # A string or a list of strings is the same in JSON and in TOML.
    return json.dumps(value, ensure_ascii=False)
