"""Files, folders and addresses into a workspace, item by item: a bad one does not stop the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from jobs.documents import read_document
from jobs.documents.reading import require_size
from jobs.errors import FetchError
from jobs.fetch import Fetcher
from jobs.ingest_texts.filing import Extract, Filing, Origin
from jobs.ingest_texts.result import TextsIngested
from tracker import clock
from tracker.errors import InvalidValueError, UnreadableInputError
from tracker.reports.archive import Archive
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
FILES_IN_A_WAVE = 50
BYTES_IN_A_WAVE = 32_000_000
"""Files that are archived together before the first of them is parsed."""
_TITLE_CHARACTERS = 60


def ingest_files(
    workspace: Workspace,
    repository: Repository,
    paths: Sequence[Path],
    *,
    extract: Extract,
    published: datetime | None = None,
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

    Returns
    -------
    TextsIngested
        Counts, refusals and notes. Each document is committed by itself.
    """
    filing = Filing(repository, Archive(workspace.archive), extract, published)
    total = TextsIngested()
    for wave in _waves(_files(paths)):
        hashes = filing.archive.add_all([data for _, data in wave if isinstance(data, bytes)])
        archived = iter(hashes)
        for name, data in wave:
            if isinstance(data, Exception):
                total += _refused(name, data)
            else:
                origin = Origin(name=name, captured_at=clock.now())
                total += _ingest(filing, data, next(archived), origin)
    return total


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
        sha256 = filing.archive.add(answer.content)
        total += _ingest(filing, answer.content, sha256, origin)
    return total


def _ingest(filing: Filing, data: bytes, sha256: str, origin: Origin) -> TextsIngested:
    if origin.address is None and filing.was_read(sha256):
        return TextsIngested(repeats=1)
    try:
        reading = read_document(
            data,
            name=origin.name,
            address=origin.address,
            content_type=origin.headers.get("content-type"),
        )
    except UnreadableInputError as error:
        return _refused(origin.name, error)
    total = TextsIngested(rejected=tuple(f"{origin.name}: {why}" for why in reading.rejected))
    for document in reading.documents:
        try:
            total += filing.file(document, sha256, origin)
        except (InvalidValueError, UnreadableInputError) as error:
            is_one = len(reading.documents) == 1
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
