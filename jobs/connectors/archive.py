"""Archives of the web: WARC and WACZ files, and the archive folder of an earlier workspace."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote

from pydantic import Field
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from jobs.connector import ConnectorOptions, Cursor, Delivery, Piece, Reach, Source
from jobs.connector.payload import files_of, read_piece
from jobs.documents import MOST_BYTES
from jobs.documents.instants import instant_of
from jobs.documents.table import DAMAGED_ZIP
from jobs.errors import SourceError
from tracker import clock

NEEDS = ("path",)
_ENDINGS = frozenset({".warc", ".gz", ".wacz"})
_HASH = re.compile(r"[0-9a-f]{64}")
_MOST_MEMBERS = 10_000
_TEXTS = ("text/html", "application/xhtml", "text/plain", "rss+xml", "atom+xml", "text/xml")


class Options(ConnectorOptions):
    """Which pages of an archive are read."""

    hosts: tuple[str, ...] = Field((), description="Hosts whose pages are read; all by default.")


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Read the pages, texts and feeds of archives that were not read before.

    Parameters
    ----------
    source : Source
        `path` of a WARC or WACZ file, of a folder of them, or of an `archive/` folder.
    reach : Reach
        Files.
    cursor : Cursor
        Size and time of change by file; hashes of an `archive/` folder are told by the store.

    Yields
    ------
    Delivery
        One per page; broken records are named.

    Raises
    ------
    SourceError
        Where a file is no archive.
    """
    seen = dict(cursor)
    path = reach.path(source)
    if path.is_dir() and any(path.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
        yield from _folder(path)
        return
    for file, name in files_of(path, _ENDINGS):
        state = file.stat()
        kept = [state.st_size, state.st_mtime_ns]
        if seen.get(name) == kept:
            continue
        yield from _file(source, file, name)
        seen[name] = kept
        yield Delivery(cursor=dict(seen))


def _folder(path: Path) -> Iterator[Delivery]:
    for file in sorted(path.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
        if not _HASH.fullmatch(file.name) or file.is_symlink():
            continue
        if file.stat().st_size > MOST_BYTES:
            yield Delivery(rejected=(f"{file.name[:12]}: it has more than 8 MB.",))
            continue
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() != file.name:
            yield Delivery(rejected=(f"{file.name[:12]}: its content no longer has this hash.",))
            continue
        at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        yield read_piece(Piece(content=content, name=file.name[:12], captured_at=at))


def _file(source: Source, file: Path, name: str) -> Iterator[Delivery]:
    try:
        if name.lower().endswith(".wacz"):
            yield from _packed(source, file, name)
        else:
            with file.open("rb") as stream:
                yield from _records(source, stream, name)
    except SourceError:
        raise
    except DAMAGED_ZIP as error:
        raise SourceError(source.name, f"{name} is a damaged archive ({error}).") from None


def _packed(source: Source, file: Path, name: str) -> Iterator[Delivery]:
    with zipfile.ZipFile(file) as archive:
        members = [
            member
            for member in archive.infolist()
            if member.filename.startswith("archive/") and ".warc" in member.filename
        ]
        if not members or len(members) > _MOST_MEMBERS:
            raise SourceError(source.name, f"{name} is no WACZ: there is no WARC in it.")
        for member in members:
            with archive.open(member) as stream:  # streamed: no name of a member becomes a path
                yield from _records(source, stream, f"{name}/{Path(member.filename).name}")


def _records(source: Source, stream: IO[bytes], name: str) -> Iterator[Delivery]:
    number = 0
    try:
        for record in _whole_records(stream):
            number += 1
            if record.rec_type == "response" and record.http_headers is not None:
                yield from _response(source, record, f"{name}, record {number}")
            elif record.rec_type == "resource":
                yield from _resource(record, f"{name}, record {number}")
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, UnicodeError) as error:
        if number == 0:
            raise SourceError(source.name, f"{name} is no WARC ({error}).") from None
        yield Delivery(rejected=(f"{name}: it breaks off after record {number} ({error}).",))


def _whole_records(stream: IO[bytes]) -> Iterator[Any]:
    try:
        yield from ArchiveIterator(stream)
    except (AttributeError, KeyError, IndexError) as error:
        # What the reader trips over where a header that it counts on was cut off.
        raise ArchiveLoadFailed(f"a header is missing: {error}") from error


def _response(source: Source, record: Any, where: str) -> Iterator[Delivery]:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    said = record.http_headers
    kind = (said.get_header("Content-Type") or "").lower()
    status = said.get_statuscode()
    host = re.sub(r"^\w+://|[:/?#].*$", "", address).lower()
    wanted = [one.lower() for one in source.options.hosts]
    if status != "200" or not any(part in kind for part in _TEXTS):
        return
    if wanted and not any(host == one or host.endswith(f".{one}") for one in wanted):
        return
    piece = Piece(
        content=record.content_stream().read(MOST_BYTES + 1),
        name=address or where,
        captured_at=_captured_at(record),
        address=address,
        status=200,
        headers={"content-type": kind[:300]},
    )
    yield _read_bounded(piece, where)


def _resource(record: Any, where: str) -> Iterator[Delivery]:
    # What had no answer of a server: a file that somebody put in an archive, named after it.
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    kind = (record.rec_headers.get_header("Content-Type") or "").lower()
    if not any(part in kind for part in _TEXTS):
        return
    piece = Piece(
        content=record.content_stream().read(MOST_BYTES + 1),
        name=unquote(address.removeprefix("file:///"))[:300] or where,
        captured_at=_captured_at(record),
        headers={"content-type": kind[:300]},
    )
    yield _read_bounded(piece, where)


def _captured_at(record: Any) -> datetime:
    at = instant_of(record.rec_headers.get_header("WARC-Date") or "")
    return min(at, clock.now()) if at else clock.now()


def _read_bounded(piece: Piece, where: str) -> Delivery:
    if len(piece.content) > MOST_BYTES:
        return Delivery(rejected=(f"{where}: {piece.name[:200]} has more than 8 MB.",))
    return read_piece(piece)
