"""Exports of Telegram Desktop, result.json, read message by message however large they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ijson
from pydantic import Field

from jobs.connector import ConnectorOptions, Cursor, Delivery, Piece, Reach, Source
from jobs.connector.payload import files_of
from jobs.documents import Channel, Document
from jobs.documents.instants import instant_of_seconds
from jobs.documents.json_feed import text_of
from jobs.documents.posts import post_address
from jobs.errors import SourceError
from tracker.errors import InvalidValueError

NEEDS = ("path",)
BATCH = 500
"""Messages of one delivery; the bytes that are archived with it are these messages as JSON."""
MOST_DEPTH = 50
_OPENS = frozenset({"start_map", "start_array"})
_CLOSES = frozenset({"end_map", "end_array"})


class Options(ConnectorOptions):
    """Whose posts these are."""

    channel: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9_]{3,64}$",
        description="Public name of the channel, so that a post is the same here and on t.me.",
    )


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Read the messages of exports that were not read before.

    Parameters
    ----------
    source : Source
        `path` of a result.json, or of a folder with such files.
    reach : Reach
        Files.
    cursor : Cursor
        Size and time of change by file.

    Yields
    ------
    Delivery
        Some hundred messages each.

    Raises
    ------
    SourceError
        Where a file is no such export, or breaks off.
    """
    seen = dict(cursor)
    for file, name in files_of(reach.path(source), (".json",)):
        state = file.stat()
        kept = [state.st_size, state.st_mtime_ns]
        if seen.get(name) == kept:
            continue
        yield from _export(source, file, name)
        seen[name] = kept
        yield Delivery(cursor=dict(seen))


def _export(source: Source, file: Path, name: str) -> Iterator[Delivery]:
    documents: list[Document] = []
    rejected: list[str] = []
    raw: list[str] = []
    found = False
    try:
        for message, chat in _messages(file):
            found = True
            if message.get("type") != "message":
                continue
            try:
                document = _post(source, message, chat)
            except InvalidValueError as error:
                rejected.append(f"message {text_of(message.get('id'))[:20]}: {error}")
                continue
            if document is not None:
                documents.append(document)
                raw.append(_raw(message))
            if len(documents) >= BATCH:
                yield _delivery(name, documents, rejected, raw)
                documents, rejected, raw = [], [], []
    except (ijson.JSONError, UnicodeDecodeError) as error:
        if documents or rejected:
            yield _delivery(name, documents, rejected, raw)
        raise SourceError(source.name, f"{name} is damaged or breaks off ({error}).") from None
    if not found:
        raise SourceError(source.name, f"{name} is no export of Telegram Desktop in JSON.")
    if documents or rejected:
        yield _delivery(name, documents, rejected, raw)


def _messages(file: Path) -> Iterator[tuple[dict[str, Any], str]]:
    # one chat at the top, or all chats of an account below chats.list
    chat = ""
    with file.open("rb") as data:
        events = ijson.parse(_shallow(ijson.basic_parse(data, use_float=True)))
        for prefix, event, value in events:
            if prefix in {"id", "chats.list.item.id"}:
                chat = str(value)
            if event == "start_map" and prefix in {
                "messages.item",
                "chats.list.item.messages.item",
            }:
                yield _object(events), chat


def _shallow(events: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    # the names of nested places grow with the square of the depth: 100 kB of "[" took gigabytes
    depth = 0
    for event, value in events:
        depth += (event in _OPENS) - (event in _CLOSES)
        if depth > MOST_DEPTH:
            raise ijson.JSONError("it is nested beyond reason")
        yield event, value


def _object(events: Iterator[tuple[str, str, Any]]) -> dict[str, Any]:
    builder = ijson.ObjectBuilder()
    builder.event("start_map", None)
    depth = 1
    for _, event, value in events:
        builder.event(event, value)
        depth += (event in _OPENS) - (event in _CLOSES)
        if depth == 0:
            break
    made: dict[str, Any] = builder.value
    return made


def _post(source: Source, message: dict[str, Any], chat: str) -> Document | None:
    text = _words(message.get("text"))
    if not any(char.isalnum() for char in text):
        return None
    published = instant_of_seconds(message.get("date_unixtime"))
    if published is None:
        raise InvalidValueError("it has no date_unixtime; export it anew with a newer Telegram.")
    number = text_of(message.get("id"))
    if not (number.isascii() and number.isdigit()):
        raise InvalidValueError("it has no number.")
    channel = source.options.channel
    address = post_address(channel, int(number)) if channel else None
    forwarded = " ".join(text_of(message.get("forwarded_from")).split())
    return Document(
        channel=Channel.POST,
        title=f"Forwarded from {forwarded[:200]}" if forwarded else "",
        text=text,
        source=f"t.me/{channel.lower()}" if channel else source.name,
        own_id=address or f"{chat}/{number}",
        address=address,
        published_at=published,
    )


def _words(text: Any) -> str:
    parts = text if isinstance(text, list) else [text]
    words = [text_of(part.get("text") if isinstance(part, dict) else part) for part in parts]
    return "\n".join(line.strip() for line in "".join(words).split("\n") if line.strip())


def _raw(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=True, sort_keys=True)


def _delivery(
    name: str, documents: list[Document], rejected: list[str], raw: list[str]
) -> Delivery:
    content = "\n".join(raw).encode("ascii")
    return Delivery(
        piece=Piece.of_file(name, content), documents=tuple(documents), rejected=tuple(rejected)
    )
