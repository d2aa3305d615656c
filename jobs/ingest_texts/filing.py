"""Documents into the store: report, wording, capture and claims of one, or of many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from jobs.documents import Channel, Document, Origin, read_document
from jobs.ingest_texts.ahead import Extract, VersionClaims, claims_of, is_read
from jobs.ingest_texts.captures import capture_of, proves_nothing
from jobs.ingest_texts.identity import (
    SHORTEST_SHARE,
    Known,
    channel_of,
    find_report,
    ids_of,
    new_report,
)
from jobs.ingest_texts.lookup import Lookup
from jobs.ingest_texts.result import TextsIngested
from jobs.ingest_texts.revision import Revision, compare
from jobs.ingest_texts.wording import (
    Novelty,
    Wording,
    first_wording,
    last_capture,
    next_wording,
)
from tracker.claims.claim import Claim
from tracker.errors import InvalidValueError, TrackerError, UnreadableInputError
from tracker.movements.legs import legs_of_all
from tracker.placing import PlacedClaim
from tracker.reports.archive import Archive
from tracker.reports.report import Capture, Report, Version
from tracker.store.filed import FiledReport
from tracker.store.repository import Repository
from tracker.store.standing import Cause, Standing

_MOST_AHEAD = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class _New:
    """A report that nothing was known of, ready to be stored."""

    name: str
    document: Document
    filed: FiledReport
    said: VersionClaims


@dataclass(kw_only=True, slots=True)
class _Gathered:
    """New reports that are stored together, and what tells a later document that it is of one."""

    known: Known
    reports: list[_New] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    has_nameless: bool = False


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
        self._gathered: _Gathered | None = None
        self._stored = TextsIngested()
        self._forgotten = frozenset(repository.forgotten())

    def read_before(self, hashes: Sequence[str]) -> set[str]:
        """Tell which bytes were read as a text or a page already.

        Parameters
        ----------
        hashes : sequence of str
            Their hashes.

        Returns
        -------
        set of str
            Without those of a feed, of which a killed run may have read only the first entries,
            and without those that other bytes of the same name took the place of since.
        """
        whole = {Channel.TEXT, Channel.PAGE}
        captures = [
            capture
            for capture in self._repository.captures(*hashes)
            if channel_of(capture) in whole
        ]
        files = {capture.address for capture in captures if capture.status is None}
        newest = self._repository.last_hashes(files)
        return {
            capture.sha256
            for capture in captures
            if newest.get(capture.address, capture.sha256) == capture.sha256
        }

    @contextmanager
    def gathering(self, documents: Sequence[tuple[Document, datetime | None]]) -> Iterator[None]:
        """Store the new reports among some documents in one transaction, at the end of the block.

        Parameters
        ----------
        documents : sequence of (Document, datetime or None)
            The documents that are filed in the block, with their stated publication.

        Yields
        ------
        None
            What the block stored is told by `stored`.
        """
        self._gathered = _Gathered(known=Lookup(self._repository, documents))
        try:
            yield
            self._store_gathered()
        finally:
            self._gathered = None

    def stored(self) -> TextsIngested:
        """Tell what gathered reports added since this was asked last.

        Returns
        -------
        TextsIngested
            Counts and refusals.
        """
        told, self._stored = self._stored, TextsIngested()
        return told

    def file(
        self,
        document: Document,
        sha256: str,
        origin: Origin,
        ahead: VersionClaims | None = None,
    ) -> TextsIngested:
        """File one document.

        Parameters
        ----------
        document : Document
            The document.
        sha256 : str
            Hash of the archived bytes that it was read from.
        origin : Origin
            Where they came from.
        ahead : VersionClaims, optional
            Its claims where its report is new, if they were read already.

        Returns
        -------
        TextsIngested
            What it added; nothing where the same bytes gave the same wording before, or where it
            is gathered with others.

        Raises
        ------
        UnreadableInputError
            Where nobody says when it was published, or it is dated in the future.
        """
        stated = document.published_at or self._published
        filed = find_report(self._known(document, stated), document, stated)
        if filed is not None and filed.report.id in self._forgotten:
            self.erase_again(sha256)
            return TextsIngested(repeats=1)
        published = stated or (filed.versions[-1].published_at if filed else None)
        if published is None:
            raise UnreadableInputError(
                "it does not say when it was published; give --published with its --file "
                "or --url, or begin a text with 'Published: 2022-01-13' and a blank line."
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
        capture = capture_of(wording.version.id, document.channel, sha256, origin)
        is_back = wording.novelty is Novelty.RETURN
        if filed and not is_back and proves_nothing(filed, capture, document.channel):
            return TextsIngested(repeats=1)
        if filed is None:
            if ahead is None or ahead.version != wording.version:
                ahead = claims_of(wording.version, document.language, self._extract)
            whole = FiledReport(report=report, versions=(wording.version,), captures=(capture,))
            return self._add(_New(name=origin.name, document=document, filed=whole, said=ahead))
        return self._revise(filed, wording, capture, document)

    def _known(self, document: Document, stated: datetime | None) -> Known:
        # A document that may be of a report gathered just now has to find it in the database.
        gathered = self._gathered
        if gathered is None:
            return self._repository
        names = {*ids_of(document, stated), document.address}
        if names & gathered.names or gathered.has_nameless or document.address is None:
            self._store_gathered()
            return self._repository
        return gathered.known

    def _add(self, new: _New) -> TextsIngested:
        gathered = self._gathered
        if gathered is None:
            return self._store([new])
        gathered.reports.append(new)
        report = new.filed.report
        gathered.names |= {report.id} | ({report.address} if report.address else set())
        if report.address is None:
            # It is told by its words alone, and those are looked for in the database.
            gathered.has_nameless = True
        return TextsIngested()

    def _store_gathered(self) -> None:
        assert self._gathered is not None
        reports, self._gathered.reports = self._gathered.reports, []
        if not reports:
            return
        try:
            self._stored += self._store(reports)
        except InvalidValueError:
            for new in reports:  # one by one, so that the good ones are not lost beside a bad one
                try:
                    self._stored += self._store([new])
                except InvalidValueError as error:
                    self._stored += TextsIngested(rejected=(f"{new.name}: {error}",))

    def _store(self, reports: Sequence[_New]) -> TextsIngested:
        claims = [claim for new in reports for claim in new.said.claims]
        placed = [place for new in reports for place in new.said.placed]
        with self._repository.transaction():
            self._repository.add_reports([new.filed for new in reports])
            self._repository.add_claims(claims, placed)
            self._repository.add_legs(legs_of_all(claims, placed))
        return TextsIngested(
            reports=len(reports),
            wordings=len(reports),
            captures=len(reports),
            claims=len(claims),
            notes=_unread(new.document for new in reports),
        )

    def _revise(
        self, filed: FiledReport, wording: Wording, capture: Capture, document: Document
    ) -> TextsIngested:
        report = filed.report
        is_new = wording.novelty in {Novelty.EDIT, Novelty.FULLER}
        claims, placed, standings = self._changes(wording, document, capture.captured_at)
        with self._repository.transaction():
            self._repository.add_reports(
                [FiledReport(report=report, versions=(wording.version,), captures=(capture,))]
            )
            if document.address is not None and report.address is None:
                self._repository.fill_report(_completed(report, document))
            self._repository.add_claims(claims, placed)
            self._repository.add_standings(standings)
            self._repository.add_legs(legs_of_all(claims, placed))
        return TextsIngested(
            wordings=int(is_new),
            captures=1,
            claims=len(claims),
            edits=int(wording.novelty in {Novelty.EDIT, Novelty.RETURN}),
            repeats=int(wording.novelty is Novelty.REPEAT),
            notes=_unread([document]),
        )

    def _changes(
        self, wording: Wording, document: Document, captured_at: datetime
    ) -> tuple[list[Claim], list[PlacedClaim], list[Standing]]:
        # What another wording adds, and which claims it takes out or brings back.
        version, novelty = wording.version, wording.novelty
        if novelty is Novelty.REPEAT:
            return [], [], []
        said = claims_of(version, document.language, self._extract)
        known = self._repository.claims(
            report_id=version.report_id, corrected=True, rejected=True, withdrawn=True
        )
        revision = compare(said.claims, known)
        ids = {claim.id for claim in revision.fresh}
        placed = [place for place in said.placed if place.claim_id in ids]
        if novelty is Novelty.FULLER or not self._shows_all(version, document):
            return revision.fresh, placed, []
        at = max(version.known_at, captured_at)
        return revision.fresh, placed, self._standings(version.report_id, known, revision, at)

    def _standings(
        self, report_id: str, known: Sequence[Claim], revision: Revision, at: datetime
    ) -> list[Standing]:
        held = self._repository.standings(report_id)
        gone, standings = set(revision.gone), []
        for claim in known:
            stands = Standing(claim_id=claim.id, holds=True, cause=Cause.EDIT, known_at=at)
            before = held.get(claim.id, stands)
            # What another extractor or a person took away does not come back with its sentence.
            if before.cause is Cause.EDIT and before.holds == (claim.id in gone):
                standings.append(replace(before, holds=not before.holds, known_at=at))
        return standings

    def _shows_all(self, version: Version, document: Document) -> bool:
        # A summary, or a page of which most is missing, does not show what was taken out.
        if document.channel is Channel.POST:
            return True
        if document.channel is Channel.ENTRY or not is_read(document.language):
            return False
        others = self._repository.find_reports(ids=[version.report_id])[0].versions
        longest = max((len(one.text) for one in others if one.id != version.id), default=0)
        return len(document.text) >= SHORTEST_SHARE * longest

    def is_forgotten(self, report_id: str) -> bool:
        """Tell whether a report was forgotten before this run.

        Parameters
        ----------
        report_id : str
            The report.

        Returns
        -------
        bool
            Whether it was.
        """
        return report_id in self._forgotten

    def erase_again(self, sha256: str) -> None:
        """Erase bytes of a source that still shows a forgotten report.

        Parameters
        ----------
        sha256 : str
            Their hash, which is kept.
        """
        self._repository.forget_bytes([sha256])
        self.archive.erase(sha256)

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


def _unread(documents: Iterable[Document]) -> tuple[str, ...]:
    return tuple(
        f"{document.address or repr(document.title[:60])} is in the language "
        f"{document.language!r}, in which no claims are read."
        for document in documents
        if not is_read(document.language)
    )


def _completed(report: Report, document: Document) -> Report:
    return Report(
        source=report.source,
        own_id=report.own_id,
        address=document.address,
        language=document.language,
    )
