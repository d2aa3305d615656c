"""Read sources into a workspace: what one of them fails at stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from jobs.connector import Delivery, Piece, Reach, Source
from jobs.documents import Document
from jobs.errors import FetchError, SourceError
from jobs.fetch import Fetcher, open_fetcher
from jobs.ingest import Ingested
from jobs.ingest_texts import TextsIngested
from jobs.ingest_texts.filing import Filing
from jobs.reading.texts import text_reader
from jobs.settings.sources import FetchSettings
from jobs.sources.catalogue import load_connector
from jobs.sources.deletions import note_gone
from jobs.sources.result import SourceReading
from jobs.sources.rows import read_rows, store_rows
from tracker.claimants import Claimants, read_claimants
from tracker.errors import InvalidValueError, UnreadableInputError
from tracker.place_index import PlaceIndex, seed_place_index
from tracker.reports.archive import Archive
from tracker.store.cursors import Cursors
from tracker.store.repository import Repository
from tracker.workspace import Workspace

MOST_TITLES = 20
_TITLE_CHARACTERS = 80


def read_sources(
    workspace: Workspace,
    repository: Repository,
    sources: Sequence[Source],
    *,
    fetch: FetchSettings | None = None,
    dry_run: bool = False,
    told: Callable[[SourceReading], None] = lambda _: None,
) -> list[SourceReading]:
    """Read sources once, one after the other.

    Parameters
    ----------
    workspace : Workspace
        Where the archive lies.
    repository : Repository
        Its open database.
    sources : sequence of Source
        The sources.
    fetch : FetchSettings, optional
        How the network is used.
    dry_run : bool
        Whether only to look: nothing is stored, and no cursor moves.
    told : Callable
        Is told of each reading as soon as it is done.

    Returns
    -------
    list of SourceReading
        What each brought in; where one breaks off, its sentence says why.
    """
    intake = _Intake(workspace, repository)
    readings = []
    for source in sources:
        with fetcher_of(source, fetch or FetchSettings()) as fetcher:
            reading = _read_source(intake, source, fetcher, dry_run=dry_run)
        told(reading)
        readings.append(reading)
    return readings


def fetcher_of(source: Source, fetch: FetchSettings) -> Fetcher:
    """Make the client that a source is fetched with.

    Parameters
    ----------
    source : Source
        The source, whose own proxy and allowed hosts go first.
    fetch : FetchSettings
        What holds for all.

    Returns
    -------
    Fetcher
        To be closed.
    """
    return open_fetcher(
        fetch, allowed_hosts=source.settings.allow_hosts, proxy=source.settings.proxy
    )


class _Intake:
    """What every source needs, made when the first one needs it."""

    def __init__(self, workspace: Workspace, repository: Repository) -> None:
        self.workspace = workspace
        self.repository = repository
        self.archive = Archive(workspace.archive)
        self.cursors = Cursors(repository.database)

    @cached_property
    def filing(self) -> Filing:
        return Filing(self.repository, self.archive, text_reader(self.workspace), None)

    @cached_property
    def claimants(self) -> Claimants:
        return read_claimants(self.workspace.claimants)

    @cached_property
    def index(self) -> PlaceIndex:
        return seed_place_index(self.repository.areas())

    def knows(self, address: str) -> bool:
        return bool(self.repository.find_reports(addresses=[address]))


def _read_source(
    intake: _Intake, source: Source, fetcher: Fetcher, *, dry_run: bool
) -> SourceReading:
    connector = load_connector(source.settings.connector)
    reach = Reach(fetcher=fetcher, folder=intake.workspace.folder, known=intake.knows)
    kept = intake.cursors.read(source.name)
    total = SourceReading(source=source.name, is_dry=dry_run)
    take = _preview if dry_run else _store
    try:
        for delivery in connector.read(source, reach, kept.cursor if kept else {}):
            is_over = total.items + _count(delivery) > source.settings.most_items
            total += take(intake, source, _bounded(source, delivery, total.items))
            if is_over:
                break
    except (SourceError, FetchError, UnreadableInputError, InvalidValueError) as error:
        total += SourceReading(source=source.name, failure=str(error))
    except OSError as error:
        reason = f"{error.strerror or error} ({error.filename})" if error.filename else str(error)
        total += SourceReading(source=source.name, failure=reason)
    return total


def _count(delivery: Delivery) -> int:
    return len(delivery.documents) + len(delivery.rows)


def _bounded(source: Source, delivery: Delivery, before: int) -> Delivery:
    count = before + _count(delivery)
    if delivery.cursor is not None and count < source.settings.least_items:
        least = source.settings.least_items
        raise SourceError(
            source.name,
            f"it gave {count} items where at least {least} are expected; look at it, and lower "
            "'least_items' if that is right.",
        )
    left = source.settings.most_items - before
    if _count(delivery) <= left:
        return delivery
    note = f"more than {source.settings.most_items:,} items; the rest is left out."
    if left == 0:
        return Delivery(rejected=(note,))  # nothing of it is read, so no cursor says that it was
    return replace(
        delivery,
        documents=delivery.documents[:left],
        rows=delivery.rows[: max(left - len(delivery.documents), 0)],
        rejected=(*delivery.rejected, note),
    )


def _documents(source: Source, delivery: Delivery) -> Iterator[Document]:
    for document in delivery.documents:
        if document.language is None and source.settings.language is not None:
            yield replace(document, language=source.settings.language)
        else:
            yield document


def _store(intake: _Intake, source: Source, delivery: Delivery) -> SourceReading:
    name = delivery.piece.name if delivery.piece else ""
    total = SourceReading(
        source=source.name,
        items=_count(delivery),
        texts=TextsIngested(rejected=_named(name, delivery.rejected), notes=delivery.notes),
    )
    if delivery.piece is not None:
        sha256 = intake.archive.add(delivery.piece.content)
        total += _store_documents(intake, source, delivery, delivery.piece, sha256)
        total += _store_rows(intake, source, delivery, delivery.piece, sha256)
        gone = note_gone(intake.repository, source.name, delivery.gone, delivery.piece, sha256)
        total += SourceReading(source=source.name, gone=gone)
    if delivery.cursor is not None:
        intake.cursors.keep(source.name, delivery.cursor)
    return total


def _store_documents(
    intake: _Intake, source: Source, delivery: Delivery, piece: Piece, sha256: str
) -> SourceReading:
    texts = TextsIngested()
    for document in _documents(source, delivery):
        try:
            texts += intake.filing.file(document, sha256, piece)
        except (InvalidValueError, UnreadableInputError) as error:
            texts += TextsIngested(rejected=_named(piece.name, (f"{_title(document)}: {error}",)))
    return SourceReading(source=source.name, texts=texts)


def _store_rows(
    intake: _Intake, source: Source, delivery: Delivery, piece: Piece, sha256: str
) -> SourceReading:
    if not delivery.rows:
        return SourceReading(source=source.name)
    rows = read_rows(delivery.rows, source.name, intake.claimants)
    coded, edits = store_rows(
        intake.repository,
        source.name,
        rows.coded,
        piece=piece,
        sha256=sha256,
        index=intake.index,
    )
    coded += Ingested(rejected=_named(piece.name, rows.rejected))
    if any(intake.filing.is_forgotten(row.report.id) for row in rows.coded):
        intake.filing.erase_again(sha256)
    return SourceReading(source=source.name, coded=coded, texts=TextsIngested(edits=edits))


def _preview(intake: _Intake, source: Source, delivery: Delivery) -> SourceReading:
    rows = read_rows(delivery.rows, source.name, intake.claimants)
    titles = [_title(document) for document in delivery.documents]
    titles += [row.version.title for row in rows.coded]
    name = delivery.piece.name if delivery.piece else ""
    return SourceReading(
        source=source.name,
        items=_count(delivery),
        coded=Ingested(rejected=_named(name, rows.rejected)),
        texts=TextsIngested(rejected=_named(name, delivery.rejected), notes=delivery.notes),
        titles=tuple(titles[:MOST_TITLES]),
    )


def _title(document: Document) -> str:
    words = document.title or document.text
    return " ".join(words.split())[:_TITLE_CHARACTERS]


def _named(name: str, sentences: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{name}: {sentence}" if name else sentence for sentence in sentences)
