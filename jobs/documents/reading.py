"""What a file or an answer holds is told by its bytes, not by its name."""

from __future__ import annotations

from email.message import Message
from pathlib import PurePath

from jobs.documents.decoding import decode
from jobs.documents.document import Reading
from jobs.documents.feed import read_feed
from jobs.documents.markup import root_name
from jobs.documents.page import read_page
from jobs.documents.plain_text import read_plain_text
from tracker.errors import UnreadableInputError

MOST_BYTES = 8_000_000
"""Largest file read as a report or a feed: articles have below 1 MB with all their scripts."""

_FEED_ROOTS = frozenset({"rss", "feed", "rdf:rdf"})
_PAGE_ROOTS = frozenset({"html", "head", "body", "article", "main", "section", "div", "p", "h1"})
_FEED_NAMES = frozenset({".rss", ".atom", ".xml", ".rdf"})
_PAGE_NAMES = frozenset({".html", ".htm", ".xhtml"})


def read_document(
    data: bytes, *, name: str, address: str | None = None, content_type: str | None = None
) -> Reading:
    """Read the reports that a file or an answer holds.

    Parameters
    ----------
    data : bytes
        The bytes.
    name : str
        File name or address; its ending tells what the giver takes it for.
    address : str, optional
        Address that it was fetched from.
    content_type : str, optional
        `Content-Type` of the answer.

    Returns
    -------
    Reading
        One document of a text or page, one per entry of a feed.

    Raises
    ------
    UnreadableInputError
        Where nothing of it can be read; the sentence says why.
    """
    require_size(len(data))
    said_type, charset = _content_type(content_type)
    text = decode(data, declared=charset)
    said_feed = PurePath(name).suffix.lower() in _FEED_NAMES or said_type.endswith(
        ("rss+xml", "atom+xml", "/xml")
    )
    root = root_name(text)
    if root in _FEED_ROOTS:
        return read_feed(text, address=address)
    if said_feed:
        what = "an HTML page" if root in _PAGE_ROOTS else "something else"
        raise UnreadableInputError(f"it should be a feed but is {what}; check its address.")
    said_page = PurePath(name).suffix.lower() in _PAGE_NAMES or "html" in said_type
    if root in _PAGE_ROOTS or (root and said_page):
        return Reading(documents=(read_page(text, address=address),))
    if text.lstrip().startswith("<?xml"):
        raise UnreadableInputError("it is XML, but neither a feed nor a page.")
    return Reading(documents=(read_plain_text(text),))


def require_size(size_bytes: int) -> None:
    """Refuse what is too large to be a report.

    Parameters
    ----------
    size_bytes : int
        Its size.

    Raises
    ------
    UnreadableInputError
        Where it has more than `MOST_BYTES`.
    """
    if size_bytes > MOST_BYTES:
        raise UnreadableInputError(
            f"it has {size_bytes / 1e6:.1f} MB, more than the {MOST_BYTES / 1e6:.0f} MB "
            "that are read as a report; split it or save its text alone."
        )


def _content_type(header: str | None) -> tuple[str, str | None]:
    message = Message()
    message["content-type"] = (header or "").replace("\n", " ").replace("\r", " ")
    charset = message.get_content_charset()
    return (message.get_content_type() if header else ""), charset
