"""Whether claims still stand: said by the last wording, read by the extractor, not forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.reports.report import require_utc
from tracker.store.bulk import insert_rows
from tracker.store.intake import batches
from tracker.store.tables import metadata

_standing = metadata.tables["standing"]
_newer = _standing.alias("newer_standing")
_claim = metadata.tables["claim"]

InTime = Callable[[sa.FromClause], list[sa.ColumnElement[bool]]]
"""Conditions under which rows with `known_at` and `recorded_at` count."""


class Cause(StrEnum):
    """Why a claim ceased to stand, or stands again."""

    EDIT = "edit"
    UNREAD = "unread"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Whether a claim stands from an instant on.

    Parameters
    ----------
    claim_id : str
        The claim.
    holds : bool
        Whether it stands.
    cause : Cause
        An edit of its report, another extractor, or that its report was forgotten.
    known_at : datetime
        From when the public could know that, aware UTC.

    Raises
    ------
    InvalidValueError
        Where the instant is not aware UTC.
    """

    claim_id: str
    holds: bool
    cause: Cause
    known_at: datetime

    def __post_init__(self) -> None:
        require_utc(self.known_at, "known_at")


def insert_standings(connection: Connection, standings: Iterable[Standing], at: datetime) -> int:
    """Insert what differs from how claims stand.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    standings : iterable of Standing
        How claims stand now; a claim of which nothing was recorded stands.
    at : datetime
        When this is recorded, aware UTC.

    Returns
    -------
    int
        How many rows were new.
    """
    new = 0
    for batch in batches(standings):
        held = _latest(connection, _standing.c.claim_id.in_([one.claim_id for one in batch]))
        rows = [
            {
                "claim_id": one.claim_id,
                "holds": one.holds,
                "cause": str(one.cause),
                "known_at": one.known_at,
                "recorded_at": at,
            }
            for one in batch
            if (held[one.claim_id].holds if one.claim_id in held else True) != one.holds
        ]
        if rows:
            insert_rows(connection, _standing, rows)
        new += len(rows)
    return new


def read_standings(connection: Connection, report_id: str) -> dict[str, Standing]:
    """Read how the claims of a report stand.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    report_id : str
        The report.

    Returns
    -------
    dict
        The latest standing by id of the claim; a claim that is not in it stands.
    """
    claims = sa.select(_claim.c.id).where(_claim.c.report_id == report_id)
    return _latest(connection, _standing.c.claim_id.in_(claims))


def withdrawn(claim_id: sa.ColumnElement[str], in_time: InTime) -> sa.Exists:
    """Say that a claim does not stand.

    Parameters
    ----------
    claim_id : ColumnElement
        Its id.
    in_time : callable
        Conditions under which a standing counts.

    Returns
    -------
    Exists
        The condition.
    """
    later = sa.exists().where(
        _newer.c.claim_id == _standing.c.claim_id, _newer.c.fid > _standing.c.fid, *in_time(_newer)
    )
    return sa.exists().where(
        _standing.c.claim_id == claim_id,
        _standing.c.holds.is_(False),
        *in_time(_standing),
        ~later.correlate(_standing),
    )


def _latest(connection: Connection, condition: sa.ColumnElement[bool]) -> dict[str, Standing]:
    rows = connection.execute(sa.select(_standing).where(condition).order_by(_standing.c.fid))
    return {
        row["claim_id"]: Standing(
            claim_id=row["claim_id"],
            holds=bool(row["holds"]),
            cause=Cause(row["cause"]),
            known_at=row["known_at"],
        )
        for row in rows.mappings()
    }
