"""GDELT as a list of leads: articles that its files or its search name are fetched and read.

Its own coding of events and places is not taken over: it repeats one event per article, and its
places are those of names alone.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlencode

from pydantic import Field

from jobs.connector import ConnectorOptions, Cursor, Delivery, Reach, Source
from jobs.connector.leads import article_of
from jobs.connector.payload import MOST_BYTES
from jobs.documents import Channel, Document
from jobs.documents.addresses import canonical_address, site_of
from jobs.documents.json_feed import read_json, text_of
from jobs.documents.table import DAMAGED_ZIP, require_small_archive
from jobs.errors import SourceError
from tracker.errors import UnreadableInputError

NEEDS = ("address",)
COLUMNS = 27
"""Of a record of the Global Knowledge Graph 2.1 (its codebook of 2015)."""
_DATE, _ADDRESS, _THEMES, _EXTRAS = 1, 4, 7, 26
_FROM_THE_WEB = "1"
_KIND = 2


class Options(ConnectorOptions):
    """Which articles are worth a look."""

    list: Literal["gkg", "doc"] = Field(
        "doc", description="gkg: the file of the last 15 minutes; doc: a search."
    )
    query: str = Field("", max_length=500, description="Words of the search (doc).")
    timespan: str = Field("1d", pattern=r"^\d{1,3}(min|h|d|w)$", description="How far back (doc).")
    themes: tuple[str, ...] = Field((), description="Themes of which one must be there (gkg).")
    words: tuple[str, ...] = Field((), description="Words of the address, one of them (gkg).")
    most_articles: int = Field(50, ge=1, le=500, description="Most articles of one reading.")


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Follow leads that were not followed yet.

    Parameters
    ----------
    source : Source
        `address` of lastupdate.txt (gkg) or of the search, .../api/v2/doc/doc.
    reach : Reach
        The network.
    cursor : Cursor
        The last file of the graph, or the addresses that the last search gave.

    Yields
    ------
    Delivery
        The articles; a lead that leads nowhere is named.

    Raises
    ------
    SourceError
        Where there is no list.
    """
    leads, rejected, kept = (
        _from_graph(source, reach, cursor)
        if source.options.list == "gkg"
        else _from_search(source, reach)
    )
    followed = set(cursor.get("leads", ()))
    fresh = [
        lead
        for lead in leads
        if lead.address and lead.address not in followed and not reach.known(lead.address)
    ]
    if rejected:
        yield Delivery(rejected=rejected)
    for lead in fresh[: source.options.most_articles]:
        yield from article_of(lead, reach)
    late = len(fresh) - source.options.most_articles
    notes = (f"{late} leads are left out, more than most_articles.",) if late > 0 else ()
    if kept != dict(cursor) or notes:
        yield Delivery(notes=notes, cursor=kept)


def _from_search(
    source: Source, reach: Reach
) -> tuple[list[Document], tuple[str, ...], dict[str, Any]]:
    options: Options = source.options
    query = {
        "query": options.query,
        "mode": "artlist",
        "format": "json",
        "maxrecords": "250",
        "timespan": options.timespan,
    }
    answer = reach.fetcher.fetch(f"{source.address}?{urlencode(query)}")
    try:
        value = read_json(answer.content)
    except UnreadableInputError:
        words = answer.content[:120].decode("utf-8", "replace").strip()
        raise SourceError(source.name, f"the search answers {words!r}.") from None
    articles = value.get("articles", []) if isinstance(value, dict) else None
    if not isinstance(articles, list):
        raise SourceError(source.name, "the search answers with no list of articles.")
    leads, rejected = [], []
    for number, article in enumerate(articles, start=1):
        said = article if isinstance(article, dict) else {}
        lead = _lead(text_of(said.get("url")), text_of(said.get("seendate")), "%Y%m%dT%H%M%SZ")
        if lead is None:
            rejected.append(f"lead {number} has no address or time.")
        else:
            leads.append(lead)
    kept = {"leads": sorted(lead.address for lead in leads if lead.address)}
    return leads, tuple(rejected), kept


def _from_graph(
    source: Source, reach: Reach, cursor: Cursor
) -> tuple[list[Document], tuple[str, ...], dict[str, Any]]:
    index = reach.fetcher.fetch(source.address).content.decode("ascii", "replace")
    lines = [line.split() for line in index.splitlines()]
    named = [line for line in lines if len(line) == 3 and line[2].endswith(".gkg.csv.zip")]
    if not named:
        raise SourceError(source.name, "there is no file of the knowledge graph in the list.")
    _, digest, address = named[0]
    if cursor.get("file") == address:
        return [], (), dict(cursor)
    packed = reach.fetcher.fetch(address, most_bytes=MOST_BYTES).content
    if hashlib.md5(packed, usedforsecurity=False).hexdigest() != digest:
        raise SourceError(source.name, f"{address} is not what the list says; try again later.")
    leads, rejected = read_graph(_unpacked(source, packed), source.options)
    return leads, rejected, {"file": address}


def _unpacked(source: Source, packed: bytes) -> str:
    try:
        require_small_archive(packed)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            return archive.read(archive.namelist()[0]).decode("utf-8", "replace")
    except (*DAMAGED_ZIP, IndexError) as error:  # a refusal is a ValueError among them
        raise SourceError(source.name, f"the file of the graph is damaged ({error}).") from None


def read_graph(text: str, options: Options) -> tuple[list[Document], tuple[str, ...]]:
    """Find the leads in a file of the knowledge graph.

    Parameters
    ----------
    text : str
        Records of 27 columns, separated by tabs, nothing quoted.
    options : Options
        Themes and words; without either every record is a lead.

    Returns
    -------
    tuple
        Leads, and one sentence per broken record.
    """
    csv.field_size_limit(10_000_000)
    leads, rejected = [], []
    lines = (line for line in text.split("\n") if line.strip())
    for number, cells in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        if len(cells) != COLUMNS:
            rejected.append(f"record {number} has {len(cells)} columns, not {COLUMNS}.")
            continue
        if cells[_KIND] != _FROM_THE_WEB or not _is_wanted(cells, options):
            continue
        lead = _lead(cells[_ADDRESS], cells[_DATE], "%Y%m%d%H%M%S")
        if lead is None:
            rejected.append(f"record {number} has no address or time.")
        else:
            leads.append(lead)
    return leads, tuple(rejected)


def _is_wanted(cells: list[str], options: Options) -> bool:
    themes = set(cells[_THEMES].split(";"))
    place = f"{cells[_ADDRESS]} {cells[_EXTRAS]}".casefold()
    by_theme = not options.themes or bool(themes & set(options.themes))
    by_word = not options.words or any(word.casefold() in place for word in options.words)
    return by_theme and by_word


def _lead(address: str, seen: str, written: str) -> Document | None:
    canonical = canonical_address(address)
    try:
        at = datetime.strptime(seen, written).replace(tzinfo=UTC)
    except ValueError:
        return None
    if canonical is None:
        return None
    return Document(
        channel=Channel.ENTRY,
        title="",
        text=canonical,
        source=site_of(canonical),
        own_id=canonical,
        address=canonical,
        published_at=at,
    )
