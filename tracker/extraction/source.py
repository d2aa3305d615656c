"""A report that is being read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker.extraction.tagged import Tagged


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """What is known of a report before it is read.

    Parameters
    ----------
    text : str
        Its text.
    report_id, version_id : str
        Its ids.
    published_at, known_at : datetime
        Aware UTC.
    extractor : str
        Name and version of what reads it.
    owner : str or None
        The one actor whose forces the text names, for forces whose owner a sentence leaves open.
    """

    text: str
    report_id: str
    version_id: str
    published_at: datetime
    known_at: datetime
    extractor: str
    owner: str | None = None


def words_of(source: Source, view: Tagged, first: int, last: int) -> str:
    """Read the words of a stretch of tokens as published.

    Parameters
    ----------
    source : Source
        The report.
    view : Tagged
        The sentence.
    first : int
        First token.
    last : int
        Token behind the last one.

    Returns
    -------
    str
        The text's own span.
    """
    start, end = view.span(first, last)
    return source.text[start:end]
