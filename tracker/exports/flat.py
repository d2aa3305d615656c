"""Rows without shapes: points become longitude and latitude, other shapes become WKT."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from tracker.exports.table import DECIMALS, Field, Table

LON_LAT = (
    Field(name="lon", kind="number", meaning="longitude of a point, degrees, WGS 84"),
    Field(name="lat", kind="number", meaning="latitude of a point, degrees, WGS 84"),
)
WKT = Field(name="geometry", kind="text", meaning="shape as WKT, longitude before latitude, WGS 84")


def flat_fields(table: Table) -> tuple[Field, ...]:
    """Say which columns a form without shapes has.

    Parameters
    ----------
    table : Table
        The table.

    Returns
    -------
    tuple of Field
        Its columns, `lon` and `lat` where it has points, and `geometry` (WKT) where it has other
        shapes.
    """
    kinds = {field.kind for field in table.fields}
    points = LON_LAT if kinds & {"point", "geometry"} else ()
    return (*table.plain_fields, *points, *((WKT,) if kinds & {"shape", "geometry"} else ()))


def flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn shapes into columns.

    Parameters
    ----------
    frame : DataFrame
        A part of a table.

    Returns
    -------
    DataFrame
        Shapes as `lon`, `lat` and `geometry`, each missing where the other says it.
    """
    if not isinstance(frame, GeoDataFrame):
        return frame
    shapes = frame.geometry.to_numpy()
    is_point = shapely.get_type_id(shapes) == 0
    words = np.full(len(shapes), None, dtype=object)
    others = ~is_point & ~shapely.is_missing(shapes)
    words[others] = shapely.to_wkt(shapes[others], rounding_precision=DECIMALS)
    plain = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    return plain.assign(lon=shapely.get_x(shapes), lat=shapely.get_y(shapes), geometry=words)


def cells(frame: pd.DataFrame) -> list[list[Any]]:
    """Turn a frame into plain values, column by column.

    Parameters
    ----------
    frame : DataFrame
        Columns as `tracker.exports.table.declared` types them; without shapes.

    Returns
    -------
    list of list
        Text, numbers, flags and None; times in ISO 8601 UTC, days as dates.
    """
    return [_cells(frame[name]) for name in frame.columns]


def _cells(column: pd.Series) -> list[Any]:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return _without_nat(column.dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    if pd.api.types.is_datetime64_dtype(column.dtype):
        return _without_nat(column.dt.strftime("%Y-%m-%d"))
    values = column.to_numpy(dtype=object)
    if values.size and bool((missing := pd.isna(column).to_numpy()).any()):
        values = values.copy()
        values[missing] = None
    found: list[Any] = values.tolist()
    return found


def _without_nat(column: pd.Series) -> list[Any]:
    return [value if isinstance(value, str) else None for value in column]


def rows(table: Table) -> Iterator[dict[str, Any]]:
    """Give the rows of a table one by one, with their shapes.

    Parameters
    ----------
    table : Table
        The table.

    Yields
    ------
    dict
        Plain values by name; the shape, where there is one, under `geometry`.
    """
    for part in table.parts():
        shapes = part.geometry.to_numpy() if isinstance(part, GeoDataFrame) else [None] * len(part)
        names = [field.name for field in table.plain_fields]
        columns = cells(pd.DataFrame(part)[names])
        for shape, *values in zip(shapes, *columns, strict=True):
            yield {**dict(zip(names, values, strict=True)), "geometry": shape}


def json_text(value: Any) -> str:
    """Write plain values as JSON.

    Parameters
    ----------
    value : any
        Plain values.

    Returns
    -------
    str
        On one line, letters as they are; never NaN, which is no JSON.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
