"""Newsletters: an mbox file, a Maildir folder, or a folder of a mailbox by IMAP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field

from jobs.connector import ConnectorOptions, Cursor, Delivery, Piece, Reach, Source
from jobs.documents.mail import MOST_BYTES, read_message
from jobs.errors import SourceError
from jobs.fetch import open_mailbox
from jobs.processes.parsing import parse
from tracker.errors import InvalidValueError, UnreadableInputError

NEEDS = ("address", "path")
_START = b"From "
_MOST_REMEMBERED = 50_000


class Options(ConnectorOptions):
    """Whose mail is read."""

    folder: str = Field("INBOX", max_length=200, description="Folder of the mailbox.")
    senders: tuple[str, ...] = Field(
        (), description="Domains of senders that are read; all where none is named."
    )


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Read messages that came since the last reading.

    Parameters
    ----------
    source : Source
        `path` of an mbox file or a Maildir folder; or `address`, imaps://mail.example, with the
        credentials `username` and `password`.
    reach : Reach
        Network, files, secrets.
    cursor : Cursor
        How far an mbox was read, names of a Maildir, or the last number of a mailbox.

    Yields
    ------
    Delivery
        One per message.

    Raises
    ------
    SourceError
        Where the address is none of a mailbox.
    """
    if source.settings.path is None:
        yield from _mailbox(source, reach, cursor)
        return
    path = reach.path(source)
    if path.is_dir():
        yield from _maildir(source, path, cursor)
    else:
        yield from _mbox(source, path, cursor)


def _message(source: Source, name: str, data: bytes, cursor: Cursor) -> Delivery:
    piece = Piece.of_file(name, data)
    try:
        document = parse(read_message, data)
    except (UnreadableInputError, InvalidValueError) as error:
        return Delivery(piece=piece, rejected=(str(error),), cursor=cursor)
    domain = (document.source or "").removeprefix("mail:")
    wanted = [one.lower().lstrip("@") for one in source.options.senders]
    if wanted and not any(domain == one or domain.endswith(f".{one}") for one in wanted):
        return Delivery(cursor=cursor)  # somebody's private mail: not even archived
    return Delivery(piece=piece, documents=(document,), cursor=cursor)


def _mbox(source: Source, path: Path, cursor: Cursor) -> Iterator[Delivery]:
    start = int(cursor.get("bytes", 0))
    if path.stat().st_size < start:
        start = 0  # the file was compacted: messages that are known add nothing
    with path.open("rb") as file:
        file.seek(start)
        lines: list[bytes] = []
        size = position = 0
        position = start
        for line in file:
            if line.startswith(_START) and lines and not lines[-1].strip():
                yield _message(source, path.name, b"".join(lines[1:]), {"bytes": position})
                lines, size = [], 0
            if size <= MOST_BYTES:
                lines.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
            position += len(line)
        if lines and lines[0].startswith(_START):
            yield _message(source, path.name, b"".join(lines[1:]), {"bytes": position})
        elif lines:
            raise SourceError(source.name, f"{path.name} is no mbox: it does not begin with From.")


def _maildir(source: Source, path: Path, cursor: Cursor) -> Iterator[Delivery]:
    seen = dict.fromkeys(cursor.get("names", ()))
    files = [file for part in ("cur", "new") for file in sorted((path / part).glob("*"))]
    for file in files:
        name = file.name.partition(":")[0]  # flags follow; they change when mail is read
        if name in seen or name.startswith(".") or file.is_symlink() or not file.is_file():
            continue
        seen[name] = None
        kept = {"names": list(seen)[-_MOST_REMEMBERED:]}
        if file.stat().st_size > MOST_BYTES:
            yield Delivery(rejected=(f"{name}: it has more than 8 MB.",), cursor=kept)
            continue
        yield _message(source, name, file.read_bytes(), kept)


def _mailbox(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    parts = urlsplit(source.address)
    if parts.scheme != "imaps" or not parts.hostname:
        raise SourceError(source.name, "its address is none of a mailbox: imaps://mail.example.")
    folder = source.options.folder
    with open_mailbox(
        parts.hostname,
        port=parts.port or 993,
        user=reach.secret(source, "username"),
        password=reach.secret(source, "password"),
        folder=folder,
        allowed_hosts=source.settings.allow_hosts,
        tls=reach.tls,
    ) as mailbox:
        is_same = cursor.get("validity") == mailbox.validity
        last = int(cursor.get("last", 0)) if is_same else 0
        for number, data in mailbox.newer_than(last):
            kept = {"validity": mailbox.validity, "last": number}
            if data is None:
                reason = f"message {number} has more than 8 MB, or is gone."
                yield Delivery(rejected=(reason,), cursor=kept)
                continue
            yield _message(source, f"{folder}/{number}", data, kept)
