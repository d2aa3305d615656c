"""GeoParquet 1.1 (shapes as WKB), or plain Parquet for a table without shapes."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import shapely
from geopandas import GeoDataFrame

from tracker.errors import InvalidValueError
from tracker.exports.metadata import metadata
from tracker.exports.table import SHAPES, WGS84, Table

HAS_PARQUET = importlib.util.find_spec("pyarrow") is not None
"""Whether Parquet can be written here; it needs the extra `parquet`."""

VERSION = "1.1.0"
"""Of GeoParquet (OGC 24-013)."""


def write(table: Table, path: Path, withheld: list[str]) -> int:
    """Write a table as GeoParquet.

    Parameters
    ----------
    table : Table
        The table.
    path : Path
        The file.
    withheld : list of str
        What was held back; it is complete when the last row was read.

    Returns
    -------
    int
        Rows; each part of the table is a row group of its own.

    Raises
    ------
    InvalidValueError
        Where pyarrow is not installed.
    """
    if not HAS_PARQUET:
        raise InvalidValueError(
            "Parquet needs pyarrow; install troop-tracker[parquet], or choose another format."
        )
    import pyarrow as pa  # noqa: PLC0415 - an extra, and half a second
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 - as above

    schema = pa.schema([pa.field(one.name, _type(pa, one.kind)) for one in table.fields])
    written, kinds, box = 0, set[str](), _Box()
    with ParquetWriter(path, schema, compression="zstd") as writer:
        for part in table.parts():
            columns = [
                _column(pa, part, field.name, schema.field(field.name).type)
                for field in table.fields
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            written += len(part)
            if isinstance(part, GeoDataFrame):
                kinds |= set(part.geom_type.dropna())
                box.add(part)
        about = {"metadata": metadata(table, table.fields, written, withheld)}
        if table.has_shapes:
            about["geo"] = _geo(table, kinds, box)
        writer.add_key_value_metadata({key: json.dumps(value) for key, value in about.items()})
    return written


class _Box:
    """The box around all shapes, which grows part by part."""

    def __init__(self) -> None:
        self.bounds: list[float] = []

    def add(self, part: GeoDataFrame) -> None:
        found = [float(edge) for edge in part.total_bounds]
        if np.isnan(found).any():
            return
        pairs = zip(self.bounds or found, found, (min, min, max, max), strict=True)
        self.bounds = [choose(one, other) for one, other, choose in pairs]


def _geo(table: Table, kinds: set[str], box: _Box) -> dict[str, Any]:
    name = next(field.name for field in table.fields if field.kind in SHAPES)
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(kinds),
        "crs": pyproj.CRS(WGS84).to_json_dict(),
    }
    if box.bounds:
        column["bbox"] = box.bounds
    return {"version": VERSION, "primary_column": name, "columns": {name: column}}


def _type(pa: Any, kind: str) -> Any:
    types = {
        "text": pa.string(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "time": pa.timestamp("ms", tz="UTC"),
        "date": pa.date32(),
    }
    return types.get(kind, pa.binary())


def _column(pa: Any, part: pd.DataFrame, name: str, kind: Any) -> Any:
    if isinstance(part, GeoDataFrame) and name == part.geometry.name:
        return pa.array(shapely.to_wkb(part.geometry.to_numpy()), type=kind)
    return pa.array(part[name], type=kind, from_pandas=True)
