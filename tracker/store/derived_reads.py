"""Areas, legs of movements and estimates read back as values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.areas import Area
from tracker.claims.claim import Claim
from tracker.estimates.estimate import Estimate
from tracker.movements.leg import Leg
from tracker.store.claim_reads import read_claims
from tracker.store.derived_intake import ESTIMATE_KEY
from tracker.store.derived_rows import area_of, estimate_of, leg_of
from tracker.store.report_reads import read_judgements
from tracker.store.selection import Criteria, known_before, rejected_ids, withdrawn_ids
from tracker.store.tables import metadata
from tracker.vocabulary import Outcome, Scope, Unit

_area = metadata.tables["area"]
_leg = metadata.tables["movement_leg"]
_leg_claim = metadata.tables["leg_claim"]
_estimate = metadata.tables["estimate"]
_basis = metadata.tables["basis"]
_NEWER = {table.name: table.alias("newer") for table in (_area, _leg, _estimate)}


def _holds(
    table: sa.Table, key: tuple[str, ...], as_recorded: datetime | None
) -> list[sa.ColumnElement[bool]]:
    # Say that a row was recorded in time and that no later one was.
    newer = _NEWER[table.name]
    same = [newer.c[name] == table.c[name] for name in key]
    if as_recorded is None:
        return [~sa.exists().where(*same, newer.c.fid > table.c.fid)]
    return [
        table.c.recorded_at <= as_recorded,
        ~sa.exists().where(*same, newer.c.fid > table.c.fid, newer.c.recorded_at <= as_recorded),
    ]


def read_areas(connection: Connection, *, as_recorded: datetime | None = None) -> list[Area]:
    """Read the areas in the versions that hold.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    as_recorded : datetime, optional
        Versions that were recorded by this instant.

    Returns
    -------
    list of Area
        Ordered by id.
    """
    select = sa.select(_area).where(*_holds(_area, ("id",), as_recorded)).order_by(_area.c.id)
    return [area_of(row) for row in connection.execute(select).mappings()]


def read_legs(
    connection: Connection, *, as_of: date | None = None, as_recorded: datetime | None = None
) -> list[Leg]:
    """Read the legs of movements in the versions that hold.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    as_of : date, optional
        Only legs of which every claim was known by the end of this UTC day.
    as_recorded : datetime, optional
        Versions that were recorded by this instant.

    Returns
    -------
    list of Leg
        Ordered by the start of their window, then id; those without a window first. A leg of
        which people rejected every claim, or every claim is withdrawn, is left out.
    """
    select = sa.select(_leg).where(*_holds(_leg, ("id",), as_recorded))
    if as_of is not None:
        claim = metadata.tables["claim"]
        known = sa.exists().where(
            claim.c.id == _leg_claim.c.claim_id, claim.c.known_at < known_before(as_of)
        )
        select = select.where(~sa.exists().where(_leg_claim.c.leg_fid == _leg.c.fid, ~known))
    times = Criteria(as_of=as_of, as_recorded=as_recorded)
    supported = sa.exists().where(
        _leg_claim.c.leg_fid == _leg.c.fid,
        _leg_claim.c.claim_id.not_in(rejected_ids(times)),
        _leg_claim.c.claim_id.not_in(withdrawn_ids(times)),
    )
    select = select.where(supported)
    ordered = select.order_by(_leg.c.window_from.nulls_first(), _leg.c.id)
    rows = connection.execute(ordered).mappings().all()
    claims: dict[int, list[str]] = defaultdict(list)
    for fid, claim_id in connection.execute(
        sa.select(_leg_claim.c.leg_fid, _leg_claim.c.claim_id).order_by(_leg_claim.c.position)
    ):
        claims[fid].append(claim_id)
    legs = [leg_of(row, claims[row["fid"]]) for row in rows]
    return _as_corrected(connection, legs, Criteria(as_of=as_of, as_recorded=as_recorded))


def _as_corrected(connection: Connection, legs: list[Leg], criteria: Criteria) -> list[Leg]:
    # A leg was made from its first claim; what people corrected in that one holds of the leg.
    made = read_judgements(
        connection, as_of=criteria.get("as_of"), as_recorded=criteria.get("as_recorded")
    )
    reports = {one.report_id for one in made if one.outcome is Outcome.CORRECTED}
    if not reports:
        return legs
    wide = Criteria(
        **criteria,
        ids={leg.claims[0] for leg in legs},
        corrected=True,
        rejected=True,
        weighed=False,
    )
    corrected = {
        claim.id: claim for claim in read_claims(connection, wide) if claim.report_id in reports
    }
    return [_following(leg, corrected.get(leg.claims[0])) for leg in legs]


def _following(leg: Leg, claim: Claim | None) -> Leg:
    if claim is None:
        return leg
    return replace(leg, measure=claim.measure, status=claim.status, actor=claim.actor)


def read_estimates(
    connection: Connection,
    *,
    area: str | None = None,
    actor: str | None = None,
    unit: Unit | None = None,
    scope: Scope | None = None,
    as_of: date | None = None,
    days: tuple[date, date] | None = None,
    as_recorded: datetime | None = None,
) -> list[Estimate]:
    """Read estimates as the last run that made them left them.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    area, actor, unit, scope, as_of : optional
        Only estimates with exactly these.
    days : tuple of date, optional
        First and last day that they speak of.
    as_recorded : datetime, optional
        Runs up to this instant.

    Returns
    -------
    list of Estimate
        Ordered by area, actor, unit, scope, as_of and day.
    """
    wanted: dict[str, Any] = {
        "area": area,
        "actor": actor,
        "unit": None if unit is None else str(unit),
        "scope": None if scope is None else str(scope),
        "as_of": as_of,
    }
    conditions = _holds(_estimate, ESTIMATE_KEY, as_recorded)
    conditions += [_estimate.c[k] == value for k, value in wanted.items() if value is not None]
    if days is not None:
        conditions.append(_estimate.c.day.between(*days))
    select = (
        sa.select(_estimate, _basis.c.claims)
        .join(_basis, _basis.c.fid == _estimate.c.basis_fid)
        .where(*conditions)
        .order_by(*(_estimate.c[name] for name in (*wanted, "day")))
    )
    return [estimate_of(row, row["claims"]) for row in connection.execute(select).mappings()]
