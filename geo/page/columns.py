"""Declare the columns of a layer's frame and check a frame against them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from geo.errors import InvalidColumnError, InvalidGeometryError, MissingColumnError

type_of_column = Literal["text", "time", "number", "geometry", "date"]

MISSING_MINUTE: Final = np.int32(-(2**31))
"""What stands for a missing time in a column of minutes."""

_MINUTE_NS: Final = 60 * 10**9
_WGS84: Final = "EPSG:4326"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """What a layer expects of one column.

    ``kind`` is ``text``, ``time`` (aware UTC timestamps), ``date`` (days), ``number`` or
    ``geometry``; ``unit`` names the unit of a number; a column that is not ``required`` may be
    left out, and its values are then missing.
    """

    kind: type_of_column
    meaning: str
    unit: str = ""
    required: bool = True


def check(frame: pd.DataFrame, columns: Mapping[str, Column], *, layer: str) -> None:
    """Make sure that a frame has every required column.

    Parameters
    ----------
    frame
        The frame that a caller hands in.
    columns
        The columns that the layer declares.
    layer
        Name of the layer, for the message.

    Raises
    ------
    MissingColumnError
        Where a required column is not there.
    """
    for name, column in columns.items():
        if column.required and name not in frame.columns:
            raise MissingColumnError(layer=layer, column=name, meaning=column.meaning)


def texts(frame: pd.DataFrame, name: str) -> list[str]:
    """Read a column as text; what is missing becomes the empty string.

    Parameters
    ----------
    frame
        Any frame.
    name
        A column, which may be absent.

    Returns
    -------
    list[str]
        One string per row.
    """
    if name not in frame.columns:
        return [""] * len(frame)
    values = frame[name].astype(object)
    return [
        "" if missing else str(value) for value, missing in zip(values, values.isna(), strict=True)
    ]


def numbers(frame: pd.DataFrame, name: str) -> NDArray[np.float32]:
    """Read a column of numbers; what is missing or infinite becomes NaN.

    Parameters
    ----------
    frame
        Any frame.
    name
        A column, which may be absent.

    Returns
    -------
    NDArray[np.float32]
        One number per row, in the unit of the column.

    Raises
    ------
    InvalidColumnError
        Where a value is no number.
    """
    if name not in frame.columns:
        return np.full(len(frame), np.nan, np.float32)
    try:
        values = pd.to_numeric(frame[name], errors="raise").to_numpy(np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise InvalidColumnError(column=name, expected="numbers", reason=str(error)) from error
    return np.where(np.isfinite(values), values, np.nan).astype(np.float32)


def minutes(frame: pd.DataFrame, name: str) -> NDArray[np.int32]:
    """Read a column of times as whole minutes since 1970-01-01 00:00 UTC.

    Parameters
    ----------
    frame
        Any frame.
    name
        A column of timestamps or ISO 8601 texts, which may be absent; times without a zone count
        as UTC.

    Returns
    -------
    NDArray[np.int32]
        One minute per row, `MISSING_MINUTE` where the time is missing.

    Raises
    ------
    InvalidColumnError
        Where a value is no time.
    """
    if name not in frame.columns:
        return np.full(len(frame), MISSING_MINUTE)
    try:
        stamps = pd.to_datetime(frame[name], utc=True, format="ISO8601")
    except (TypeError, ValueError) as error:
        raise InvalidColumnError(column=name, expected="UTC times", reason=str(error)) from error
    whole = stamps.to_numpy("datetime64[ns]").astype(np.int64) // _MINUTE_NS
    return np.where(stamps.isna(), MISSING_MINUTE, whole).astype(np.int32)


def days(frame: pd.DataFrame, name: str) -> NDArray[np.int32]:
    """Read a column of dates as days since 1970-01-01.

    Parameters
    ----------
    frame
        Any frame.
    name
        A column of dates, timestamps or ISO 8601 texts.

    Returns
    -------
    NDArray[np.int32]
        One day per row.

    Raises
    ------
    InvalidColumnError
        Where a value is missing or no date.
    """
    stamps = minutes(frame, name)
    if (stamps == MISSING_MINUTE).any():
        raise InvalidColumnError(column=name, expected="dates", reason="a date is missing")
    return stamps // np.int32(24 * 60)


def in_degrees(frame: GeoDataFrame, kinds: Sequence[str], *, layer: str) -> GeoSeries:
    """Take the geometries of a frame as longitude and latitude.

    Parameters
    ----------
    frame
        A frame with a coordinate reference system.
    kinds
        Geometry types that the layer can draw.
    layer
        Name of the layer, for the message.

    Returns
    -------
    GeoSeries
        Geometries in EPSG:4326, none of them missing or empty.

    Raises
    ------
    InvalidGeometryError
        Where the reference system is missing, or a geometry is missing, empty, of another type or
        outside the world.
    """
    if frame.crs is None:
        reason = f"the frame has no coordinate reference system; set it with set_crs({_WGS84!r})"
        raise InvalidGeometryError(layer=layer, reason=reason)
    shapes = frame.geometry.to_crs(_WGS84)
    bad = shapes.isna() | shapes.is_empty | ~shapes.geom_type.isin(kinds)
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        reason = (
            f"row {row} is {_kind_of(shapes.iloc[row])}, but only {', '.join(kinds)} can be drawn"
        )
        raise InvalidGeometryError(layer=layer, reason=reason)
    if len(shapes):
        west, south, east, north = shapes.total_bounds
        if not (-360 <= west <= east <= 360 and -90 <= south <= north <= 90):
            reason = "coordinates lie outside the world; are longitude and latitude swapped?"
            raise InvalidGeometryError(layer=layer, reason=reason)
    return shapes


def _kind_of(shape: object) -> str:
    if shape is None:
        return "missing"
    return "empty" if getattr(shape, "is_empty", False) else str(getattr(shape, "geom_type", shape))
