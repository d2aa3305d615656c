"""Reports and judgements read back as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.errors import NotFoundError
from tracker.evidence.judgement import Judgement
from tracker.reports.report import Capture, Version
from tracker.store.filed import FiledReport
from tracker.store.intake import batches
from tracker.store.report_rows import capture_of, judgement_of, report_of, version_of
from tracker.store.search import Term, found, terms_of
from tracker.store.selection import known_before
from tracker.store.tables import metadata

_report = metadata.tables["report"]
_version = metadata.tables["version"]
_capture = metadata.tables["capture"]
_judgement = metadata.tables["judgement"]


def read_reports(
    connection: Connection,
    *,
    search: str | None = None,
    as_of: date | None = None,
    source: str | None = None,
    limit: int | None = None,
) -> list[FiledReport]:
    """Read reports with their versions and captures.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    search : str, optional
        Words that one wording must hold.
    as_of : date, optional
        Only wordings that were known by the end of this UTC day.
    source : str, optional
        Only reports of this source.
    limit : int, optional
        At most so many.

    Returns
    -------
    list of FiledReport
        The best match first, or without `search` the first published one.
    """
    versions = sa.select(_version.c.report_id)
    order: sa.ColumnElement[object] = sa.func.min(_version.c.published_at)
    if search is not None:
        hits = found(connection, terms_of(search)).subquery()
        versions = versions.join(hits, hits.c.fid == _version.c.fid)
        order = sa.func.min(hits.c.rank)
    if as_of is not None:
        versions = versions.where(_version.c.known_at < known_before(as_of))
    if source is not None:
        versions = versions.join(_report, _report.c.id == _version.c.report_id)
        versions = versions.where(_report.c.source == source)
    versions = versions.group_by(_version.c.report_id).order_by(order, _version.c.report_id)
    ids = connection.execute(versions.limit(limit)).scalars().all()
    return _filed(connection, ids, as_of)


def filed_report(connection: Connection, report_id: str) -> FiledReport:
    """Read one report.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    report_id : str
        Its id.

    Returns
    -------
    FiledReport
        The report with all versions and captures.

    Raises
    ------
    NotFoundError
        Where no report has it.
    """
    found = _filed(connection, [report_id], None)
    if not found:
        raise NotFoundError(f"no report has the id {report_id[:40]!r}.")
    return found[0]


def find_reports(
    connection: Connection, *, ids: Sequence[str] = (), addresses: Sequence[str] = ()
) -> list[FiledReport]:
    """Find reports by what identifies them.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    ids : sequence of str
        Ids.
    addresses : sequence of str
        Addresses where readers find them.

    Returns
    -------
    list of FiledReport
        Reports with one of the ids or addresses, the first recorded one first.
    """
    tests = [
        column.in_(names)
        for column, names in ((_report.c.id, ids), (_report.c.address, addresses))
        if names
    ]
    if not tests:
        return []
    found = connection.execute(
        sa.select(_report.c.id).where(sa.or_(*tests)).order_by(_report.c.fid)
    )
    return _filed(connection, found.scalars().all(), None)


def reports_with_any(
    connection: Connection, phrases: Sequence[str], *, nameless: bool, limit: int
) -> list[FiledReport]:
    """Find reports of which a wording holds one of several phrases.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    phrases : sequence of str
        Words in a row, letters and digits with single spaces.
    nameless : bool
        Only reports that have no address.
    limit : int
        At most so many reports.

    Returns
    -------
    list of FiledReport
        By id.
    """
    hits = found(connection, *([Term(text=phrase)] for phrase in phrases)).subquery()
    is_hit = _version.c.fid.in_(sa.select(hits.c.fid))
    ids = sa.select(_version.c.report_id).distinct().where(is_hit)
    if nameless:
        ids = ids.join(_report, _report.c.id == _version.c.report_id)
        ids = ids.where(_report.c.address.is_(None))
    ids = ids.order_by(_version.c.report_id).limit(limit)
    return _filed(connection, connection.execute(ids).scalars().all(), None)


def read_captures(connection: Connection, hashes: Sequence[str]) -> list[Capture]:
    """Read the captures that gave some bytes.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    hashes : sequence of str
        Hashes of the bytes.

    Returns
    -------
    list of Capture
        In the order in which they were recorded.
    """
    select = sa.select(_capture).where(_capture.c.sha256.in_(hashes)).order_by(_capture.c.fid)
    return [capture_of(row) for row in connection.execute(select).mappings()]


def all_captures(connection: Connection) -> list[Capture]:
    """Read every capture.

    Parameters
    ----------
    connection : Connection
        Connection to the database.

    Returns
    -------
    list of Capture
        In the order of their chain.
    """
    rows = connection.execute(sa.select(_capture).order_by(_capture.c.fid)).mappings()
    return [capture_of(row) for row in rows]


def report_ids(connection: Connection) -> list[str]:
    """List the reports.

    Parameters
    ----------
    connection : Connection
        Connection to the database.

    Returns
    -------
    list of str
        Ids, in the order in which they came in.
    """
    return list(connection.execute(sa.select(_report.c.id).order_by(_report.c.fid)).scalars())


def last_hashes(connection: Connection, addresses: Collection[str]) -> dict[str, str]:
    """Read which bytes were captured last under some addresses or names.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    addresses : collection of str
        Addresses, or names of files.

    Returns
    -------
    dict
        SHA-256 by address.
    """
    found: dict[str, str] = {}
    for batch in batches(sorted(addresses)):
        select = sa.select(_capture.c.address, _capture.c.sha256)
        rows = connection.execute(
            select.where(_capture.c.address.in_(batch)).order_by(_capture.c.fid)
        )
        found.update({address: sha256 for address, sha256 in rows})  # noqa: C416 - rows are no pairs to mypy
    return found


def _filed(connection: Connection, ids: Sequence[str], as_of: date | None) -> list[FiledReport]:
    filed = []
    for batch in batches(ids):
        reports = {
            row["id"]: report_of(row)
            for row in connection.execute(
                sa.select(_report).where(_report.c.id.in_(batch))
            ).mappings()
        }
        versions = _versions(connection, batch, as_of)
        captures = _captures(connection, [v.id for held in versions.values() for v in held])
        filed += [
            FiledReport(
                report=reports[name],
                versions=tuple(versions[name]),
                captures=tuple(c for version in versions[name] for c in captures[version.id]),
            )
            for name in batch
            if name in reports
        ]
    return filed


def _versions(
    connection: Connection, report_ids: Sequence[str], as_of: date | None
) -> dict[str, list[Version]]:
    select = sa.select(_version).where(_version.c.report_id.in_(report_ids))
    if as_of is not None:
        select = select.where(_version.c.known_at < known_before(as_of))
    versions: dict[str, list[Version]] = defaultdict(list)
    ordered = select.order_by(_version.c.known_at, _version.c.fid)
    for row in connection.execute(ordered).mappings():
        versions[row["report_id"]].append(version_of(row))
    return versions


def _captures(connection: Connection, version_ids: Sequence[str]) -> dict[str, list[Capture]]:
    select = sa.select(_capture).where(_capture.c.version_id.in_(version_ids))
    captures: dict[str, list[Capture]] = defaultdict(list)
    for row in connection.execute(select.order_by(_capture.c.fid)).mappings():
        captures[row["version_id"]].append(capture_of(row))
    return captures


def read_judgements(
    connection: Connection,
    *,
    report_id: str | None = None,
    as_of: date | None = None,
    as_recorded: datetime | None = None,
) -> list[Judgement]:
    """Read what people decided.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    report_id : str, optional
        Only judgements of this report.
    as_of : date, optional
        Only those that were made by the end of this UTC day.
    as_recorded : datetime, optional
        Only those that were recorded by this instant.

    Returns
    -------
    list of Judgement
        All of them, in the order in which they were recorded; the last one of a span and field
        holds.
    """
    select = sa.select(_judgement).order_by(_judgement.c.fid)
    if report_id is not None:
        select = select.where(_judgement.c.report_id == report_id)
    if as_of is not None:
        select = select.where(_judgement.c.judged_at < known_before(as_of))
    if as_recorded is not None:
        select = select.where(_judgement.c.recorded_at <= as_recorded)
    return [judgement_of(row) for row in connection.execute(select).mappings()]
