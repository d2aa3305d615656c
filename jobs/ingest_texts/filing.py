"""One document into the store: report, wording, capture and claims in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from jobs.documents import Channel, Document, read_document
from jobs.ingest_texts.identity import FORM, GONE, channel_of, find_report, new_report
from jobs.ingest_texts.result import TextsIngested
from jobs.ingest_texts.revision import revise
from jobs.ingest_texts.wording import (
    Novelty,
    Wording,
    first_wording,
    last_capture,
    next_wording,
)
from tracker.claims.claim import Claim
from tracker.errors import TrackerError, UnreadableInputError
from tracker.extraction.languages import language_of
from tracker.movements.legs import legs_of_all
from tracker.placing import PlacedClaim
from tracker.reports.archive import Archive
from tracker.reports.report import Capture, Report
from tracker.store.filed import FiledReport
from tracker.store.repository import Repository

Extract = Callable[..., tuple[list[Claim], list[PlacedClaim]]]
"""`extract(text, report_id=, version_id=, published=, known_at=, lang=)` as of the claims."""

READ_LANGUAGES = frozenset({"en", "ru", "uk"})
"""Languages in which claims are read; reports in others are kept as words."""

_MOST_AHEAD = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where bytes came from.

    Parameters
    ----------
    name : str
        What to call them: a path below the folder that was named, or an address.
    captured_at : datetime
        When, aware UTC.
    address : str or None
        Address that they were fetched from; None for a file.
    status : int or None
        HTTP status of a fetch.
    headers : Mapping of str to str
        Headers of a fetch, names in lower case.
    """

    name: str
    captured_at: datetime
    address: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Filing:
    """File documents into a workspace.

    Parameters
    ----------
    repository : Repository
        The open database.
    archive : Archive
        The archive of raw bytes, open to all.
    extract : Callable
        Reads the claims of a text.
    published : datetime or None
        Publication of documents that state none, aware UTC.
    """

    def __init__(
        self,
        repository: Repository,
        archive: Archive,
        extract: Extract,
        published: datetime | None,
    ) -> None:
        self._repository = repository
        self.archive = archive
        self._extract = extract
        self._published = published
        self._read_before: tuple[str, tuple[Document, ...]] | None = None

    def was_read(self, sha256: str) -> bool:
        """Tell whether bytes were read as a text or a page already.

        Parameters
        ----------
        sha256 : str
            Their hash.

        Returns
        -------
        bool
            False for a feed, of which a killed run may have read only the first entries.
        """
        whole = {Channel.TEXT, Channel.PAGE}
        return any(channel_of(capture) in whole for capture in self._repository.captures(sha256))

    def file(self, document: Document, sha256: str, origin: Origin) -> TextsIngested:
        """File one document.

        Parameters
        ----------
        document : Document
            The document.
        sha256 : str
            Hash of the archived bytes that it was read from.
        origin : Origin
            Where they came from.

        Returns
        -------
        TextsIngested
            What it added; nothing where the same bytes gave the same wording before.

        Raises
        ------
        UnreadableInputError
            Where nobody says when it was published, or it is dated in the future.
        """
        stated = document.published_at or self._published
        filed = find_report(self._repository, document, stated)
        published = stated or (filed.versions[-1].published_at if filed else None)
        if published is None:
            raise UnreadableInputError(
                "it does not say when it was published; give --published, "
                "or a line 'Published: 2022-01-13' with a blank line after it."
            )
        if published - origin.captured_at > _MOST_AHEAD:
            raise UnreadableInputError(f"it is dated in the future ({published:%Y-%m-%d}).")
        if filed is None:
            report = new_report(document, published)
            wording = first_wording(report.id, document, published)
        else:
            report = filed.report
            last = self._last_document(filed, document)
            wording = next_wording(filed, document, last, origin.captured_at)
        capture = _capture(wording, document.channel, sha256, origin)
        if filed is not None and _proves_nothing(filed, capture, document.channel, origin):
            return TextsIngested(repeats=1)
        return self._store(report, wording, capture, document, filed)

    def _store(
        self,
        report: Report,
        wording: Wording,
        capture: Capture,
        document: Document,
        filed: FiledReport | None,
    ) -> TextsIngested:
        is_new = wording.novelty is not Novelty.REPEAT
        claims, placed = self._claims(wording, document, filed) if is_new else ([], [])
        with self._repository.transaction():
            self._repository.add_reports(
                [FiledReport(report=report, versions=(wording.version,), captures=(capture,))]
            )
            if filed is not None and document.address is not None and report.address is None:
                self._repository.fill_report(_completed(report, document))
            self._repository.add_claims(claims, placed)
            self._repository.add_legs(legs_of_all(claims, placed))
        return TextsIngested(
            reports=int(filed is None),
            wordings=int(is_new),
            captures=1,
            claims=len(claims),
            edits=int(wording.novelty is Novelty.EDIT),
            repeats=int(not is_new),
            notes=() if _is_read(document.language) else (_unread(document),),
        )

    def _claims(
        self, wording: Wording, document: Document, filed: FiledReport | None
    ) -> tuple[list[Claim], list[PlacedClaim]]:
        version = wording.version
        if not _is_read(document.language):
            return [], []
        claims, placed = self._extract(
            version.text,
            report_id=version.report_id,
            version_id=version.id,
            published=version.published_at,
            known_at=version.known_at,
            lang=_reading_language(document),
        )
        if filed is None:
            return claims, placed
        known = self._repository.claims(report_id=version.report_id, corrected=True, rejected=True)
        fresh = revise(claims, known)
        ids = {claim.id for claim in fresh}
        return fresh, [place for place in placed if place.claim_id in ids]

    def _last_document(self, filed: FiledReport, document: Document) -> Document | None:
        # read again from the archive: what a channel gave last time is not a row of its own
        capture = last_capture(filed, document.channel)
        if capture is None or document.channel is Channel.POST:  # a post's version is the post
            return None
        if self._read_before is None or self._read_before[0] != capture.sha256:
            try:
                reading = read_document(
                    self.archive.read(capture.sha256),
                    name=capture.address,
                    address=capture.address if capture.status is not None else None,
                    content_type=capture.headers.get("content-type"),
                )
            except TrackerError:
                return None
            self._read_before = (capture.sha256, reading.documents)
        documents = self._read_before[1]
        same = [other for other in documents if other.own_id == document.own_id]
        return same[0] if same else documents[0] if len(documents) == 1 else None


