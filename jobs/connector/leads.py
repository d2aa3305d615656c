"""Addresses that a feed or a list leads to, followed to the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jobs.connector.contract import Delivery, Piece, Reach
from jobs.documents import Document, read_document
from jobs.errors import FetchError
from jobs.processes.parsing import parse
from tracker.errors import UnreadableInputError


def article_of(document: Document, reach: Reach) -> Iterator[Delivery]:
    """Fetch the article that an entry leads to.

    Parameters
    ----------
    document : Document
        The entry; its time of publication stands in for an article that states none.
    reach : Reach
        The network.

    Yields
    ------
    Delivery
        The article, or the sentence that says why it cannot be had.
    """
    assert document.address is not None
    try:
        answer = reach.fetcher.follow(document.address)
    except FetchError as error:
        yield Delivery(rejected=(str(error),))
        return
    piece = Piece.of_answer(answer)
    try:
        reading = parse(
            read_document,
            answer.content,
            name=answer.address,
            address=answer.address,
            content_type=answer.headers.get("content-type"),
        )
    except UnreadableInputError as error:
        yield Delivery(piece=piece, rejected=(str(error),))
        return
    articles = tuple(
        replace(one, published_at=one.published_at or document.published_at)
        for one in reading.documents
    )
    yield Delivery(piece=piece, documents=articles, rejected=reading.rejected)
