"""RSS and Atom feeds: each entry a document of its own."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from jobs.documents.addresses import canonical_address, site_of
from jobs.documents.document import Channel, Document, Reading, language_code
from jobs.documents.markup import fragment_text, require_tame_markup
from tracker.errors import InvalidValueError, UnreadableInputError

_FEED_END = re.compile(r"</(?:rss|feed|rdf:RDF)\s*>", re.IGNORECASE)
_OWN_ENTITIES = re.compile(r"<!(?:DOCTYPE[^>\[]*\[|ENTITY)", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]+)|(?P<decimal>[0-9]+));?")
_MOST_DIGITS = 8
MOST_TAGS = 200_000
MOST_ENTRIES = 5_000
"""Entries read from one feed; feeds hold tens, an export of a whole site some thousand."""


def read_feed(markup: str, *, address: str | None = None) -> Reading:
    """Read a feed.

    Parameters
    ----------
    markup : str
        RSS or Atom.
    address : str, optional
        Where it was fetched from.

    Returns
    -------
    Reading
        One document per entry, in the feed's order; one sentence for each entry that has no words
        or was cut off.

    Raises
    ------
    UnreadableInputError
        Where the feed declares entities, its markup is not tame, or it has no entry.
    """
    if _OWN_ENTITIES.search(markup):
        raise UnreadableInputError("the feed declares entities of its own, which are not read.")
    require_tame_markup(markup, most_tags=MOST_TAGS)
    possible = _REFERENCE.sub(_possible, markup)
    parsed = feedparser.parse(
        io.BytesIO(possible.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,  # it is only read as plain text
    )
    entries = list(parsed.entries)
    if not entries:
        raise UnreadableInputError("the feed has no entry.")
    rejected = []
    if not _FEED_END.search(markup):
        rejected.append("the feed is cut off before its end; its last entry is left out.")
        entries.pop()
    if len(entries) > MOST_ENTRIES:
        rejected.append(f"the feed has {len(entries):,} entries; the first {MOST_ENTRIES:,} count.")
    documents = []
    for number, entry in enumerate(entries[:MOST_ENTRIES], start=1):
        try:
            documents.append(_document(entry, parsed.feed, address))
        except (InvalidValueError, UnreadableInputError) as error:
            rejected.append(f"entry {number}: {error}")
    return Reading(documents=tuple(documents), rejected=tuple(rejected))


def _document(entry: Any, feed: Any, fetched: str | None) -> Document:
    address = canonical_address(entry.get("link") or "")
    guid = (entry.get("id") or "").strip()
    own_id = address or guid or None
    home = address or canonical_address(fetched or "") or canonical_address(feed.get("link") or "")
    return Document(
        channel=Channel.ENTRY,
        title=fragment_text(entry.get("title") or "").replace("\n", " "),
        text=_longest(entry),
        source=site_of(home) if home else None,
        own_id=own_id if home else None,
        address=address,
        published_at=_published(entry),
        language=language_code(entry.get("language") or feed.get("language") or ""),
    )


def _longest(entry: Any) -> str:
    texts = [fragment_text(piece) for piece in _pieces(entry)]
    return max(texts, key=len, default="")


def _pieces(entry: Any) -> Iterator[str]:
    yield entry.get("summary") or ""
    for content in entry.get("content") or []:
        yield content.get("value") or ""


def _possible(reference: re.Match[str]) -> str:
    # feedparser gives up the whole feed at a reference to what is no character.
    digits = reference["hex"] or reference["decimal"]
    code = int(digits, 16 if reference["hex"] else 10) if len(digits) <= _MOST_DIGITS else -1
    is_half = 0xD800 <= code <= 0xDFFF
    return reference[0] if 0 < code <= sys.maxunicode and not is_half else "\ufffd"


def _published(entry: Any) -> datetime | None:
    # Asked with `in`: feedparser gives the other one in place of a missing one, and warns.
    names = (name for name in ("published_parsed", "updated_parsed") if name in entry)
    stated = next((entry[name] for name in names if entry[name]), None)
    if not isinstance(stated, struct_time):
        return None
    try:
        return datetime(*stated[:6], tzinfo=UTC)
    except ValueError:
        return None
