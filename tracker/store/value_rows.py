"""Parts that several kinds of rows share: sizes, times, content hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

import sqlalchemy as sa

from tracker.claims.measure import Measure
from tracker.store.columns import Columns, each
from tracker.store.types import utc_instant
from tracker.timespan import Timespan
from tracker.vocabulary import Change, Per, Precision, Qualifier, Unit

Row: TypeAlias = dict[str, Any]
Read: TypeAlias = Mapping[Any, Any]

_CONTENT_BYTES = 12
"""Length kept of a content hash: it only tells the rows of one id apart."""


def columns(table: sa.Table) -> Sequence[sa.Column[Any]]:
    """List the columns of a table in their order.

    Parameters
    ----------
    table : Table
        The table.

    Returns
    -------
    sequence of Column
        Its columns.
    """
    return list(table.columns)


def word(value: Any) -> str | None:
    """Write a word of a closed vocabulary.

    Parameters
    ----------
    value : StrEnum or None
        The word.

    Returns
    -------
    str or None
        Its plain text.
    """
    return None if value is None else str(value)


def content_of(row: Row, links: Sequence[Any] = ()) -> str:
    """Hash what a row says, so that saying it again is known.

    Parameters
    ----------
    row : dict
        Column values without keys and times of recording.
    links : sequence
        What its child rows say.

    Returns
    -------
    str
        Hex digits.
    """
    data = _written([list(row.values()), links]).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=_CONTENT_BYTES).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    assert isinstance(value, (date, datetime))
    return value.isoformat()


_written = json.JSONEncoder(ensure_ascii=False, default=_plain).encode


def measure_columns(measure: Measure | None) -> Row:
    """Spread a size over its columns.

    Parameters
    ----------
    measure : Measure or None
        The size.

    Returns
    -------
    dict
        Column values; all None where there is no size.
    """
    if measure is None:
        return dict.fromkeys(_MEASURE)
    return {
        "qualifier": str(measure.qualifier),
        "unit": word(measure.unit),
        "low": measure.low,
        "high": measure.high,
        "best": measure.best,
        "approx": measure.approx,
        "per": word(measure.per),
        "relative_to": measure.relative_to,
        "change": str(measure.change),
        "measure_text": measure.text,
    }


_MEASURE = (
    "qualifier",
    "unit",
    "low",
    "high",
    "best",
    "approx",
    "per",
    "relative_to",
    "change",
    "measure_text",
)


def measure_of(row: Read) -> Measure | None:
    """Read a size from its columns.

    Parameters
    ----------
    row : Mapping
        A row of `claim` or `movement_leg`.

    Returns
    -------
    Measure or None
        None where the row has no qualifier.
    """
    return _measure(tuple(row[name] for name in _MEASURE))


def measures_of(read: Columns) -> list[Measure | None]:
    """Read sizes from their columns.

    Parameters
    ----------
    read : dict of str to list
        Columns of `claim`.

    Returns
    -------
    list of Measure or None
        One per row; equal ones are one value.
    """
    return each(list(zip(*(read[name] for name in _MEASURE), strict=True)), _measure)


def _measure(cells: tuple[Any, ...]) -> Measure | None:
    qualifier, unit, low, high, best, approx, per, relative_to, change, text = cells
    if qualifier is None:
        return None
    return Measure(
        qualifier=Qualifier(qualifier),
        unit=None if unit is None else Unit(unit),
        low=low,
        high=high,
        best=best,
        approx=bool(approx),
        per=None if per is None else Per(per),
        relative_to=relative_to,
        change=Change(change),
        text=text,
    )


def span_columns(prefix: str, span: Timespan | None) -> Row:
    """Spread a span over its columns.

    Parameters
    ----------
    prefix : str
        `observed` or `window`.
    span : Timespan or None
        The span.

    Returns
    -------
    dict
        Column values; all None where there is no span.
    """
    return {
        f"{prefix}_from": None if span is None else span.start,
        f"{prefix}_to": None if span is None else span.end,
        f"{prefix}_precision": None if span is None else str(span.precision),
        f"{prefix}_text": None if span is None else span.text,
        f"{prefix}_zone": None if span is None else span.zone,
    }


def span_of(prefix: str, row: Read) -> Timespan | None:
    """Read a span from its columns.

    Parameters
    ----------
    prefix : str
        `observed` or `window`.
    row : Mapping
        A row with these columns.

    Returns
    -------
    Timespan or None
        None where the row has none.
    """
    return _span(tuple(row[name] for name in _span_names(prefix)))


def spans_of(prefix: str, read: Columns) -> list[Timespan | None]:
    """Read spans from their columns.

    Parameters
    ----------
    prefix : str
        `observed`.
    read : dict of str to list
        Columns with these names.

    Returns
    -------
    list of Timespan or None
        One per row; equal ones are one value.
    """
    cells = list(zip(*(read[name] for name in _span_names(prefix)), strict=True))
    return each(cells, _span)


def _span_names(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{part}" for part in ("from", "to", "precision", "text", "zone"))


def _span(cells: tuple[Any, ...]) -> Timespan | None:
    start, end, precision, text, zone = cells
    if start is None:
        return None
    return Timespan(
        start=utc_instant(start),
        end=utc_instant(end),
        precision=Precision(precision),
        text=text,
        zone=zone,
    )
