"""What a file and a server spell differently in a question: a list of texts, boxes that touch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from tracker.store.rtree import rtree_name

Bbox = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

ROUNDING_DEG = 0.001
"""An R-tree keeps its boxes in 32 bits, rounded outwards."""


class Listed(FunctionElement[str]):
    """A column of texts as one value, however many they are: sqlite counts what it is given.

    Parameters
    ----------
    texts : iterable of str
        The texts.
    """

    inherit_cache = True
    name = "listed"

    def __init__(self, texts: Iterable[str]) -> None:
        super().__init__(json.dumps(sorted(texts)))


@compiles(Listed)
def _in_sqlite(element: Listed, compiler: SQLCompiler, **options: Any) -> str:
    return f"value FROM json_each({compiler.process(element.clauses, **options)})"


@compiles(Listed, "postgresql")
def _in_postgresql(element: Listed, compiler: SQLCompiler, **options: Any) -> str:
    said = compiler.process(element.clauses, **options)
    return f"json_array_elements_text(CAST({said} AS json))"


class _Touches(FunctionElement[bool]):
    """Says that the box of a row's `geometry` touches west, south, east, north in degrees.

    Parameters
    ----------
    table : Table
        A table with `fid` and `geometry`.
    box : tuple of float
        The box.
    widest_deg : float
        Rows whose own box is wider or higher than this are left out.
    """

    inherit_cache = True
    name = "touches"

    def __init__(self, table: sa.Table, box: Bbox, widest_deg: float) -> None:
        west, south, east, north = box
        # Each parameter stands where both spellings need it: they are told apart by their order.
        edges = [east, west, north, south, widest_deg, widest_deg]
        super().__init__(table.c.fid, table.c.geometry, *map(sa.literal, edges))


@compiles(_Touches)
def _by_rtree(element: _Touches, compiler: SQLCompiler, **options: Any) -> str:
    fid, geometry, *edges = element.clauses
    said = [compiler.process(edge, **options) for edge in edges]
    key = compiler.process(fid, **options)
    tree = rtree_name(geometry.table.name, geometry.name)
    return (
        f'{key} IN (SELECT id FROM "{tree}" WHERE minx <= {said[0]} AND maxx >= {said[1]} '  # noqa: S608 - names of our tables
        f"AND miny <= {said[2]} AND maxy >= {said[3]} "
        f"AND maxx - minx <= {said[4]} + {ROUNDING_DEG} "
        f"AND maxy - miny <= {said[5]} + {ROUNDING_DEG})"
    )


@compiles(_Touches, "postgresql")
def _by_gist(element: _Touches, compiler: SQLCompiler, **options: Any) -> str:
    _, geometry, *edges = element.clauses
    east, west, north, south, wide, high = (compiler.process(edge, **options) for edge in edges)
    shape = compiler.process(geometry, **options)
    return (
        f"({shape} && ST_SetSRID(ST_MakeBox2D(ST_Point({east}, {north}), "
        f"ST_Point({west}, {south})), 4326) "
        f"AND ST_XMax({shape}) - ST_XMin({shape}) <= {wide} "
        f"AND ST_YMax({shape}) - ST_YMin({shape}) <= {high})"
    )


def touching(
    table: sa.Table, boxes: Sequence[Bbox], *, widest_deg: float = 360.0
) -> sa.Select[tuple[int]]:
    """Ask for the rows whose box touches one of several boxes.

    Parameters
    ----------
    table : Table
        A table with `fid` and `geometry`.
    boxes : sequence of tuple of float
        West, south, east, north in degrees, west <= east.
    widest_deg : float
        Rows whose own box is wider or higher than this are left out.

    Returns
    -------
    Select
        `fid`.
    """
    tests = [_Touches(table, box, widest_deg) for box in boxes]
    return sa.select(table.c.fid).where(sa.or_(*tests))
