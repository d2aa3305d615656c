"""Files of data: each layer as CSV, GeoJSON and, where it can be written, Parquet."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import geopandas
import pandas as pd
import shapely

from geo.layers import area_estimates, movements, sightings, vague_areas
from geo.page.columns import Column
from tracker.features import (
    areas_frame,
    drawn_estimates_frame,
    legs_frame,
    published_frame,
    regions_frame,
    sightings_frame,
)
from tracker.site.matter import Facts, File, Matter
from tracker.spreadsheet import as_csv

DECIMALS = 5
"""Digits of a degree that are written: one metre."""

HAS_PARQUET = importlib.util.find_spec("pyarrow") is not None
"""Whether Parquet can be written here; it needs the extra `parquet`."""

ATTRIBUTION = ("Places: GeoNames (CC BY 4.0)", "Boundaries: Natural Earth (public domain)")

_MEANINGS = {
    "kind": "what is claimed, or the kind of an area",
    "size": "how many, in words",
    "place": "where, in words, with the radius within which it lies with 90 % probability",
    "when": "when, as sharply as it is known",
    "claimant": "who asserts it",
    "via": "who relays it, in order",
    "status": "how real it is: actual, planned, denied and so on",
    "formation": "which formation, as written or matched",
    "grade": "Admiralty grades of source (A to F) and claim (1 to 6)",
    "citation": "where it was published",
    "sha256": "SHA-256 of the archived bytes",
    "claim_id": "the claim that says so",
    "lon": "longitude of a point, degrees, WGS 84",
    "lat": "latitude of a point, degrees, WGS 84",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One layer as data.

    Parameters
    ----------
    name, title : str
        File name without ending, and what it holds.
    frame : DataFrame
        Rows; a GeoDataFrame in EPSG:4326 where they have shapes.
    meanings : dict of str to str
        What each column says.
    """

    name: str
    title: str
    frame: pd.DataFrame
    meanings: dict[str, str]


def layers(matter: Matter) -> tuple[Layer, ...]:
    """Make the layers.

    Parameters
    ----------
    matter : Matter
        What the site is made from.

    Returns
    -------
    tuple of Layer
        Sightings, regions, movements, areas, estimates and published figures.
    """
    shown, areas = matter.shown, matter.areas
    words = shown.claims, shown.placed, shown.sha256
    figures = published_frame(shown.claims, shown.placed, areas, actor=matter.facts.actor)
    return (
        _layer("sightings", "What was seen or counted at a point", sightings_frame(*words),
               sightings.COLUMNS),
        _layer("regions", "What was seen or counted somewhere in a region",
               regions_frame(*words, areas), vague_areas.COLUMNS),
        _layer("movements", "Who went where, between the places that reports name",
               legs_frame(shown.legs, shown.claims, shown.sha256), movements.COLUMNS),
        _layer("areas", "Areas that have an estimate", areas_frame(areas), area_estimates.AREAS),
        _layer("estimates", f"Estimated strength of {matter.facts.actor_name} by area and day",
               drawn_estimates_frame(shown.estimates), area_estimates.ESTIMATES),
        _layer("published", "Published totals, as they stand beside the estimates", figures,
               area_estimates.PUBLISHED),
    )  # fmt: skip


def data_files(matter: Matter, found: Sequence[Layer]) -> Iterator[File]:
    """Write the layers in each form, with what is to be known about them.

    Parameters
    ----------
    matter : Matter
        What the site is made from.
    found : sequence of Layer
        Its layers.

    Yields
    ------
    File
        `data/NAME.csv`, `.geojson` (layers with shapes), `.parquet` (with the extra `parquet`)
        and `.metadata.json`. Text that a spreadsheet would run is made inert in CSV alone.
    """
    for layer in found:
        files = list(_forms(layer))
        yield from files
        yield File(
            path=f"data/{layer.name}.metadata.json",
            data=_json(_metadata(layer, files, matter.facts, matter.shown.withheld)),
        )


