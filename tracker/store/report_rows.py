"""Reports, versions, captures and judgements as rows, and rows as values."""

from __future__ import annotations

from tracker.evidence.judgement import Judgement
from tracker.reports.report import ERASED, Capture, Report, Version
from tracker.store.value_rows import Read, Row
from tracker.vocabulary import Outcome


def report_row(report: Report) -> Row:
    """Write a report as a row.

    Parameters
    ----------
    report : Report
        The report.

    Returns
    -------
    dict
        Columns of `report` without `recorded_at`.
    """
    return {
        "id": report.id,
        "source": report.source,
        "own_id": report.own_id,
        "address": report.address,
        "language": report.language,
    }


def report_of(row: Read) -> Report:
    """Read a report from its row.

    Parameters
    ----------
    row : Mapping
        A row of `report`.

    Returns
    -------
    Report
        The report.
    """
    return Report(
        source=row["source"],
        own_id=row["own_id"],
        address=row["address"],
        language=row["language"],
    )


def version_row(version: Version) -> Row:
    """Write a version as a row.

    Parameters
    ----------
    version : Version
        The version.

    Returns
    -------
    dict
        Columns of `version` without `recorded_at`.
    """
    return {
        "id": version.id,
        "report_id": version.report_id,
        "title": version.title,
        "text": version.text,
        "published_at": version.published_at,
        "known_at": version.known_at,
    }


def version_of(row: Read) -> Version:
    """Read a version from its row.

    Parameters
    ----------
    row : Mapping
        A row of `version`.

    Returns
    -------
    Version
        The version.
    """
    return Version(
        report_id=row["report_id"],
        title=row["title"],
        text=row["text"],
        published_at=row["published_at"],
        known_at=row["known_at"],
        kept_id=row["id"] if row["text"].startswith(ERASED) else "",
    )


def capture_row(capture: Capture) -> Row:
    """Write a capture as a row.

    Parameters
    ----------
    capture : Capture
        The capture.

    Returns
    -------
    dict
        Columns of `capture` without `chain` and `recorded_at`.
    """
    return {
        "version_id": capture.version_id,
        "sha256": capture.sha256,
        "address": capture.address,
        "captured_at": capture.captured_at,
        "status": capture.status,
        "headers": dict(capture.headers),
    }


def capture_of(row: Read) -> Capture:
    """Read a capture from its row.

    Parameters
    ----------
    row : Mapping
        A row of `capture`.

    Returns
    -------
    Capture
        The capture.
    """
    return Capture(
        version_id=row["version_id"],
        sha256=row["sha256"],
        address=row["address"],
        captured_at=row["captured_at"],
        status=row["status"],
        headers=row["headers"],
    )


def judgement_row(judgement: Judgement) -> Row:
    """Write a judgement as a row.

    Parameters
    ----------
    judgement : Judgement
        The judgement.

    Returns
    -------
    dict
        Columns of `judgement` without `recorded_at`.
    """
    return {
        "id": judgement.id,
        "report_id": judgement.report_id,
        "quote_start": judgement.start,
        "quote_end": judgement.end,
        "field": judgement.field,
        "outcome": str(judgement.outcome),
        "value": judgement.value,
        "reason": judgement.reason,
        "judged_by": judgement.judged_by,
        "judged_at": judgement.judged_at,
        "claim_id": judgement.claim_id,
    }


def judgement_of(row: Read) -> Judgement:
    """Read a judgement from its row.

    Parameters
    ----------
    row : Mapping
        A row of `judgement`.

    Returns
    -------
    Judgement
        The judgement.
    """
    return Judgement(
        report_id=row["report_id"],
        start=row["quote_start"],
        end=row["quote_end"],
        field=row["field"],
        outcome=Outcome(row["outcome"]),
        value=row["value"],
        reason=row["reason"],
        judged_by=row["judged_by"],
        judged_at=row["judged_at"],
        claim_id=row["claim_id"],
        kept_id=row["id"] if row["reason"].startswith(ERASED) else "",
    )
