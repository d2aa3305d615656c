"""Reports with their versions and captures into rows, captures chained by hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.reports.report import Report
from tracker.store.bulk import insert_rows
from tracker.store.filed import FiledReport
from tracker.store.forgetting import read_forgotten
from tracker.store.intake import Added, insert_new
from tracker.store.report_rows import capture_row, report_row, version_row
from tracker.store.tables import metadata
from tracker.store.value_rows import Read, Row

FIRST_LINK = "0" * 64
"""What the first capture of a database is chained to."""

_IDENTITY = ("version_id", "sha256", "address", "captured_at")


def insert_reports(connection: Connection, filed: Sequence[FiledReport], at: datetime) -> Added:
    """Insert reports, versions and captures that the database does not have.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    filed : sequence of FiledReport
        The reports.
    at : datetime
        When they are recorded, aware UTC.

    Returns
    -------
    Added
        Counts of rows of all three tables; what is said of a forgotten report is left out.
    """
    forgotten = read_forgotten(connection)
    filed = [item for item in filed if item.report.id not in forgotten]
    reports = [report_row(item.report) for item in filed]
    versions = [version_row(version) for item in filed for version in item.versions]
    captures = [capture_row(capture) for item in filed for capture in item.captures]
    new = insert_new(connection, "report", reports, at)
    new += insert_new(connection, "version", versions, at)
    new += _insert_captures(connection, captures, at)
    given = len(reports) + len(versions) + len(captures)
    return Added(new=new, known=given - new)


def fill_report(connection: Connection, report: Report) -> None:
    """Fill in what was learnt about a stored report: its address, its language.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    report : Report
        The report; what the database holds already stays as it is.
    """
    table = metadata.tables["report"]
    for name, value in (("address", report.address), ("language", report.language)):
        if value is not None:
            connection.execute(
                sa.update(table)
                .where(table.c.id == report.id, table.c[name].is_(None))
                .values({name: value})
            )


def _insert_captures(connection: Connection, rows: Sequence[Row], at: datetime) -> int:
    table = metadata.tables["capture"]
    columns = [table.c[name] for name in _IDENTITY]
    hashes = {row["sha256"] for row in rows}
    known = {
        tuple(row)
        for row in connection.execute(sa.select(*columns).where(table.c.sha256.in_(hashes)))
    }
    last = connection.execute(sa.select(table.c.chain).order_by(table.c.fid.desc()).limit(1))
    chain = last.scalar() or FIRST_LINK
    fresh = []
    for row in rows:
        name = tuple(row[column] for column in _IDENTITY)
        if name in known:
            continue
        known.add(name)
        chain = next_link(chain, row)
        fresh.append(row | {"chain": chain, "recorded_at": at})
    if fresh:
        insert_rows(connection, table, fresh)
    return len(fresh)


def next_link(previous: str, row: Read) -> str:
    """Hash a capture together with the one before it.

    Parameters
    ----------
    previous : str
        `chain` of the row before, or `FIRST_LINK`.
    row : Mapping
        A row of `capture`.

    Returns
    -------
    str
        64 hex digits.
    """
    said = [
        previous,
        row["version_id"],
        row["sha256"],
        row["address"],
        row["captured_at"].isoformat(),
        row["status"],
        sorted(row["headers"].items()),
    ]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def broken_links(rows: Iterable[Read]) -> list[int]:
    """Find the captures that were changed, or before which one was taken out.

    Parameters
    ----------
    rows : iterable of Mapping
        All rows of `capture`, in order of `fid`.

    Returns
    -------
    list of int
        `fid` of each row whose chain does not follow from the row before.
    """
    previous = FIRST_LINK
    broken = []
    for row in rows:
        if row["chain"] != next_link(previous, row):
            broken.append(row["fid"])
        previous = row["chain"]
    return broken
