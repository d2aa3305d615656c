"""What people open in QGIS: one row per thing on the map, with the words beside it.

Each view shows what holds now: the latest reading of a claim, its latest placing, the latest
version of a leg or an area. The first column is the integer key that GDAL asks for.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A registered view.

    Parameters
    ----------
    name, title : str
        Name of the view and its title in QGIS.
    select : str
        Its statement; the first column an integer key, one column `geometry`.
    """

    name: str
    title: str
    select: str


def _latest(table: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM {table} AS newer "  # noqa: S608 - names of our tables
        f"WHERE newer.id = {table}.id AND newer.fid > {table}.fid)"
    )


_LATEST_PLACE = (
    "NOT EXISTS (SELECT 1 FROM claim_place AS newer WHERE newer.id = claim_place.id "
    "AND newer.claim_fid = claim_place.claim_fid AND newer.fid > claim_place.fid)"
)

VIEWS = (
    View(
        name="claims",
        title="Claims on the map",
        select="SELECT claim_place.fid AS fid, claim_place.geometry AS geometry, claim.id AS claim,"
        " claim.kind, claim.status, claim.flow, claim.actor, claim.claimant, claim.quote,"
        " claim.measure_text AS measure, claim.qualifier, claim.unit, claim.low, claim.best,"
        " claim.high, claim_place.role, claim_place.text AS place_text, claim_place.name AS place,"
        " claim_place.radius_km, claim.formation, claim.observed_from, claim.observed_to,"
        " claim.known_at, claim.citation"
        " FROM claim_place JOIN claim ON claim.fid = claim_place.claim_fid"
        f" WHERE claim_place.geometry NOTNULL AND {_LATEST_PLACE} AND {_latest('claim')}",
    ),
    View(
        name="movements",
        title="Movements",
        select="SELECT movement_leg.fid AS fid, movement_leg.geometry AS geometry,"
        " movement_leg.id AS leg, movement_leg.actor, movement_leg.status, movement_leg.origin,"
        " movement_leg.destination, movement_leg.mode, movement_leg.formation,"
        " movement_leg.qualifier, movement_leg.unit, movement_leg.low, movement_leg.best,"
        " movement_leg.high, movement_leg.measure_text AS measure, movement_leg.window_from,"
        " movement_leg.window_to, movement_leg.inferred"
        f" FROM movement_leg WHERE {_latest('movement_leg')}",
    ),
    View(
        name="estimates",
        title="Estimates by area and day",
        select="SELECT estimate.fid AS fid, area.geometry AS geometry, estimate.area,"
        " area.name AS area_name, estimate.actor, estimate.day, estimate.as_of, estimate.unit,"
        " estimate.scope, estimate.p05, estimate.p25, estimate.p50, estimate.p75, estimate.p95,"
        " estimate.p_zero, estimate.building_up, estimate.drawing_down, estimate.forecast,"
        " estimate.method"
        " FROM estimate JOIN area ON area.id = estimate.area"
        f" WHERE {_latest('area')} AND NOT EXISTS (SELECT 1 FROM estimate AS newer"
        " WHERE newer.area = estimate.area AND newer.actor = estimate.actor"
        " AND newer.unit = estimate.unit AND newer.scope = estimate.scope AND"
        " newer.day = estimate.day AND (newer.as_of > estimate.as_of"
        " OR (newer.as_of = estimate.as_of AND newer.fid > estimate.fid)))",
    ),
)
