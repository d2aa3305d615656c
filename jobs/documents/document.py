"""One parsed document: a report's words with the facts that its file or page states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jobs.documents.words import fingerprint
from tracker.errors import InvalidValueError
from tracker.reports.report import require_utc

UNNAMED_SOURCE = "file"
"""Source of a text that says neither who published it nor where."""


_CODE = re.compile(r"([a-z]{2})(?![a-z])")
_COUNTRIES_FOR_LANGUAGES = {"ua": "uk", "by": "be"}
"""Codes of countries that sites write where the code of the language belongs."""


def language_code(declared: str) -> str | None:
    """Read a language as pages and feeds declare it.

    Parameters
    ----------
    declared : str
        For example "en-GB", "uk_UA", "UA".

    Returns
    -------
    str or None
        ISO 639-1 code; None where it is none.
    """
    match = _CODE.match(declared.strip().lower())
    return _COUNTRIES_FOR_LANGUAGES.get(match[1], match[1]) if match else None


class Channel(StrEnum):
    """The form in which a report reached us.

    A feed's entry may be a summary. A post is whole, and stays in its list: seen there again it
    proves nothing new, and other words than last time are an edit, however small.
    """

    TEXT = "text"
    PAGE = "page"
    ENTRY = "entry"
    POST = "post"


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A report as one file, page or feed entry gives it.

    Parameters
    ----------
    channel : Channel
        Plain text, a web page, an entry of a feed, or a post.
    title : str
        Headline; empty where there is none.
    text : str
        Body as plain text, lines ended by a line feed, without the headline.
    source : str or None
        Id of the source, where the document or its address tells.
    own_id : str or None
        The source's own id of it (a canonical address or a feed's guid); None where it has none.
    address : str or None
        Canonical address.
    published_at : datetime or None
        When the source says it was published, aware UTC; None where it does not say.
    language : str or None
        ISO 639-1 code as declared.

    Raises
    ------
    InvalidValueError
        Where there is no word in it, or the publication time is not aware UTC.
    """

    channel: Channel
    title: str
    text: str
    source: str | None = None
    own_id: str | None = None
    address: str | None = None
    published_at: datetime | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if not any(char.isalnum() for char in self.text):
            raise InvalidValueError("there is no text in it.")
        if self.published_at is not None:
            require_utc(self.published_at, "published_at")

    @property
    def wording(self) -> str:
        """Hash of the words of title and text; layout, case and punctuation do not count."""
        return fingerprint(f"{self.title}\n{self.text}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one file or answer gave.

    Parameters
    ----------
    documents : tuple of Document
        Everything that could be read.
    rejected : tuple of str
        One sentence for each part that could not, while the others could.
    """

    documents: tuple[Document, ...]
    rejected: tuple[str, ...] = ()
