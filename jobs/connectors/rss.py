"""Feeds: RSS, Atom and JSON Feed; with the full articles where the settings ask for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pydantic import Field

from jobs.connector import ConnectorOptions, Cursor, Delivery, Piece, Reach, Source
from jobs.connector.leads import article_of
from jobs.documents import Document, read_document
from jobs.documents.json_feed import is_json_feed, read_json_feed
from jobs.errors import SourceError
from jobs.fetch import Answer, Validators
from jobs.processes.parsing import parse
from tracker.errors import UnreadableInputError

NEEDS = ("address",)
MOST_MARKED = 500
"""Entries of a feed that are remembered, to notice when it ran ahead of its readings."""


class Options(ConnectorOptions):
    """Whether the feed is enough."""

    articles: bool = Field(False, description="Whether the article behind each entry is fetched.")
    most_articles: int = Field(50, ge=1, le=1_000, description="Most articles of one reading.")


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Read the feed where it changed: one request and nothing else where it did not.

    Parameters
    ----------
    source : Source
        `address` of the feed.
    reach : Reach
        The network.
    cursor : Cursor
        Validators and hash of the feed, hash of what its entries say, and who they are.

    Yields
    ------
    Delivery
        The feed, then each article.

    Raises
    ------
    SourceError
        Where it is no feed.
    """
    answer = reach.fetcher.fetch(source.address, validators=Validators.of(cursor))
    if answer.is_unchanged:
        return
    kept: dict[str, Any] = {
        **answer.validators.kept(),
        "sha256": hashlib.sha256(answer.content).hexdigest(),
    }
    if kept["sha256"] == cursor.get("sha256"):
        return
    documents, rejected = _entries(source, answer)
    kept |= {"said": _said(documents), "entries": [_mark(one) for one in documents[:MOST_MARKED]]}
    if kept["said"] == cursor.get("said"):
        return  # only the feed's own clock went on: its bytes prove nothing that is not archived
    notes = _missed(kept["entries"], cursor.get("entries", ()))
    feed = Delivery(piece=Piece.of_answer(answer), documents=documents, rejected=rejected)
    if not source.options.articles:
        yield replace(feed, notes=notes, cursor=kept)
        return
    # The cursor moves last: a run that is killed among the articles asks for the feed again.
    fresh = [one for one in documents if one.address and not reach.known(one.address)]
    yield feed
    for document in fresh[: source.options.most_articles]:
        yield from article_of(document, reach)
    late = len(fresh) - source.options.most_articles
    if late > 0:
        notes += (f"{late} articles are left out, more than most_articles.",)
    yield Delivery(notes=notes, cursor=kept)


def _said(documents: tuple[Document, ...]) -> str:
    return hashlib.sha256("\n".join(sorted(map(repr, documents))).encode()).hexdigest()


def _mark(document: Document) -> str:
    name = document.own_id or document.address or document.title
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _missed(now: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    # A feed is a window: where it shares nothing with the last one, some may have passed unseen.
    if not now or not before or set(now) & set(before):
        return ()
    told = "no entry of the last reading is left: some may have passed unseen; read it more often."
    return (told,)


def _entries(source: Source, answer: Answer) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    try:
        if is_json_feed(answer.content):
            reading = parse(read_json_feed, answer.content, address=answer.address)
        else:
            reading = parse(
                read_document,
                answer.content,
                name="feed.xml",
                address=answer.address,
                content_type=answer.headers.get("content-type"),
            )
    except UnreadableInputError as error:
        raise SourceError(source.name, f"{answer.address}: {error}") from None
    return reading.documents, reading.rejected