def _is_read(language: str | None) -> bool:
    return language is None or language in READ_LANGUAGES


def _unread(document: Document) -> str:
    what = document.address or f"'{document.title[:60]}'"
    return f"{what} is in the language {document.language!r}, in which no claims are read."


def _reading_language(document: Document) -> str:
    # The letters are right where a page's template declares another alphabet's language.
    by_letters = language_of(document.text)
    declared = document.language
    same_alphabet = (declared == "en") == (by_letters == "en")
    return declared if declared is not None and same_alphabet else by_letters


def _capture(wording: Wording, channel: Channel, sha256: str, origin: Origin) -> Capture:
    return Capture(
        version_id=wording.version.id,
        sha256=sha256,
        address=origin.address or origin.name,
        captured_at=origin.captured_at,
        status=origin.status,
        headers={**origin.headers, FORM: str(channel)},
    )


def _proves_nothing(filed: FiledReport, capture: Capture, channel: Channel, origin: Origin) -> bool:
    # A page that is fetched again proves that it still says so; a file on the disk, or an entry
    # or a post that stayed in its list, proves nothing new.
    held = [kept for kept in filed.captures if kept.version_id == capture.version_id]
    if channel is Channel.POST:
        return bool(held) and channel_of(held[-1]) == channel and GONE not in held[-1].headers
    if channel is Channel.ENTRY:
        return any(kept.address == capture.address and channel_of(kept) == channel for kept in held)
    return origin.address is None and any(kept.sha256 == capture.sha256 for kept in held)


def _completed(report: Report, document: Document) -> Report:
    return Report(
        source=report.source,
        own_id=report.own_id,
        address=document.address,
        language=document.language,
    )
