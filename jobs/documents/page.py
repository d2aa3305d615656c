"""Web pages: the article's words with the facts that the page states about itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import lxml.html
import trafilatura
from lxml.etree import ParserError

from jobs.documents.addresses import canonical_address, site_of
from jobs.documents.document import Channel, Document, language_code
from jobs.documents.markup import block_lines, element_text, require_tame_markup
from tracker.errors import InvalidValueError, UnreadableInputError
from tracker.timespan import parse_date

_XML_LINE = re.compile(r"^\s*<\?xml[^>]*\?>")
_OPENS = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_DATE_NAMES = ("article:published_time", "datePublished", "date", "dcterms.created", "pubdate")
_LINKED_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_ZONE_WITHOUT_COLON = re.compile(r"([+-]\d{2})(\d{2})$")
_SHORT_CHARACTERS = 250
"""Below this length trafilatura takes the whole page for the article, its menus included."""
_DATES_FROM_THE_PAGE_ALONE = {"extensive_search": False, "original_date": True}


def read_page(markup: str, *, address: str | None = None) -> Document:
    """Read a web page.

    Parameters
    ----------
    markup : str
        HTML.
    address : str, optional
        Where it was fetched from; a canonical link to another site is not believed then.

    Returns
    -------
    Document
        The article; facts that the page does not state are None.

    Raises
    ------
    UnreadableInputError
        Where the page is cut off, its markup is not tame, or there is no article in it.
    """
    if _OPENS.search(markup) and not _CLOSES.search(markup):
        raise UnreadableInputError("the page is cut off before its end; fetch it again.")
    require_tame_markup(markup)
    try:
        root = lxml.html.document_fromstring(_XML_LINE.sub("", markup))
    except ParserError:
        raise UnreadableInputError("there is no text in the page.") from None
    found = trafilatura.bare_extraction(
        markup,
        with_metadata=True,
        include_comments=False,
        date_extraction_params=_DATES_FROM_THE_PAGE_ALONE,
    )
    title = " ".join((_attribute(found, "title") or "").split())
    own = _own_address(root, address)
    try:
        return Document(
            channel=Channel.PAGE,
            title=title,
            text=_body(root, _attribute(found, "text") or "", title),
            source=site_of(own) if own else None,
            own_id=own,
            address=own,
            published_at=_published(root, markup, _attribute(found, "date")),
            language=language_code(str(root.get("lang") or "")),
        )
    except InvalidValueError:
        raise UnreadableInputError("there is no article text in the page.") from None


def _attribute(found: object, name: str) -> str | None:
    value = getattr(found, name, None)
    return value if isinstance(value, str) else None


def _body(root: lxml.html.HtmlElement, text: str, title: str) -> str:
    if len(text) < _SHORT_CHARACTERS:
        article = next(root.iter("article", "main"), None)
        text = element_text(article) if article is not None else text
    lines = block_lines(text).split("\n")
    if title and lines[0] == title:
        lines = lines[1:]
    return "\n".join(lines)


def _own_address(root: lxml.html.HtmlElement, fetched: str | None) -> str | None:
    stated = [
        *root.xpath("//link[@rel='canonical']/@href"),
        *root.xpath("//meta[@property='og:url']/@content"),
    ]
    canonical = next((own for text in stated if (own := canonical_address(str(text)))), None)
    address = canonical_address(fetched) if fetched else None
    if address is None:
        return canonical
    if canonical is None or site_of(canonical) != site_of(address):
        return address
    return canonical


def _published(root: lxml.html.HtmlElement, markup: str, day: str | None) -> datetime | None:
    stated = [
        str(value)
        for name in _DATE_NAMES
        for value in root.xpath(
            "//meta[@property=$name or @name=$name or @itemprop=$name]/@content", name=name
        )
    ]
    stated += _LINKED_DATA.findall(markup)
    stated += [str(value) for value in root.xpath("//article//time/@datetime")[:1]]
    instants = (read_instant(text) for text in [*stated, day or ""])
    return next((instant for instant in instants if instant is not None), None)


def read_instant(text: str) -> datetime | None:
    """Read a publication time as pages write it.

    Parameters
    ----------
    text : str
        ISO 8601, with a zone or without.

    Returns
    -------
    datetime or None
        Aware UTC; the end of the day where the zone or the hour is not given; None where it is no
        such date.
    """
    text = _ZONE_WITHOUT_COLON.sub(r"\1:\2", text.strip()) if "T" in text or ":" in text else text
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    try:
        if instant.tzinfo is None:
            return parse_date(f"{instant:%Y-%m-%d}").end
        return instant.astimezone(UTC)
    except (InvalidValueError, OverflowError):
        return None
