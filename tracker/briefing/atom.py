"""A briefing as an Atom entry, and entries as a feed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from tracker.briefing.model import Briefing
from tracker.briefing.phrases import plain

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TIME = "%Y-%m-%dT%H:%M:%SZ"


def render_atom(briefing: Briefing, page: str) -> bytes:
    """Write a briefing as an Atom entry document (RFC 4287).

    Parameters
    ----------
    briefing : Briefing
        The briefing.
    page : str
        Address of its page, relative to the entry or whole.

    Returns
    -------
    bytes
        XML. Its id is the same for all editions of a day, so that a feed reader shows the
        correction in place of what it corrects.
    """
    register_namespace("", _ATOM)
    entry = _entry(briefing, page)
    return _written(entry)


def render_feed(title: str, briefings: Sequence[tuple[Briefing, str]]) -> bytes:
    """Write a feed of briefings.

    Parameters
    ----------
    title : str
        Title of the feed.
    briefings : sequence of tuple
        Briefings with the addresses of their pages, the newest first; at least one.

    Returns
    -------
    bytes
        XML.
    """
    register_namespace("", _ATOM)
    feed = Element(f"{{{_ATOM}}}feed")
    first = briefings[0][0].edition
    _add(feed, "id", _urn(f"briefings/{first.series}"))
    _add(feed, "title", title)
    updated = max(one.edition.as_recorded for one, _ in briefings)
    _add(feed, "updated", f"{updated:{_TIME}}")
    _add(_add(feed, "author"), "name", title)
    feed.extend(_entry(briefing, page) for briefing, page in briefings)
    return _written(feed)


def _written(root: Element) -> bytes:
    indent(root)
    return b"%s\n" % tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(briefing: Briefing, page: str) -> Element:
    edition = briefing.edition
    entry = Element(
        f"{{{_ATOM}}}entry", {"{http://www.w3.org/XML/1998/namespace}lang": edition.language}
    )
    _add(entry, "id", _urn(f"briefing/{edition.series}/{edition.area}/{edition.as_of}"))
    _add(entry, "title", f"{edition.title}, {edition.as_of}")
    _add(entry, "updated", f"{edition.as_recorded:{_TIME}}")
    _add(_add(entry, "author"), "name", edition.title)
    if edition.marking:
        _add(entry, "category", term=edition.marking)
    _add(entry, "link", rel="alternate", type="text/html", href=page)
    corrected = briefing.corrected.statements if briefing.corrected else ()
    told = [one.text for one in (*corrected, *briefing.headline)]
    _add(entry, "summary", " ".join(told), type="text")
    return entry


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    element = SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    if text is not None:
        element.text = plain(text)
    return element


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"troop-tracker/{name}").urn