def _layer(name: str, title: str, frame: pd.DataFrame, columns: Mapping[str, Column]) -> Layer:
    said = {
        column: f"{about.meaning}{f', {about.unit}' if about.unit else ''}"
        for column, about in columns.items()
    }
    if isinstance(frame, geopandas.GeoDataFrame):
        rounded = shapely.transform(frame.geometry.to_numpy(), lambda xy: xy.round(DECIMALS))
        frame = frame.set_geometry(geopandas.GeoSeries(rounded, index=frame.index, crs=frame.crs))
    return Layer(name=name, title=title, frame=frame, meanings=_MEANINGS | said)


def _forms(layer: Layer) -> Iterator[File]:
    frame = _in_text(layer.frame)
    yield File(path=f"data/{layer.name}.csv", data=as_csv(_flat(frame)).encode())
    if isinstance(frame, geopandas.GeoDataFrame):
        text = frame.to_json(drop_id=True, ensure_ascii=False, separators=(",", ":"), to_wgs84=True)
        yield File(path=f"data/{layer.name}.geojson", data=f"{text}\n".encode())
    if HAS_PARQUET:
        into = BytesIO()
        layer.frame.to_parquet(into, index=False)
        yield File(path=f"data/{layer.name}.parquet", data=into.getvalue())


def _in_text(frame: pd.DataFrame) -> pd.DataFrame:
    # Times as ISO 8601 UTC and days as they are, each missing where nothing is stated.
    frame = frame.copy()
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.DatetimeTZDtype):
            written = frame[name].dt.strftime("%Y-%m-%dT%H:%M:%SZ").astype(object)
            frame[name] = written.where(frame[name].notna(), None)
        elif frame[name].dtype == object and name != "geometry":
            frame[name] = [None if one is None else str(one) for one in frame[name]]
    return frame


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    if not isinstance(frame, geopandas.GeoDataFrame):
        return frame
    flat = pd.DataFrame(frame.drop(columns="geometry"))
    shapes = frame.geometry.to_numpy()
    if set(frame.geom_type) <= {"Point"}:
        return flat.assign(lon=shapely.get_x(shapes), lat=shapely.get_y(shapes))
    return flat.assign(geometry=shapely.to_wkt(shapes, rounding_precision=DECIMALS))


def _metadata(
    layer: Layer, files: Sequence[File], facts: Facts, withheld: Sequence[str]
) -> dict[str, object]:
    columns = dict.fromkeys([*_flat(layer.frame).columns, *layer.frame.columns])
    return {
        "name": layer.name,
        "title": layer.title,
        "as_of": facts.as_of.isoformat(),
        "marking": facts.marking,
        "licence": facts.licence or None,
        "cite_as": facts.citation,
        "attribution": list(ATTRIBUTION),
        "withheld": list(withheld),
        "crs": "EPSG:4326" if isinstance(layer.frame, geopandas.GeoDataFrame) else None,
        "rows": len(layer.frame),
        "fields": [
            {"name": name, "meaning": layer.meanings.get(name), "type": _type(layer.frame, name)}
            for name in columns
        ],
        "files": [
            {
                "name": file.path.rpartition("/")[2],
                "bytes": len(file.data),
                "sha256": hashlib.sha256(file.data).hexdigest(),
            }
            for file in files
        ],
    }


def _type(frame: pd.DataFrame, name: str) -> str:
    if name == "geometry":
        return "geometry"
    if name in {"lon", "lat"}:
        return "number"
    kind = frame[name].dtype
    if isinstance(kind, pd.DatetimeTZDtype):
        return "time"
    return "number" if pd.api.types.is_numeric_dtype(kind) else "text"


def _json(values: dict[str, object]) -> bytes:
    return f"{json.dumps(values, ensure_ascii=False, indent=1)}\n".encode()
