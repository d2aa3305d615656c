"""Areas, legs and estimates into rows; a row is new where it differs from the latest one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.areas import Area
from tracker.estimates.estimate import Estimate
from tracker.movements.leg import Leg
from tracker.store.bulk import insert_rows
from tracker.store.derived_rows import area_row, basis_of, estimate_row, leg_row
from tracker.store.forgetting import forgotten_claims
from tracker.store.intake import Added, insert_changed, insert_new
from tracker.store.tables import metadata
from tracker.store.value_rows import content_of

ESTIMATE_KEY = ("area", "actor", "unit", "scope", "day", "as_of")
"""What an estimate is of; two rows that agree in it are two runs."""


def insert_areas(connection: Connection, areas: Sequence[Area], at: datetime) -> Added:
    """Insert new areas and new versions of known ones.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    areas : sequence of Area
        The areas.
    at : datetime
        When they are recorded, aware UTC.

    Returns
    -------
    Added
        Counts.
    """
    rows = [area_row(area) for area in areas]
    for row in rows:
        row["content"] = content_of(row)
    return insert_changed(connection, "area", rows, ("id",), at)


def insert_legs(connection: Connection, legs: Sequence[Leg], at: datetime) -> Added:
    """Insert new legs and new versions of known ones, with the claims that they rest on.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    legs : sequence of Leg
        The legs.
    at : datetime
        When they are recorded, aware UTC.

    Returns
    -------
    Added
        Counts; a leg whose words are those of a forgotten report is left out.
    """
    table = metadata.tables["movement_leg"]
    forgotten = forgotten_claims(connection)
    legs = [leg for leg in legs if leg.claims[0] not in forgotten]
    rows = [leg_row(leg) for leg in legs]
    claims: dict[str, tuple[str, ...]] = {}
    for row, leg in zip(rows, legs, strict=True):
        row["content"] = content_of(row)
        claims.setdefault(row["id"], leg.claims)
    before = connection.execute(sa.select(sa.func.max(table.c.fid))).scalar() or 0
    added = insert_changed(connection, "movement_leg", rows, ("id",), at)
    fids = connection.execute(sa.select(table.c.fid, table.c.id).where(table.c.fid > before))
    links = [
        {"leg_fid": fid, "position": position, "claim_id": claim_id}
        for fid, name in fids
        for position, claim_id in enumerate(claims[name])
    ]
    if links:
        insert_rows(connection, metadata.tables["leg_claim"], links)
    return added


def insert_estimates(connection: Connection, estimates: Sequence[Estimate], at: datetime) -> Added:
    """Insert estimates that differ from the latest ones of the same area, day and so on.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    estimates : sequence of Estimate
        The estimates.
    at : datetime
        When they are recorded, aware UTC.

    Returns
    -------
    Added
        Counts.
    """
    bases = {}
    names = []
    for estimate in estimates:
        claims = basis_of(estimate)
        text = json.dumps(claims, ensure_ascii=False)
        names.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
        bases[names[-1]] = {"sha256": names[-1], "claims": claims}
    insert_new(connection, "basis", list(bases.values()), at)
    table = metadata.tables["basis"]
    select = sa.select(table.c.sha256, table.c.fid).where(table.c.sha256.in_(bases))
    fids = dict(connection.execute(select).all())
    rows = [
        estimate_row(estimate) | {"basis_fid": fids[name]}
        for estimate, name in zip(estimates, names, strict=True)
    ]
    for row in rows:
        row["content"] = content_of(row)
    return insert_changed(connection, "estimate", rows, ESTIMATE_KEY, at)
