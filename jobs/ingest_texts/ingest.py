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
    for name, path in _files(paths):
        try:
            data = _read(path)
        except (UnreadableInputError, OSError) as error:
            total += _refused(name, error)
            continue
        origin = Origin(name=name, captured_at=clock.now())
        total += _ingest(filing, data, origin)
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
        total += _ingest(filing, answer.content, origin)
    return total


def _ingest(filing: Filing, data: bytes, origin: Origin) -> TextsIngested:
    sha256 = filing.archive.add(data)
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


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableInputError("it is no file." if path.exists() else "there is no such file.")
    require_size(path.stat().st_size)
    return path.read_bytes()


def _refused(name: str, error: Exception) -> TextsIngested:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return TextsIngested(rejected=(f"{name}: {reason}",))
