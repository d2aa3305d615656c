"""What people open in QGIS: one row per thing on the map, with the words beside it.

Each view shows what holds now: the latest reading of a claim that nobody corrected, withdrew or
rejected, its latest placing, the latest version of a leg or an area. The first column is the
integer key that GDAL asks for.
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


_REJECTED = """EXISTS (SELECT 1 FROM judgement AS j
        WHERE j.report_id = c.report_id AND j.quote_start = c.quote_start
            AND j.quote_end = c.quote_end AND j.field = 'claim' AND j.outcome = 'rejected'
            AND coalesce(j.claim_id, c.id) = c.id
            AND NOT EXISTS (SELECT 1 FROM judgement AS newer
                WHERE newer.report_id = j.report_id AND newer.quote_start = j.quote_start
                    AND newer.quote_end = j.quote_end AND newer.field = j.field
                    AND coalesce(newer.claim_id, c.id) = c.id AND newer.fid > j.fid))"""


def _withdrawn(row: str) -> str:
    # Whether a claim is said or read no longer, or its report was forgotten.
    return f"""EXISTS (SELECT 1 FROM standing AS w WHERE w.claim_id = {row}.id AND NOT w.holds
        AND NOT EXISTS (SELECT 1 FROM standing AS newer
            WHERE newer.claim_id = w.claim_id AND newer.fid > w.fid))"""  # noqa: S608 - names of our columns alone


def _latest(field: str) -> str:
    # Key of the latest judgement of a field of the claim `c`.
    return f"""(SELECT max(j.fid) FROM judgement AS j
        WHERE j.report_id = c.report_id AND j.quote_start = c.quote_start
            AND j.quote_end = c.quote_end AND j.field = '{field}'
            AND coalesce(j.claim_id, c.id) = c.id)"""  # noqa: S608 - names of our columns alone


def _corrected(row: str, field: str) -> str:
    # A field as people corrected it, else as it stands in a row.
    made = (
        f"SELECT 1 FROM judgement AS k WHERE k.fid = {_latest(field)} AND k.outcome = 'corrected'"  # noqa: S608 - names of our columns alone
    )
    kind = "DOUBLE PRECISION" if field in {"low", "best", "high"} else "TEXT"
    right = f"CAST(nullif(k.value, '') AS {kind})"
    value = f"SELECT {right} FROM judgement AS k WHERE k.fid = {_latest(field)}"  # noqa: S608 - names of our columns alone
    return f"CASE WHEN EXISTS ({made}) THEN ({value}) ELSE {row}.{field} END"


def _as_corrected(select: str, row: str) -> str:
    # Rows without corrections first: a compound's columns take their types from its first part.
    plain = {field: f"{row}.{field}" for field in _CORRECTED}
    mended = {field: f"{_corrected(row, field)} AS {field}" for field in _CORRECTED}
    return (
        f"{select.format(**plain)} AND NOT {_HAS_CORRECTIONS}\nUNION ALL\n"
        f"{select.format(**mended)} AND {_HAS_CORRECTIONS}\n"
    )


def _grade(alias: str, axis: str) -> str:
    # The grade that holds now: the latest row of the latest change that was not taken back.
    return f"""LEFT JOIN grade AS {alias} ON {alias}.fid = (SELECT g.fid FROM grade AS g
    WHERE g.claim_id = c.id AND g.axis = '{axis}' AND g.grade NOTNULL
        AND NOT EXISTS (SELECT 1 FROM grade AS newer WHERE newer.claim_id = g.claim_id
            AND newer.axis = g.axis AND newer.known_at = g.known_at AND newer.fid > g.fid)
    ORDER BY g.known_at DESC LIMIT 1)"""  # noqa: S608 - names of our columns alone


_CORRECTED = ("status", "actor", "qualifier", "unit", "low", "best", "high")
_HAS_CORRECTIONS = """EXISTS (SELECT 1 FROM judgement AS h
        WHERE h.report_id = c.report_id AND h.quote_start = c.quote_start
            AND h.quote_end = c.quote_end AND h.outcome = 'corrected'
            AND coalesce(h.claim_id, c.id) = c.id)"""

_CLAIM = f"""
SELECT p.fid, p.geometry, c.id AS claim, c.kind, {{status}}, c.flow, {{actor}}, c.claimant, c.quote,
    c.measure_text AS measure, {{qualifier}}, {{unit}}, {{low}}, {{best}}, {{high}}, p.role,
    p.text AS place_text, p.name AS place, p.radius_km, c.formation, c.observed_from,
    c.observed_to, c.known_at, c.citation, source_grade.grade AS reliability,
    own_grade.grade AS credibility
FROM claim_place AS p JOIN claim AS c ON c.fid = p.claim_fid
{_grade("source_grade", "reliability")}
{_grade("own_grade", "credibility")}
WHERE p.geometry NOTNULL
    AND NOT EXISTS (SELECT 1 FROM claim_place AS newer
        WHERE newer.claim_fid = p.claim_fid AND newer.id = p.id AND newer.fid > p.fid)
    AND NOT EXISTS (SELECT 1 FROM claim AS newer WHERE newer.id = c.id AND newer.fid > c.fid)
    AND NOT EXISTS (SELECT 1 FROM claim_link AS l JOIN claim AS k ON k.fid = l.claim_fid
        WHERE l.target = c.id AND l.relation = 'corrects'
            AND NOT EXISTS (SELECT 1 FROM claim AS newer
                WHERE newer.id = k.id AND newer.fid > k.fid)
            AND NOT {_withdrawn("k")})
    AND NOT {_REJECTED} AND NOT {_withdrawn("c")}
"""  # noqa: S608 - names of our columns alone

_LEG = f"""
SELECT m.fid, m.geometry, m.id AS leg, {{actor}}, {{status}}, m.origin, m.destination, m.mode,
    m.formation, m.measure_text AS measure, {{qualifier}}, {{unit}}, {{low}}, {{best}}, {{high}},
    m.window_from, m.window_to, m.inferred
FROM movement_leg AS m
JOIN leg_claim AS l ON l.leg_fid = m.fid AND l.position = 0
LEFT JOIN claim AS c ON c.id = l.claim_id
    AND NOT EXISTS (SELECT 1 FROM claim AS newer WHERE newer.id = c.id AND newer.fid > c.fid)
WHERE NOT EXISTS (SELECT 1 FROM movement_leg AS newer WHERE newer.id = m.id AND newer.fid > m.fid)
    AND EXISTS (SELECT 1 FROM leg_claim AS s LEFT JOIN claim AS c ON c.id = s.claim_id
        WHERE s.leg_fid = m.fid AND NOT {_REJECTED} AND NOT {_withdrawn("c")})
"""  # noqa: S608 - names of our columns alone

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
    View(name="claims", title="Claims on the map", select=_as_corrected(_CLAIM, "c")),
    View(name="movements", title="Movements", select=_as_corrected(_LEG, "m")),
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
