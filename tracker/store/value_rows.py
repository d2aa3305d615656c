"""Parts that several kinds of rows share: sizes, times, content hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

import sqlalchemy as sa

from tracker.claims.measure import Measure
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
    if row["qualifier"] is None:
        return None
    return Measure(
        qualifier=Qualifier(row["qualifier"]),
        unit=None if row["unit"] is None else Unit(row["unit"]),
        low=row["low"],
        high=row["high"],
        best=row["best"],
        approx=row["approx"],
        per=None if row["per"] is None else Per(row["per"]),
        relative_to=row["relative_to"],
        change=Change(row["change"]),
        text=row["measure_text"],
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
    if row[f"{prefix}_from"] is None:
        return None
    return Timespan(
        start=row[f"{prefix}_from"],
        end=row[f"{prefix}_to"],
        precision=Precision(row[f"{prefix}_precision"]),
        text=row[f"{prefix}_text"],
        zone=row[f"{prefix}_zone"],
    )
