"""What is exported: a table of declared columns that comes in batches, and the facts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Literal

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

Kind = Literal["text", "number", "flag", "time", "date", "point", "shape", "geometry"]
SHAPES = frozenset({"point", "shape", "geometry"})
"""Kinds of columns with shapes: points, what is no point, and both."""
WGS84 = "EPSG:4326"
DECIMALS = 5
"""Digits of a degree that are written: one metre."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One column of an export.

    Parameters
    ----------
    name : str
        Its name.
    kind : {'text', 'number', 'flag', 'time', 'date', 'point', 'shape', 'geometry'}
        What it holds: times are instants in UTC; points, lines and areas (`shape`) or both
        (`geometry`) are in EPSG:4326.
    meaning : str
        What it says, with the unit of a number.
    """

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a reader of an export needs to know about it.

    Parameters
    ----------
    as_of : date
        Only what was public by the end of this UTC day is told.
    marking, licence, citation : str
        How far it may travel, under which licence, and how to cite it; empty where not stated.
    attribution : tuple of str
        Whose data it rests on.
    """

    as_of: date
    marking: str = ""
    licence: str = ""
    citation: str = ""
    attribution: tuple[str, ...] = (
        "Places: GeoNames (CC BY 4.0)",
        "Boundaries: Natural Earth (public domain)",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A layer on its way into a file.

    Parameters
    ----------
    name, title : str
        Short name, and what it holds.
    fields : tuple of Field
        Its columns in order; at most one holds shapes, and it is called `geometry`.
    facts : Facts
        What is to be known about it.
    batches : iterable of DataFrame
        Its rows, a part at a time; each part has these columns. Read once.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    facts: Facts
    batches: Iterable[pd.DataFrame]

    @property
    def has_shapes(self) -> bool:
        """Whether its rows have shapes."""
        return any(field.kind in SHAPES for field in self.fields)

    @property
    def plain_fields(self) -> tuple[Field, ...]:
        """Its columns but the shapes."""
        return tuple(field for field in self.fields if field.kind not in SHAPES)

    def parts(self) -> Iterator[pd.DataFrame]:
        """Give the rows, each column in the one type of its kind.

        Yields
        ------
        DataFrame
            A part of the rows; a GeoDataFrame in EPSG:4326 with coordinates of 5 decimals where
            the table has shapes. Text is object or str, numbers float64, flags boolean, times and
            dates datetime64 with and without UTC, each missing where nothing is stated.
        """
        is_empty = True
        for batch in self.batches:
            if len(batch):
                is_empty = False
                yield declared(batch, self.fields)
        if is_empty:
            names = [field.name for field in self.fields]
            yield declared(pd.DataFrame({name: [] for name in names}, dtype=object), self.fields)


def declared(frame: pd.DataFrame, fields: Sequence[Field]) -> pd.DataFrame:
    """Give each column the one type of its kind.

    Parameters
    ----------
    frame : DataFrame
        Holds the columns.
    fields : sequence of Field
        What is declared.

    Returns
    -------
    DataFrame
        The declared columns alone, as `Table.parts` describes.
    """
    columns = {
        field.name: _typed(frame[field.name], field.kind)
        for field in fields
        if field.kind not in SHAPES
    }
    plain = pd.DataFrame(columns, index=pd.RangeIndex(len(frame)))
    shapes = next((field.name for field in fields if field.kind in SHAPES), None)
    if shapes is None:
        return plain
    rounded = shapely.transform(np.asarray(frame[shapes], dtype=object), _rounded)
    return GeoDataFrame(plain, geometry=rounded, crs=WGS84)


def text_of(value: Any) -> str | None:
    """Write a value as the text of a cell.

    Parameters
    ----------
    value : any
        A word, a list of words, or nothing.

    Returns
    -------
    str or None
        Lists apart by semicolons; None where nothing is stated.
    """
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124 - NaN
        return None
    if isinstance(value, (tuple, list, frozenset)):
        return "; ".join(str(part) for part in value)
    return str(value.value) if isinstance(value, Enum) else str(value)


def _typed(column: pd.Series, kind: Kind) -> Any:
    if kind == "text":
        # Most columns are plain text, which needs no look at each cell.
        if pd.api.types.infer_dtype(column, skipna=True) in {"string", "empty"}:
            return column.astype(object).where(column.notna(), None).to_numpy()
        return np.array([text_of(value) for value in column], dtype=object)
    if kind == "number":
        return pd.to_numeric(column).to_numpy(dtype="float64", na_value=np.nan)
    if kind == "flag":
        return column.astype("boolean").array
    if kind == "time":
        return pd.to_datetime(column, utc=True).dt.as_unit("ms").array
    return pd.to_datetime(column).dt.as_unit("ms").dt.normalize().array


def _rounded(coordinates: Any) -> Any:
    return coordinates.round(DECIMALS)
