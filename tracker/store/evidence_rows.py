"""What was found about claims, echoes and grades, into rows and back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.claims.claim import Claim
from tracker.evidence.clusters import Echo, with_origin
from tracker.evidence.grades import Axis, GradeChange
from tracker.store.columns import Columns, raw, read_columns
from tracker.store.intake import Added, insert_changed
from tracker.store.selection import Criteria, known_before
from tracker.store.spelling import Listed
from tracker.store.tables import metadata
from tracker.store.value_rows import content_of

MOST_NAMED = 20_000
"""Of more claims, reading what was found about all is faster than naming them."""

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


def with_origins(
    connection: Connection, claims: Sequence[Claim], criteria: Criteria
) -> list[Claim]:
    """Let claims name the claim that they were found to repeat.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    claims : sequence of Claim
        Claims as they were read.
    criteria : Criteria
        `as_recorded`, where it matters.

    Returns
    -------
    list of Claim
        In the same order.
    """
    repeats = _repeats(connection, [claim.id for claim in claims], criteria)
    if not repeats:
        return list(claims)
    return [with_origin(claim, repeats.get(claim.id)) for claim in claims]


def with_grades(connection: Connection, read: Columns, criteria: Criteria) -> Columns:
    """Let claims carry the grades that were found.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    read : dict of str to list
        Columns of `claim`.
    criteria : Criteria
        `as_of` and `as_recorded`, where they matter.

    Returns
    -------
    dict of str to list
        With these grades in `reliability` and `credibility`; a grade that a coder gave stays
        where none was found.
    """
    names = read["id"]
    held = held_grades(connection, names, criteria)
    if not held:
        return read

    def graded(axis: Axis, turn: Callable[[str], Any]) -> list[Any]:
        found = (held.get((name, axis)) for name in names)
        own = zip(found, read[str(axis)], strict=True)
        return [kept if grade is None else turn(grade) for grade, kept in own]

    return {
        **read,
        str(Axis.RELIABILITY): graded(Axis.RELIABILITY, str),
        str(Axis.CREDIBILITY): graded(Axis.CREDIBILITY, int),
    }


def held_grades(
    connection: Connection, claim_ids: Sequence[str], criteria: Criteria
) -> dict[tuple[str, Axis], str]:
    """Read the grades that hold of some claims.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    claim_ids : sequence of str
        The claims.
    criteria : Criteria
        `as_of` and `as_recorded`, where they matter.

    Returns
    -------
    dict
        Grade by claim id and axis: the last change of those that `read_grades` tells, but without
        a value for each of them. Grades of other claims may be among them.
    """
    select = sa.select(*raw((_grade.c.claim_id, _grade.c.axis, _grade.c.known_at, _grade.c.grade)))
    select = _narrowed(select, _grade, _named(claim_ids), criteria.get("as_recorded"))
    if (as_of := criteria.get("as_of")) is not None:
        select = select.where(_grade.c.known_at < known_before(as_of))
    read = read_columns(connection, select.order_by(_grade.c.known_at, _grade.c.fid))
    keys = zip(read["claim_id"], read["axis"], read["known_at"], strict=True)
    # The last row of a change holds, the last change of those that were not taken back.
    changes = dict(zip(keys, read["grade"], strict=True))
    axes = {str(axis): axis for axis in Axis}
    return {
        (name, axes[axis]): grade for (name, axis, _), grade in changes.items() if grade is not None
    }


def _repeats(
    connection: Connection, claim_ids: Sequence[str], criteria: Criteria
) -> dict[str, Echo]:
    # What claims that repeat another one count; most repeat none and need no value.
    as_recorded = criteria.get("as_recorded")
    origins = sa.select(_echo.c.claim_id).where(_echo.c.origin != _echo.c.claim_id).distinct()
    named = _named(claim_ids)
    met = connection.execute(_narrowed(origins, _echo, named, as_recorded)).scalars().all()
    ids = [str(name) for name in met]
    return read_echoes(connection, ids=ids, as_recorded=as_recorded) if ids else {}


def _named(claim_ids: Sequence[str]) -> Sequence[str] | None:
    return claim_ids if len(claim_ids) <= MOST_NAMED else None


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
