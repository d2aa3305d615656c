"""Addresses that a feed or a list leads to, followed to the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jobs.connector.contract import Delivery, Piece, Reach
from jobs.connector.payload import read_piece
from jobs.documents import Document
from jobs.errors import FetchError


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
    read = read_piece(Piece.of_answer(answer))
    articles = tuple(
        replace(one, published_at=one.published_at or document.published_at)
        for one in read.documents
    )
    yield replace(read, documents=articles)
