"""A report that its source no longer has: one more capture says so, and nothing is taken away."""

from __future__ import annotations

from collections.abc import Sequence

from jobs.connector import Piece
from jobs.ingest_texts.identity import FORM, GONE, channel_of
from tracker.reports.report import Capture, Report
from tracker.store.filed import FiledReport
from tracker.store.repository import Repository


def note_gone(
    repository: Repository, source: str, names: Sequence[str], piece: Piece, sha256: str
) -> int:
    """Note that reports are gone from their source.

    Parameters
    ----------
    repository : Repository
        The open database.
    source : str
        Name of the source.
    names : sequence of str
        Addresses of the reports, or the source's own ids of coded records.
    piece : Piece
        The bytes that should hold them and do not.
    sha256 : str
        Hash of these bytes in the archive.

    Returns
    -------
    int
        How many were noted now. What was said stays said: a deletion takes no claim back.
    """
    noted = 0
    for name in names:
        own = Report(source=source, own_id=name).id
        for filed in repository.find_reports(ids=[own], addresses=[name]):
            if not filed.versions or _is_noted(filed):
                continue
            repository.add_reports([_without(filed, piece, sha256)])
            noted += 1
    return noted


def _is_noted(filed: FiledReport) -> bool:
    return bool(filed.captures) and GONE in filed.captures[-1].headers


def _without(filed: FiledReport, piece: Piece, sha256: str) -> FiledReport:
    forms = [form for capture in filed.captures if (form := channel_of(capture))]
    headers = {**piece.headers, GONE: "yes", **({FORM: forms[-1]} if forms else {})}
    version = filed.versions[-1]
    capture = Capture(
        version_id=version.id,
        sha256=sha256,
        address=piece.address or piece.name,
        captured_at=piece.captured_at,
        status=piece.status,
        headers=headers,
    )
    return FiledReport(report=filed.report, versions=(version,), captures=(capture,))
