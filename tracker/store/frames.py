"""Claims and places read straight into frames, without a value per row, for maps and exports."""

from __future__ import annotations

from typing import Any

import geopandas
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.evidence.corrections import CORRECTABLE
from tracker.evidence.grades import Axis
from tracker.store import evidence_rows, gpb
from tracker.store.claim_reads import read_claims
from tracker.store.claim_rows import claim_row
from tracker.store.columns import lists, raw, read_columns, shapes
from tracker.store.report_reads import read_judgements
from tracker.store.selection import (
    Criteria,
    claim,
    claim_conditions,
    in_box,
    is_meant,
    place,
    place_conditions,
)
from tracker.store.types import Geometry, UtcDateTime
from tracker.vocabulary import Outcome

_HIDDEN = ("fid", "content", "recorded_at")
_CLAIM = tuple(column for column in claim.c if column.name not in _HIDDEN)
_PLACE = tuple(
    place.c[name].label(label)
    for name, label in (
        ("id", "placed_id"),
        ("role", "role"),
        ("text", "place_text"),
        ("name", "place"),
        ("radius_km", "radius_km"),
        ("gazetteer_id", "gazetteer_id"),
        ("score", "score"),
        ("reason", "reason"),
        ("geometry", "geometry"),
    )
)


_COLUMNS = {column.key: column for column in (*_CLAIM, *_PLACE)}
_CLAIM_SELECT = sa.select(*raw(_CLAIM)).order_by(claim.c.known_at, claim.c.id)
_PLACED_SELECT = (
    sa.select(*raw((*_CLAIM, *_PLACE)))
    .join_from(place, claim, claim.c.fid == place.c.claim_fid)
    .order_by(claim.c.known_at, claim.c.id, place.c.fid)
)


def claims_frame(connection: Connection, criteria: Criteria) -> pd.DataFrame:
    """Read claims into a frame, without their places.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    criteria : Criteria
        What is meant.

    Returns
    -------
    DataFrame
        One row per claim, ordered by `known_at`, then `id`. Columns as in the table `claim`:
        the fields of `Claim` under their names, the measure spread over `qualifier, unit, low,
        high, best, approx, per, relative_to, change, measure_text`, the time over `observed_from,
        observed_to, observed_precision, observed_text, observed_zone`, the words in `quote,
        quote_start, quote_end`; times as datetime64[ms, UTC]; numbers as float64 or Int64, flags as
        boolean, text as object, each missing where nothing is stated; tuples in `via, equipment,
        places`.
    """
    conditions = claim_conditions(criteria)
    if criteria.get("bbox") is not None:
        conditions.append(in_box(criteria))
    frame = _frame(connection, _CLAIM_SELECT.where(*conditions))
    return _as_graded(connection, _as_judged(connection, frame, criteria), criteria)


def placed_frame(connection: Connection, criteria: Criteria) -> geopandas.GeoDataFrame:
    """Read placed claims into a frame for a map.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    criteria : Criteria
        What is meant.

    Returns
    -------
    GeoDataFrame
        One row per claim and place, also where it could not be placed (geometry None and a
        `reason`), in EPSG:4326; the columns of `claims_frame` and `placed_id, role, place_text,
        place, radius_km, gazetteer_id, score, reason, geometry`.
    """
    conditions = (*place_conditions(criteria), *claim_conditions(criteria))
    frame = _frame(connection, _PLACED_SELECT.where(*conditions))
    frame = _as_graded(connection, _as_judged(connection, frame, criteria), criteria)
    return geopandas.GeoDataFrame(frame, geometry="geometry", crs=gpb.WGS84)


def _as_judged(connection: Connection, frame: pd.DataFrame, criteria: Criteria) -> pd.DataFrame:
    # Few claims are corrected: these are read as values, and their columns put right.
    times = Criteria(as_of=criteria.get("as_of"), as_recorded=criteria.get("as_recorded"))
    made = read_judgements(connection, as_of=times["as_of"], as_recorded=times["as_recorded"])
    reports = {each.report_id for each in made if each.outcome is Outcome.CORRECTED}
    ids = set(frame.loc[frame["report_id"].isin(reports), "id"])
    if not ids:
        return frame
    other = set()
    wide = Criteria(**times, ids=ids, corrected=True, rejected=True, withdrawn=True)
    for read in read_claims(connection, wide):
        row = claim_row(read)
        rows = frame["id"] == read.id
        for field in CORRECTABLE:
            frame.loc[rows, field] = row[field]
        if not is_meant(read, criteria):
            other.add(read.id)
    return frame[~frame["id"].isin(other)].reset_index(drop=True)


def _as_graded(connection: Connection, frame: pd.DataFrame, criteria: Criteria) -> pd.DataFrame:
    grades = evidence_rows.held_grades(connection, frame["id"].unique().tolist(), criteria)
    for axis in Axis:
        held = {name: grade for (name, of), grade in grades.items() if of is axis}
        column = str(axis)
        rows = frame["id"].isin(held)
        found = frame.loc[rows, "id"].map(held)
        numbers = axis is Axis.CREDIBILITY
        frame.loc[rows, column] = found.astype(int) if numbers else found
    return frame


def _frame(connection: Connection, select: sa.Select[Any]) -> pd.DataFrame:
    read = read_columns(connection, select)
    return pd.DataFrame({name: _column(_COLUMNS[name].type, read[name]) for name in read})


def _column(kind: Any, values: list[Any]) -> Any:
    # One type per column, whatever rows there are; text is object, with None where not stated.
    if isinstance(kind, Geometry):
        return shapes(values)
    if isinstance(kind, sa.JSON):
        values = lists(values)
    objects = pd.Series(values, dtype=object)
    if isinstance(kind, UtcDateTime):
        return pd.to_datetime(objects, utc=True, format="ISO8601").dt.as_unit("ms")
    dtype: Any = next(
        (name for known, name in _DTYPES.items() if isinstance(kind, known)), "object"
    )
    return objects.astype(dtype)


_DTYPES = {sa.Float: "float64", sa.Integer: "Int64", sa.Boolean: "boolean"}
"""Types of numbers: NaN or NA where nothing is stated."""
