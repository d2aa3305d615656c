"""Files of data: each layer as CSV, GeoJSON and, where it can be written, Parquet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from tracker.exports import LAYERS, Field, Form, Table, columns, table_bytes
from tracker.exports import Facts as ExportFacts
from tracker.exports.flat import flat_fields
from tracker.exports.metadata import metadata
from tracker.exports.parquet import HAS_PARQUET
from tracker.features import (
    areas_frame,
    drawn_estimates_frame,
    legs_frame,
    published_frame,
    regions_frame,
    sightings_frame,
)
from tracker.site.matter import Facts, File, Matter


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One layer as data.

    Parameters
    ----------
    name, title : str
        File name without ending, and what it holds.
    frame : DataFrame
        Rows; a GeoDataFrame in EPSG:4326 where they have shapes.
    fields : tuple of Field
        What each column says.
    """

    name: str
    title: str
    frame: pd.DataFrame
    fields: tuple[Field, ...]


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
    strength = f"Estimated strength of {matter.facts.actor_name} by area and day"
    titles = {name: layer.title for name, layer in LAYERS.items()} | {"estimates": strength}
    frames = {
        "sightings": (sightings_frame(*words), columns.SIGHTINGS),
        "regions": (regions_frame(*words, areas), columns.REGIONS),
        "movements": (legs_frame(shown.legs, shown.claims, shown.sha256), columns.MOVEMENTS),
        "areas": (areas_frame(areas), columns.AREAS),
        "estimates": (drawn_estimates_frame(shown.estimates), columns.DRAWN_ESTIMATES),
        "published": (figures, columns.PUBLISHED),
    }
    return tuple(
        Layer(name=name, title=titles[name], frame=frame, fields=fields)
        for name, (frame, fields) in frames.items()
    )


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
        files = list(_forms(layer, matter))
        yield from files
        yield File(path=f"data/{layer.name}.metadata.json", data=_about(layer, files, matter))


def _table(layer: Layer, facts: Facts) -> Table:
    return Table(
        name=layer.name,
        title=layer.title,
        fields=layer.fields,
        facts=ExportFacts(
            as_of=facts.as_of,
            marking=facts.marking,
            licence=facts.licence,
            citation=facts.citation,
        ),
        batches=[layer.frame],
    )


def _forms(layer: Layer, matter: Matter) -> Iterator[File]:
    table = _table(layer, matter.facts)
    forms = {
        Form.CSV: "csv",
        **({Form.GEOJSON: "geojson"} if table.has_shapes else {}),
        **({Form.GEOPARQUET: "parquet"} if HAS_PARQUET else {}),
    }
    for form, ending in forms.items():
        data = table_bytes(table, form, matter.shown.withheld)
        yield File(path=f"data/{layer.name}.{ending}", data=data)


def _about(layer: Layer, files: Sequence[File], matter: Matter) -> bytes:
    table = _table(layer, matter.facts)
    fields = {field.name: field for field in (*flat_fields(table), *table.fields)}
    about = metadata(table, tuple(fields.values()), len(layer.frame), matter.shown.withheld)
    about["files"] = [
        {
            "name": file.path.rpartition("/")[2],
            "bytes": len(file.data),
            "sha256": hashlib.sha256(file.data).hexdigest(),
        }
        for file in files
    ]
    return f"{json.dumps(about, ensure_ascii=False, indent=1)}\n".encode()
