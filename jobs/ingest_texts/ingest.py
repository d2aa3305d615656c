"""Files, folders and addresses into a workspace, item by item: a bad one does not stop the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from jobs.documents import Origin
from jobs.documents.reading import require_size
from jobs.errors import FetchError
from jobs.fetch import Fetcher
from jobs.ingest_texts.ahead import Extract, ReadSheet, Sheet, read_sheet
from jobs.ingest_texts.filing import Filing
from jobs.ingest_texts.result import TextsIngested
from jobs.processes.executors import Executor, Here
from jobs.processes.workers import Outcome
from tracker import clock
from tracker.errors import InvalidValueError, UnreadableInputError
from tracker.reports.archive import Archive
from tracker.store.intake import batches
from tracker.store.repository import Repository
from tracker.workspace import Workspace

READ_IN_FOLDERS = frozenset(
    {
        *(".txt", ".md", ".text"),
        *(".html", ".htm", ".xhtml"),
        *(".xml", ".rss", ".atom", ".rdf"),
    }
)
"""Endings of the files that are read where a folder is named; a file that is named is always."""
FILES_IN_A_WAVE = 200
BYTES_IN_A_WAVE = 32_000_000
"""Files that are archived together before the first of them is parsed."""
FILED_TOGETHER = 100
"""Files whose new reports are stored in one transaction."""
_TITLE_CHARACTERS = 60


def ingest_files(
    workspace: Workspace,
    repository: Repository,
    paths: Sequence[Path],
    *,
    extract: Extract,
    published: datetime | None = None,
    executor: Executor | None = None,
) -> TextsIngested:
    """Read files, and the files in folders, into a workspace.

    Parameters
    ----------
    workspace : Workspace
        Where the archive lies.
    repository : Repository
        Its open database.
    paths : sequence of Path
        Files and folders. In a folder, files with other endings than `READ_IN_FOLDERS`, hidden
        files and links are left alone.
    extract : Callable
        Reads the claims of a text.
    published : datetime, optional
        Publication of documents that state none, aware UTC.
    executor : Executor, optional
        Reads sheets as `sheet_reader` does; by default this process does.

    Returns
    -------
    TextsIngested
        Counts, refusals and notes. New reports are committed by the hundred; a run that is killed
        is made whole by the next one.
    """
    filing = Filing(repository, Archive(workspace.archive), extract, published)
    reader = executor or Here(partial(read_sheet, extract=extract))
    pile = _Pile(filing, published)
    total = TextsIngested()
    for outcomes in batches(reader.map(pile.sheets(paths)), FILED_TOGETHER):
        total += _file_together(filing, outcomes)
    return total + pile.told


def ingest_addresses(
    workspace: Workspace,
    repository: Repository,
    addresses: Iterable[str],
    *,
    extract: Extract,
    fetcher: Fetcher,
    published: datetime | None = None,
) -> TextsIngested:
    """Fetch pages and feeds into a workspace.

    Parameters
    ----------
    workspace : Workspace
        Where the archive lies.
    repository : Repository
        Its open database.
    addresses : iterable of str
        Addresses of http or https.
    extract : Callable
        Reads the claims of a text.
    fetcher : Fetcher
        The client.
    published : datetime, optional
        Publication of documents that state none, aware UTC.

    Returns
    -------
    TextsIngested
        Counts, refusals and notes. Each document is committed by itself.
    """
    filing = Filing(repository, Archive(workspace.archive), extract, published)
    total = TextsIngested()
    for address in addresses:
        try:
            answer = fetcher.fetch(address)
        except FetchError as error:
            total += TextsIngested(rejected=(str(error),))
            continue
        origin = Origin(
            name=address,
            captured_at=answer.fetched_at,
            address=answer.address,
            status=answer.status,
            headers=answer.headers,
        )
        sheet = Sheet(
            data=answer.content,
            sha256=filing.archive.add(answer.content),
            origin=origin,
            published=published,
        )
        total += _file(filing, Outcome(item=sheet, result=read_sheet(sheet, extract=extract)))
    return total


class _Pile:
    """Files as sheets: read from the disk and archived wave by wave, as they are asked for."""

    def __init__(self, filing: Filing, published: datetime | None) -> None:
        self._filing = filing
        self._published = published
        self.told = TextsIngested()

    def sheets(self, paths: Sequence[Path]) -> Iterator[Sheet]:
        # What becomes of the files that are not to be read is in `told`.
        for wave in _waves(_files(paths)):
            for name, data in wave:
                if isinstance(data, Exception):
                    self.told += _refused(name, data)
            read = [(name, data) for name, data in wave if isinstance(data, bytes)]
            hashes = self._filing.archive.add_all([data for _, data in read])
            known = self._filing.read_before(hashes)
            for (name, data), sha256 in zip(read, hashes, strict=True):
                if sha256 in known:
                    self.told += TextsIngested(repeats=1)
                    continue
                origin = Origin(name=name, captured_at=clock.now())
                yield Sheet(data=data, sha256=sha256, origin=origin, published=self._published)


def _file_together(filing: Filing, outcomes: Sequence[Outcome[Sheet, ReadSheet]]) -> TextsIngested:
    documents = [
        (document, document.published_at or outcome.item.published)
        for outcome in outcomes
        if outcome.result is not None
        for document, _ in outcome.result.documents
    ]
    total = TextsIngested()
    with filing.gathering(documents):
        for outcome in outcomes:
            total += _file(filing, outcome)
    return total + filing.stored()


def _file(filing: Filing, outcome: Outcome[Sheet, ReadSheet]) -> TextsIngested:
    origin, read = outcome.item.origin, outcome.result
    if read is None:
        return TextsIngested(rejected=(f"{origin.name}: {outcome.trouble}",))
    total = TextsIngested(rejected=tuple(f"{origin.name}: {why}" for why in read.rejected))
    for document, ahead in read.documents:
        try:
            total += filing.file(document, outcome.item.sha256, origin, ahead)
        except (InvalidValueError, UnreadableInputError) as error:
            is_one = len(read.documents) == 1
            which = "" if is_one else f", '{document.title[:_TITLE_CHARACTERS]}'"
            total += _refused(f"{origin.name}{which}", error)
    return total


def _files(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        if not path.is_dir():
            yield path.name, path
            continue
        for inner in sorted(path.rglob("*")):
            relative = inner.relative_to(path)
            hidden = any(part.startswith(".") for part in relative.parts)
            if inner.suffix.lower() in READ_IN_FOLDERS and not hidden and not inner.is_symlink():
                yield relative.as_posix(), inner


def _waves(
    files: Iterable[tuple[str, Path]],
) -> Iterator[list[tuple[str, bytes | Exception]]]:
    wave: list[tuple[str, bytes | Exception]] = []
    size_bytes = 0
    for name, path in files:
        try:
            data = _read(path)
        except (UnreadableInputError, OSError) as error:
            wave.append((name, error))
            continue
        wave.append((name, data))
        size_bytes += len(data)
        if len(wave) >= FILES_IN_A_WAVE or size_bytes >= BYTES_IN_A_WAVE:
            yield wave
            wave, size_bytes = [], 0
    yield wave


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableInputError("it is no file." if path.exists() else "there is no such file.")
    require_size(path.stat().st_size)
    return path.read_bytes()


def _refused(name: str, error: Exception) -> TextsIngested:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return TextsIngested(rejected=(f"{name}: {reason}",))
