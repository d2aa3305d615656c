"""GeoPackage, with a style for QGIS where one is kept for the layer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio

from tracker.exports.metadata import metadata
from tracker.exports.table import Table
from tracker.store.layer_styles import STYLES, style_row
from tracker.store.layer_styles import TABLE as STYLES_TABLE


def write(table: Table, path: Path, withheld: list[str]) -> int:
    """Write a table as a layer of a new GeoPackage.

    Parameters
    ----------
    table : Table
        The table.
    path : Path
        The file.
    withheld : list of str
        What was held back; the layer tells about itself first, before that is known.

    Returns
    -------
    int
        Rows.
    """
    about = metadata(table, table.fields, 0, withheld)
    known = {key: value for key, value in about.items() if key not in {"rows", "withheld"}}
    told = {"DESCRIPTION": table.title, "about": json.dumps(known, ensure_ascii=False)}
    shapes = "Unknown" if table.has_shapes else None
    written, is_first = 0, True
    for part in table.parts():
        _append(
            part, path, table.name, geometry_type=shapes, layer_metadata=told if is_first else None
        )
        written, is_first = written + len(part), False
    if table.name in STYLES:
        styles = pd.DataFrame([style_row(table.name, "geom")])
        _append(styles, path, STYLES_TABLE, layer_options={"FID": "id"})
    return written


def _append(frame: pd.DataFrame, path: Path, layer: str, **options: Any) -> None:
    pyogrio.write_dataframe(
        frame,
        path,
        layer=layer,
        driver="GPKG",
        append=path.exists(),
        promote_to_multi=False,
        **options,
    )
