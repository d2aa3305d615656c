"""The archive as one WARC file, for other archives of the web and for reading it elsewhere."""

from __future__ import annotations

import io
import os
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from jobs.documents import Channel
from jobs.ingest_texts.identity import channel_of
from tracker.errors import NotFoundError, WorkspaceError
from tracker.reports.archive import Archive
from tracker.reports.report import Capture
from tracker.store.repository import Repository
from tracker.workspace import Workspace, require_writable

NAMED_FILE = "file:///"
"""What the name of a file that was read from a disk begins with in the WARC."""

_KEPT_HEADERS = ("content-type", "content-language", "last-modified", "etag", "date")
"""Of a response; never its cookies, and no encoding: the bytes are archived unpacked."""
_KINDS: Mapping[str | None, str] = {
    Channel.TEXT: "text/plain; charset=utf-8",
    Channel.PAGE: "text/html",
    Channel.ENTRY: "application/rss+xml",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class WarcWritten:
    """What a WARC holds.

    Parameters
    ----------
    records : int
        Captures with their bytes.
    revisits : int
        Captures of bytes that an earlier record holds.
    missing : int
        Captures whose bytes are not in the archive; those of forgotten reports among them.
    """

    records: int = 0
    revisits: int = 0
    missing: int = 0


def write_warc(workspace: Workspace, repository: Repository, path: Path) -> WarcWritten:
    """Write every capture to a gzipped WARC 1.1 file.

    Parameters
    ----------
    workspace : Workspace
        Where the archive lies.
    repository : Repository
        Its open database.
    path : Path
        The file, by habit ending in `.warc.gz`; it is replaced as a whole. The same captures give
        the same bytes.

    Returns
    -------
    WarcWritten
        Counts.

    Raises
    ------
    WorkspaceError
        Where the file cannot be written.
    """
    require_writable(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            written = _write(file, Archive(workspace.archive), repository)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(0o644)
        unfinished.replace(path)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def _write(file: IO[bytes], archive: Archive, repository: Repository) -> WarcWritten:
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    first: dict[str, Capture] = {}
    records = revisits = missing = 0
    for capture in _captures(repository):
        try:
            content = archive.read(capture.sha256)
        except NotFoundError:
            missing += 1
            continue
        before = first.setdefault(capture.sha256, capture)
        if before is capture:
            record = _record(writer, capture, content)
            records += 1
        else:
            record = _revisit(writer, capture, before)
            revisits += 1
        writer.write_record(record)
        record.raw_stream.close()
    return WarcWritten(records=records, revisits=revisits, missing=missing)


def _captures(repository: Repository) -> Iterator[Capture]:
    # One capture of a feed is a row for each of its entries.
    seen = set()
    for capture in repository.all_captures():
        name = (capture.sha256, capture.address, capture.captured_at)
        if name not in seen:
            seen.add(name)
            yield capture


def _record(writer: WARCWriter, capture: Capture, content: bytes) -> Any:
    headers = {**_warc_headers(capture), "WARC-Payload-Digest": f"sha256:{capture.sha256}"}
    if capture.status is None:
        kind = _KINDS.get(channel_of(capture), "application/octet-stream")
        return writer.create_warc_record(
            _target(capture),
            "resource",
            payload=io.BytesIO(content),
            length=len(content),
            warc_content_type=kind,
            warc_headers_dict=headers,
        )
    return writer.create_warc_record(
        _target(capture),
        "response",
        payload=io.BytesIO(content),
        # Without a length the writer would put a SHA-1 in the place of our digest.
        length=len(content),
        http_headers=_http_headers(capture),
        warc_headers_dict=headers,
    )


def _revisit(writer: WARCWriter, capture: Capture, before: Capture) -> Any:
    return writer.create_revisit_record(
        _target(capture),
        f"sha256:{capture.sha256}",
        _target(before),
        _written(before.captured_at),
        http_headers=None if capture.status is None else _http_headers(capture),
        warc_headers_dict=_warc_headers(capture),
    )


def _warc_headers(capture: Capture) -> dict[str, str]:
    named = f"{capture.sha256} {capture.address} {capture.captured_at.isoformat()}"
    return {
        "WARC-Date": _written(capture.captured_at),
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, named)}>",
    }


def _written(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%S}.{instant.microsecond // 1000:03d}Z"


def _target(capture: Capture) -> str:
    if capture.status is None and "://" not in capture.address:
        return NAMED_FILE + quote(capture.address)
    return capture.address


def _http_headers(capture: Capture) -> StatusAndHeaders:
    status = capture.status or HTTPStatus.OK
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    kept = [(name, capture.headers[name]) for name in _KEPT_HEADERS if name in capture.headers]
    lines = [(name.title(), " ".join(value.split())) for name, value in kept]
    return StatusAndHeaders(f"{int(status)} {phrase}", lines, protocol="HTTP/1.1")
