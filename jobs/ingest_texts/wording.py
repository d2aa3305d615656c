"""Which wording of a report a document is: one that is known, an edit, or a fuller one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jobs.documents import Channel, Document
from jobs.documents.words import fingerprint, numbers_agree, overlap_share
from jobs.ingest_texts.identity import SAME_SHARE, SHORTEST_SHARE, channel_of, is_excerpt
from tracker.reports.report import Capture, Version
from tracker.store.filed import FiledReport


class Novelty(StrEnum):
    """What a document adds to what is known of its report."""

    FIRST = "first"
    REPEAT = "repeat"
    FULLER = "fuller"
    EDIT = "edit"
    RETURN = "return"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """The version that a document gives.

    Parameters
    ----------
    version : Version
        Known or new.
    novelty : Novelty
        Whether it is new, and why.
    """

    version: Version
    novelty: Novelty


def last_capture(filed: FiledReport, channel: Channel) -> Capture | None:
    """Find what a channel gave last.

    Parameters
    ----------
    filed : FiledReport
        The report.
    channel : Channel
        The channel.

    Returns
    -------
    Capture or None
        The latest capture of any version through it.
    """
    captures = [capture for capture in filed.captures if channel_of(capture) == channel]
    return max(captures, key=lambda capture: capture.captured_at, default=None)


def first_wording(report_id: str, document: Document, published: datetime) -> Wording:
    """Take a document as the first wording of a report.

    Parameters
    ----------
    report_id : str
        The report.
    document : Document
        The document.
    published : datetime
        When it was published, aware UTC.

    Returns
    -------
    Wording
        A version known since its publication.
    """
    version = _version(report_id, document, published, known_at=published)
    return Wording(version=version, novelty=Novelty.FIRST)


def next_wording(
    filed: FiledReport, document: Document, last: Document | None, at: datetime
) -> Wording:
    """Compare a document with what is known of its report.

    Parameters
    ----------
    filed : FiledReport
        The report with its versions and captures.
    document : Document
        The document.
    last : Document or None
        What the same channel gave last time; None where it gives this report for the first time.
    at : datetime
        When the document was captured, aware UTC.

    Returns
    -------
    Wording
        A known version (its words, or the words of another form of it), the return to one after an
        edit, a fuller one (a page where
        only a feed's summary was known; known since its publication), or an edit (known since its
        capture).
    """
    versions = filed.versions
    holding = versions[-1]
    for version in reversed(versions):
        if fingerprint(f"{version.title}\n{version.text}") == document.wording:
            is_back = _is_back(filed, version, document, last)
            return Wording(version=version, novelty=Novelty.RETURN if is_back else Novelty.REPEAT)
    if last is not None and last.wording == document.wording:
        capture = last_capture(filed, document.channel)
        assert capture is not None
        known = next(version for version in versions if version.id == capture.version_id)
        return Wording(version=known, novelty=Novelty.REPEAT)
    is_edited_post = document.channel is Channel.POST and last_capture(filed, Channel.POST)
    complete = [version for version in versions if not is_excerpt(filed, version)]
    agrees = numbers_agree(document.text, holding.text)
    if document.channel is Channel.ENTRY and complete:
        whole = len(document.text) >= SHORTEST_SHARE * len(complete[-1].text)
        if agrees or not whole:
            return Wording(version=complete[-1], novelty=Novelty.REPEAT)
    published = document.published_at or holding.published_at
    is_whole_text = last is None and not complete and document.channel is not Channel.ENTRY
    if is_whole_text and agrees and not is_edited_post:
        known_at = max(published, holding.known_at)
        fuller = _version(filed.report.id, document, published, known_at=known_at)
        return Wording(version=fuller, novelty=Novelty.FULLER)
    is_other_form = last is None and not is_edited_post
    if is_other_form and agrees and overlap_share(document.text, holding.text) >= SAME_SHARE:
        return Wording(version=holding, novelty=Novelty.REPEAT)
    known_at = max(at, published, holding.known_at)
    edit = _version(filed.report.id, document, published, known_at=known_at)
    return Wording(version=edit, novelty=Novelty.EDIT)


def _is_back(
    filed: FiledReport, version: Version, document: Document, last: Document | None
) -> bool:
    # Whether the same channel gave another wording in between.
    before = last_capture(filed, document.channel)
    if before is None or before.version_id == version.id:
        return False
    if document.channel is Channel.POST:
        return True
    if last is None or last.wording == document.wording:
        return False
    is_summary = document.channel is Channel.ENTRY
    return not is_summary or all(is_excerpt(filed, one) for one in filed.versions)


def _version(
    report_id: str, document: Document, published: datetime, *, known_at: datetime
) -> Version:
    return Version(
        report_id=report_id,
        title=document.title,
        text=document.text,
        published_at=published,
        known_at=known_at,
    )
