"""A report is forgotten: its words go, and hashes, ids, numbers and the reason stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.errors import InvalidValueError, NotFoundError
from tracker.reports.report import ERASED, erased
from tracker.store.bulk import insert_missing, insert_rows
from tracker.store.standing import Cause, Standing, insert_standings
from tracker.store.tables import metadata

_tables = metadata.tables
_claim = _tables["claim"]
_place = _tables["claim_place"]
_version = _tables["version"]
_capture = _tables["capture"]
_forgotten = _tables["forgotten"]
_bytes = _tables["forgotten_bytes"]

_NAMES_OF_CLAIM = (
    *("claimant", "relative_to", "measure_text", "formation", "formation_id", "observed_text"),
    *("citation", "claimant_id"),
)
_NAMES_OF_PLACE = ("name", "gazetteer_id")
_SHORTEST_TRACE = 12
"""Letters from which on a sentence found elsewhere is taken for one of the report's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Forgotten:
    """That a report was forgotten.

    Parameters
    ----------
    report_id : str
        The report.
    reason : str
        Why.
    at : datetime
        When, aware UTC.
    """

    report_id: str
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What a workspace holds of a report.

    Parameters
    ----------
    hashes : tuple of str
        Hashes of the bytes that it was read from.
    shared_with : tuple of str
        Ids of other reports that were read from the same bytes.
    versions, claims : int
        How many wordings and claims there are.
    """

    hashes: tuple[str, ...]
    shared_with: tuple[str, ...]
    versions: int
    claims: int


def read_forgotten(connection: Connection) -> dict[str, Forgotten]:
    """Read which reports were forgotten.

    Parameters
    ----------
    connection : Connection
        Connection to the database.

    Returns
    -------
    dict
        When and why, by id of the report.
    """
    rows = connection.execute(sa.select(_forgotten)).mappings()
    return {
        row["report_id"]: Forgotten(
            report_id=row["report_id"], reason=row["reason"], at=row["recorded_at"]
        )
        for row in rows
    }


def forgotten_hashes(connection: Connection) -> set[str]:
    """Read the hashes of the bytes that were erased.

    Parameters
    ----------
    connection : Connection
        Connection to the database.

    Returns
    -------
    set of str
        SHA-256 in hex.
    """
    return set(connection.execute(sa.select(_bytes.c.sha256)).scalars())


def forgotten_claims(connection: Connection) -> set[str]:
    """Read the ids of the claims of forgotten reports.

    Parameters
    ----------
    connection : Connection
        Connection to the database.

    Returns
    -------
    set of str
        The ids.
    """
    reports = sorted(read_forgotten(connection))
    if not reports:
        return set()
    return set(
        connection.execute(sa.select(_claim.c.id).where(_claim.c.report_id.in_(reports))).scalars()
    )


def forget_bytes(connection: Connection, hashes: Collection[str], at: datetime) -> None:
    """Note that bytes are to be erased from the archive.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    hashes : collection of str
        Their hashes.
    at : datetime
        When this is recorded, aware UTC.
    """
    rows = [{"sha256": sha256, "recorded_at": at} for sha256 in sorted(hashes)]
    if rows:
        insert_missing(connection, _bytes, rows)


def held_of(connection: Connection, report_id: str) -> Held:
    """Say what would be erased with a report.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    report_id : str
        The report.

    Returns
    -------
    Held
        Bytes, wordings, claims, and the reports that share the bytes.

    Raises
    ------
    NotFoundError
        Where there is no such report.
    """
    versions = sa.select(_version.c.id).where(_version.c.report_id == report_id)
    ids = connection.execute(versions).scalars().all()
    if not ids:
        raise NotFoundError(f"no report has the id {report_id[:40]!r}; 'tracker why' shows ids.")
    mine = sa.select(_capture.c.sha256).where(_capture.c.version_id.in_(versions)).distinct()
    others = (
        sa.select(_version.c.report_id)
        .join(_capture, _capture.c.version_id == _version.c.id)
        .where(_capture.c.sha256.in_(mine), _version.c.report_id != report_id)
        .distinct()
    )
    claims = sa.select(_claim.c.id).where(_claim.c.report_id == report_id).distinct()
    return Held(
        hashes=tuple(sorted(connection.execute(mine).scalars())),
        shared_with=tuple(sorted(connection.execute(others).scalars())),
        versions=len(ids),
        claims=len(connection.execute(claims).all()),
    )


def forget_report(connection: Connection, report_id: str, reason: str, at: datetime) -> Held:
    """Erase the words of a report from all tables, and note that it was forgotten.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    report_id : str
        The report.
    reason : str
        Why, in words.
    at : datetime
        When this is recorded, aware UTC.

    Returns
    -------
    Held
        What was erased. The bytes are noted only; whoever holds the archive erases them.

    Raises
    ------
    NotFoundError
        Where there is no such report.
    InvalidValueError
        Where no reason is given.
    """
    if not reason.strip():
        raise InvalidValueError("forgetting a report needs a reason; it is kept.")
    held = held_of(connection, report_id)
    if report_id in read_forgotten(connection):
        return held
    traces = _traces(connection, report_id)
    rows = connection.execute(
        sa.select(_claim.c.id, sa.func.min(_claim.c.known_at).label("known_at"))
        .where(_claim.c.report_id == report_id)
        .group_by(_claim.c.id)
    )
    first_known = {row["id"]: row["known_at"] for row in rows.mappings()}
    _erase_texts(connection, report_id)
    _erase_claims(connection, report_id)
    _erase_derived(connection, sorted(first_known))
    _erase_traces(connection, traces)
    insert_standings(
        connection,
        (
            Standing(claim_id=name, holds=False, cause=Cause.FORGOTTEN, known_at=known_at)
            for name, known_at in first_known.items()
        ),
        at,
    )
    forget_bytes(connection, held.hashes, at)
    row = {"report_id": report_id, "reason": reason.strip(), "recorded_at": at}
    insert_rows(connection, _forgotten, [row])
    return held


def _erase_texts(connection: Connection, report_id: str) -> None:
    of_report = _version.c.report_id == report_id
    for row in connection.execute(sa.select(_version).where(of_report)).mappings().all():
        connection.execute(
            sa.update(_version)
            .where(_version.c.fid == row["fid"])
            # A text is never empty here, so that its row tells that it was erased.
            .values(title=erased(row["title"]), text=erased(row["text"]) or ERASED)
        )
    signature = _tables["signature"]
    versions = sa.select(_version.c.id).where(of_report)
    connection.execute(
        sa.update(signature).where(signature.c.version_id.in_(versions)).values(keys=b"")
    )
    judgement = _tables["judgement"]
    connection.execute(
        sa.update(judgement).where(judgement.c.report_id == report_id).values(reason=ERASED)
    )


def _erase_claims(connection: Connection, report_id: str) -> None:
    of_report = _claim.c.report_id == report_id
    for row in connection.execute(sa.select(_claim).where(of_report)).mappings().all():
        connection.execute(
            sa.update(_claim)
            .where(_claim.c.fid == row["fid"])
            .values(
                **dict.fromkeys(_NAMES_OF_CLAIM),
                quote=erased(row["quote"]),
                via=[],
                places=[[role, erased(text), start] for role, text, start in row["places"]],
                equipment=[[unit, erased(text)] for unit, text in row["equipment"]],
            )
        )
    fids = sa.select(_claim.c.fid).where(of_report)
    connection.execute(
        sa.update(_place)
        .where(_place.c.claim_fid.in_(fids))
        .values(**dict.fromkeys(_NAMES_OF_PLACE), text=ERASED, alternatives=[])
    )
    connection.execute(
        sa.update(_place)
        .where(_place.c.claim_fid.in_(fids), _place.c.reason.is_not(None))
        .values(reason=ERASED)
    )


def _erase_derived(connection: Connection, claims: Sequence[str]) -> None:
    leg, leg_claim = _tables["movement_leg"], _tables["leg_claim"]
    # A leg takes its words from its first claim.
    first = sa.select(leg_claim.c.leg_fid).where(
        leg_claim.c.position == 0, leg_claim.c.claim_id.in_(claims)
    )
    connection.execute(
        sa.update(leg)
        .where(leg.c.fid.in_(first))
        .values(
            origin=ERASED,
            destination=ERASED,
            formation=None,
            measure_text=None,
            relative_to=None,
            window_text=None,
        )
    )
    for name in ("echo", "grade"):
        table = _tables[name]
        connection.execute(
            sa.update(table).where(table.c.claim_id.in_(claims)).values(reason=ERASED)
        )


def _traces(connection: Connection, report_id: str) -> set[str]:
    # Sentences by which the report is found again in messages that were written from it.
    said = connection.execute(
        sa.select(_version.c.title, _version.c.text).where(_version.c.report_id == report_id)
    )
    texts = [part for row in said for part in row]
    texts += connection.execute(
        sa.select(_claim.c.quote).where(_claim.c.report_id == report_id)
    ).scalars()
    sentences = (" ".join(part.split()) for text in texts for part in _sentences(text))
    return {sentence for sentence in sentences if len(sentence) >= _SHORTEST_TRACE}


def _sentences(text: str) -> Iterator[str]:
    yield text
    for line in text.splitlines():
        yield from line.split(". ")


def _erase_traces(connection: Connection, traces: Collection[str]) -> None:
    for name, column in (("alert", "message"), ("run", "message"), ("outbox", "body")):
        table = _tables[name]
        for fid, said in connection.execute(sa.select(table.c.fid, table.c[column])).all():
            words = " ".join(" ".join(_strings(said)).split())
            if not any(trace in words for trace in traces):
                continue
            row = table.c.fid == fid
            if name == "outbox":  # a message without its words is not to be sent
                connection.execute(sa.delete(table).where(row))
            else:
                connection.execute(sa.update(table).where(row).values({column: ERASED}))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
