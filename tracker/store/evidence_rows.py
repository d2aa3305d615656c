"""What was found about claims, echoes and grades, into rows and back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.claims.claim import Claim
from tracker.evidence.clusters import Echo, with_origin
from tracker.evidence.grades import Axis, GradeChange, graded
from tracker.store.intake import Added, insert_changed
from tracker.store.selection import Criteria, known_before
from tracker.store.spelling import Listed
from tracker.store.tables import metadata
from tracker.store.value_rows import content_of

_echo = metadata.tables["echo"]
_grade = metadata.tables["grade"]


def insert_echoes(connection: Connection, echoes: Sequence[Echo], at: datetime) -> Added:
    """Insert what claims count within their clusters, where it changed.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    echoes : sequence of Echo
        What was found.
    at : datetime
        When it is recorded, aware UTC.

    Returns
    -------
    Added
        Counts.
    """
    rows = [
        {
            "claim_id": echo.claim_id,
            "cluster": echo.cluster,
            "origin": echo.origin,
            "weight": echo.weight,
            "kind": echo.kind,
            "reason": echo.reason,
        }
        for echo in echoes
    ]
    for row in rows:
        row["content"] = content_of(row)
    return insert_changed(connection, "echo", rows, ("claim_id",), at)


def read_echoes(
    connection: Connection,
    *,
    ids: Collection[str] | None = None,
    as_recorded: datetime | None = None,
) -> dict[str, Echo]:
    """Read what claims count within their clusters.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    ids : collection of str, optional
        Only these claims.
    as_recorded : datetime, optional
        What was recorded by this instant.

    Returns
    -------
    dict of str to Echo
        By claim id.
    """
    select = _narrowed(sa.select(_echo), _echo, ids, as_recorded).order_by(_echo.c.fid)
    return {
        row["claim_id"]: Echo(
            claim_id=row["claim_id"],
            cluster=row["cluster"],
            origin=row["origin"],
            weight=row["weight"],
            kind=row["kind"],
            reason=row["reason"],
        )
        for row in connection.execute(select).mappings()
    }


def insert_grades(connection: Connection, changes: Sequence[GradeChange], at: datetime) -> Added:
    """Insert changes of grades, and take back those of the same claims and axes that are gone.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    changes : sequence of GradeChange
        The whole history of each claim and axis that is among them.
    at : datetime
        When they are recorded, aware UTC.

    Returns
    -------
    Added
        Counts.
    """
    told = {(change.claim_id, change.axis, change.known_at) for change in changes}
    whole = {(change.claim_id, change.axis) for change in changes}
    held = read_grades(connection, ids={claim_id for claim_id, _ in whole})
    gone = [
        change
        for change in held
        if (change.claim_id, change.axis) in whole
        and (change.claim_id, change.axis, change.known_at) not in told
    ]
    rows = [
        *(_grade_row(change, change.grade, change.reason) for change in changes),
        *(_grade_row(change, None, "no longer follows from what is known") for change in gone),
    ]
    return insert_changed(connection, "grade", rows, ("claim_id", "axis", "known_at"), at)


def _grade_row(change: GradeChange, grade: str | None, reason: str) -> dict[str, object]:
    row: dict[str, object] = {
        "claim_id": change.claim_id,
        "axis": str(change.axis),
        "known_at": change.known_at,
        "grade": grade,
        "reason": reason,
    }
    return row | {"content": content_of(row)}


def read_grades(
    connection: Connection,
    *,
    ids: Collection[str] | None = None,
    as_of: date | None = None,
    as_recorded: datetime | None = None,
) -> list[GradeChange]:
    """Read how grades changed.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    ids : collection of str, optional
        Only these claims.
    as_of : date, optional
        Changes that follow from what was known by the end of this UTC day.
    as_recorded : datetime, optional
        What was recorded by this instant.

    Returns
    -------
    list of GradeChange
        Ordered by `known_at`.
    """
    select = _narrowed(sa.select(_grade), _grade, ids, as_recorded).order_by(_grade.c.fid)
    if as_of is not None:
        select = select.where(_grade.c.known_at < known_before(as_of))
    latest = {
        (row["claim_id"], row["axis"], row["known_at"]): row
        for row in connection.execute(select).mappings()
    }
    changes = [
        GradeChange(
            claim_id=row["claim_id"],
            axis=Axis(row["axis"]),
            known_at=row["known_at"],
            grade=row["grade"],
            reason=row["reason"],
        )
        for row in latest.values()
        if row["grade"] is not None
    ]
    return sorted(changes, key=lambda change: change.known_at)


def last_graded(connection: Connection) -> datetime | None:
    """Say when grades were recorded last.

    Parameters
    ----------
    connection : Connection
        Connection to the database.

    Returns
    -------
    datetime or None
        Aware UTC; None where nothing was graded yet.
    """
    found: datetime | None = connection.execute(
        sa.select(_grade.c.recorded_at).order_by(_grade.c.fid.desc()).limit(1)
    ).scalar()
    return found


def weighed(connection: Connection, claims: Sequence[Claim], criteria: Criteria) -> list[Claim]:
    """Let claims name the claim that they repeat, and carry their grades.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    claims : sequence of Claim
        Claims as they were read.
    criteria : Criteria
        `as_of` and `as_recorded`, where they matter.

    Returns
    -------
    list of Claim
        In the same order. A grade that a coder gave stays.
    """
    ids = None if criteria.get("ids") is None else {claim.id for claim in claims}
    as_recorded = criteria.get("as_recorded")
    echoes = read_echoes(connection, ids=ids, as_recorded=as_recorded)
    grades = read_grades(connection, ids=ids, as_of=criteria.get("as_of"), as_recorded=as_recorded)
    if not echoes and not grades:
        return list(claims)
    held = {(change.claim_id, change.axis): change.grade for change in grades}
    return [graded(with_origin(claim, echoes.get(claim.id)), held) for claim in claims]


def _narrowed(
    select: sa.Select[tuple[object, ...]],
    table: sa.Table,
    ids: Collection[str] | None,
    as_recorded: datetime | None,
) -> sa.Select[tuple[object, ...]]:
    if ids is not None:
        select = select.where(table.c.claim_id.in_(sa.select(Listed(ids))))
    if as_recorded is not None:
        select = select.where(table.c.recorded_at <= as_recorded)
    return select
