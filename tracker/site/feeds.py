"""Atom feeds: what became known of an area, of a formation, or from a source."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, time
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from tracker.briefing.markdown import shortened
from tracker.briefing.phrases import plain
from tracker.site.entries import Entry, Group
from tracker.site.matter import Facts, File

MOST_ENTRIES = 100
_ATOM = "http://www.w3.org/2005/Atom"


def feed(facts: Facts, group: Group, *, kind: str, page: str, withheld: Sequence[str]) -> File:
    """Write a feed.

    Parameters
    ----------
    facts : Facts
        What every page says.
    group : Group
        What it tells; the newest `MOST_ENTRIES`.
    kind : str
        `area`, `formation` or `source`.
    page : str
        Path of the page that it belongs to.
    withheld : sequence of str
        What was held back.

    Returns
    -------
    File
        Atom (RFC 4287). Its times are those of the claims, never the clock's; ids are UUIDs of
        what they stand for and stay when the site moves.
    """
    register_namespace("", _ATOM)
    path = f"feeds/{kind}-{group.slug}.atom"
    root = Element(f"{{{_ATOM}}}feed")
    told = group.entries[:MOST_ENTRIES]
    _add(root, "id", _urn(f"{kind}/{group.slug}"))
    _add(root, "title", f"{facts.title}: {group.name}")
    _add(root, "subtitle", " ".join(withheld) or "Nothing was held back.")
    _add(root, "updated", _instant(_updated(told, facts)))
    _add(_add(root, "author"), "name", facts.cite_as or facts.title)
    _add(root, "rights", f"{facts.marking}. Licence: {facts.licence or 'not stated'}.")
    _add(root, "category", term=facts.marking or "unmarked")
    _add(root, "link", rel="self", type="application/atom+xml", href=_link(facts, path))
    _add(root, "link", rel="alternate", type="text/html", href=_link(facts, page))
    for entry in told:
        _tell(root, entry, facts)
    indent(root)
    return File(path=path, data=tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _tell(root: Element, entry: Entry, facts: Facts) -> None:
    item = _add(root, "entry")
    reference = entry.reference
    _add(item, "id", _urn(entry.claim.id))
    _add(item, "title", entry.words)
    known = _instant(entry.claim.known_at)
    _add(item, "published", known)
    _add(item, "updated", known)
    _add(_add(item, "author"), "name", reference.claimant or "Not attributed")
    page = f"days/{entry.day}.html#{entry.claim.id}"
    _add(item, "link", rel="alternate", type="text/html", href=_link(facts, page))
    if reference.address:
        _add(item, "link", rel="via", href=reference.address)
    words = shortened(reference.quote)
    said = f"Coded: {words}." if reference.is_coded else f"“{words}”"
    _add(item, "content", f"{said} {reference.publication}. Grade: {reference.grade}.", type="text")


def _updated(told: Sequence[Entry], facts: Facts) -> datetime:
    newest = max((entry.claim.known_at for entry in told), default=None)
    return newest or datetime.combine(facts.as_of, time(0), tzinfo=UTC)


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    element = SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    if text is not None:
        element.text = plain(text)
    return element


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"troop-tracker/{name}").urn


def _link(facts: Facts, path: str) -> str:
    return f"{facts.address}{path}" if facts.address else f"../{path}"


def _instant(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
