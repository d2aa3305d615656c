"""What people open in QGIS: one row per thing on the map, with the words beside it.

Each view shows what holds now: the latest reading of a claim that nobody corrected or rejected,
its latest placing, the latest version of a leg or an area. The first column is the integer key
that GDAL asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Connection


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


_CLAIMS = """
SELECT p.fid, p.geometry, c.id AS claim, c.kind, c.status, c.flow, c.actor, c.claimant, c.quote,
    c.measure_text AS measure, c.qualifier, c.unit, c.low, c.best, c.high, p.role,
    p.text AS place_text, p.name AS place, p.radius_km, c.formation, c.observed_from,
    c.observed_to, c.known_at, c.citation
FROM claim_place AS p JOIN claim AS c ON c.fid = p.claim_fid
WHERE p.geometry NOTNULL
    AND NOT EXISTS (SELECT 1 FROM claim_place AS newer
        WHERE newer.claim_fid = p.claim_fid AND newer.id = p.id AND newer.fid > p.fid)
    AND NOT EXISTS (SELECT 1 FROM claim AS newer WHERE newer.id = c.id AND newer.fid > c.fid)
    AND NOT EXISTS (SELECT 1 FROM claim_link AS l JOIN claim AS k ON k.fid = l.claim_fid
        WHERE l.target = c.id AND l.relation = 'corrects'
            AND NOT EXISTS (SELECT 1 FROM claim AS newer
                WHERE newer.id = k.id AND newer.fid > k.fid))
    AND NOT EXISTS (SELECT 1 FROM judgement AS j
        WHERE j.report_id = c.report_id AND j.quote_start = c.quote_start
            AND j.quote_end = c.quote_end AND j.field = 'claim' AND j.outcome = 'rejected'
            AND coalesce(j.claim_id, c.id) = c.id
            AND NOT EXISTS (SELECT 1 FROM judgement AS newer
                WHERE newer.report_id = j.report_id AND newer.quote_start = j.quote_start
                    AND newer.quote_end = j.quote_end AND newer.field = j.field
                    AND coalesce(newer.claim_id, c.id) = c.id AND newer.fid > j.fid))
"""

_MOVEMENTS = """
SELECT m.fid, m.geometry, m.id AS leg, m.actor, m.status, m.origin, m.destination, m.mode,
    m.formation, m.measure_text AS measure, m.qualifier, m.unit, m.low, m.best, m.high,
    m.window_from, m.window_to, m.inferred
FROM movement_leg AS m
WHERE NOT EXISTS (SELECT 1 FROM movement_leg AS newer WHERE newer.id = m.id AND newer.fid > m.fid)
"""

_ESTIMATES = """
SELECT e.fid, a.geometry, e.area, a.name AS area_name, e.actor, e.day, e.as_of, e.unit, e.scope,
    e.p05, e.p25, e.p50, e.p75, e.p95, e.p_zero, e.building_up, e.drawing_down, e.forecast,
    e.method
FROM estimate AS e JOIN area AS a ON a.id = e.area
WHERE NOT EXISTS (SELECT 1 FROM area AS newer WHERE newer.id = a.id AND newer.fid > a.fid)
    AND NOT EXISTS (SELECT 1 FROM estimate AS newer
        WHERE newer.area = e.area AND newer.actor = e.actor AND newer.unit = e.unit
            AND newer.scope = e.scope AND newer.day = e.day
            AND (newer.as_of > e.as_of OR (newer.as_of = e.as_of AND newer.fid > e.fid)))
"""

VIEWS = (
    View(name="claims", title="Claims on the map", select=_CLAIMS),
    View(name="movements", title="Movements", select=_MOVEMENTS),
    View(name="estimates", title="Estimates by area and day", select=_ESTIMATES),
)


def drop_views(connection: Connection) -> None:
    """Drop the views, which would stand in the way of a table that is rebuilt; `repair` is next.

    Parameters
    ----------
    connection : Connection
        Connection to the database, in a writing transaction.
    """
    for view in VIEWS:
        connection.exec_driver_sql(f'DROP VIEW IF EXISTS "{view.name}"')
