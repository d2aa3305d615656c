"""Claims and places read straight into frames, without a value per row, for maps and exports."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store import gpb
from tracker.store.selection import (
    Criteria,
    claim,
    claim_conditions,
    in_box,
    place,
    place_conditions,
)

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
        quote_start, quote_end`; times as datetime64[ms, UTC]; lists in `via, equipment, places`.
    """
    conditions = claim_conditions(criteria)
    if criteria.get("bbox") is not None:
        conditions.append(in_box(criteria))
    select = sa.select(*_CLAIM).where(*conditions).order_by(claim.c.known_at, claim.c.id)
    return _frame(connection, select)


def placed_frame(connection: Connection, criteria: Criteria) -> gpd.GeoDataFrame:
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
    select = (
        sa.select(*_CLAIM, *_PLACE)
        .join_from(place, claim, claim.c.fid == place.c.claim_fid)
        .where(*place_conditions(criteria), *claim_conditions(criteria))
        .order_by(claim.c.known_at, claim.c.id, place.c.fid)
    )
    return gpd.GeoDataFrame(_frame(connection, select), geometry="geometry", crs=gpb.WGS84)


def _frame(connection: Connection, select: sa.Select[Any]) -> pd.DataFrame:
    rows = connection.execute(select).all()
    names = [column.name for column in select.selected_columns]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pd.DataFrame(dict(zip(names, map(list, columns), strict=True)))
