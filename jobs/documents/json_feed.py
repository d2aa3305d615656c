"""JSON Feed (version 1 and 1.1, jsonfeed.org): each item a document of its own."""

from __future__ import annotations

import json
from typing import Any

from jobs.documents.addresses import canonical_address, site_of
from jobs.documents.document import Channel, Document, Reading, language_code
from jobs.documents.feed import MOST_ENTRIES
from jobs.documents.instants import instant_of
from jobs.documents.markup import fragment_text
from tracker.errors import InvalidValueError, UnreadableInputError


def is_json_feed(data: bytes) -> bool:
    """Tell whether bytes are JSON rather than XML.

    Parameters
    ----------
    data : bytes
        An answer.

    Returns
    -------
    bool
        Whether they open with a brace.
    """
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def read_json(data: bytes) -> Any:
    """Read JSON that came from outside.

    Parameters
    ----------
    data : bytes
        UTF-8.

    Returns
    -------
    Any
        The value; lone surrogates in its text become question marks, which no output takes.

    Raises
    ------
    UnreadableInputError
        Where it is none, or nested beyond reason.
    """
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableInputError("it is no JSON in UTF-8.") from None
    return value


def read_json_feed(data: bytes, *, address: str | None = None) -> Reading:
    """Read a feed.

    Parameters
    ----------
    data : bytes
        The feed.
    address : str, optional
        Where it was fetched from.

    Returns
    -------
    Reading
        One document per item; one sentence for each item that has no words.

    Raises
    ------
    UnreadableInputError
        Where it is no JSON Feed.
    """
    feed = read_json(data)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise UnreadableInputError("it is no JSON Feed.")
    documents, rejected = [], []
    for number, item in enumerate(items[:MOST_ENTRIES], start=1):
        try:
            documents.append(_document(item, feed, address))
        except (InvalidValueError, UnreadableInputError) as error:
            rejected.append(f"entry {number}: {error}")
    if len(items) > MOST_ENTRIES:
        rejected.append(f"the feed has {len(items):,} entries; the first {MOST_ENTRIES:,} count.")
    return Reading(documents=tuple(documents), rejected=tuple(rejected))


def _document(item: Any, feed: dict[str, Any], fetched: str | None) -> Document:
    if not isinstance(item, dict):
        raise InvalidValueError("it is no object.")
    address = canonical_address(text_of(item.get("url")))
    home = address or canonical_address(fetched or "")
    html, plain = text_of(item.get("content_html")), text_of(item.get("content_text"))
    text = fragment_text(html) if html else plain or text_of(item.get("summary"))
    language = text_of(item.get("language")) or text_of(feed.get("language"))
    return Document(
        channel=Channel.ENTRY,
        title=" ".join(text_of(item.get("title")).split()),
        text=text,
        source=site_of(home) if home else None,
        own_id=(address or text_of(item.get("id")) or None) if home else None,
        address=address,
        published_at=instant_of(text_of(item.get("date_published"))),
        language=language_code(language),
    )


def text_of(value: object) -> str:
    """Take a value that should be text.

    Parameters
    ----------
    value : object
        Anything that JSON holds.

    Returns
    -------
    str
        The text, or a number as text; empty for everything else. Lone surrogates, which no UTF-8
        can carry, are replaced.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).encode("utf-8", "replace").decode("utf-8")
