"""One publication, the versions of its text, and the captures of its bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from tracker.clock import whole_milliseconds
from tracker.errors import InvalidValueError
from tracker.identifiers import content_id

SAMPLE_SOURCE = "sample:"
"""Sources that begin so are samples, written to show the software: drawn, quoted, never counted."""

ERASED = "\u2588"
"""What stands for each letter of words that were erased."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


def erased(words: str) -> str:
    """Black words out.

    Parameters
    ----------
    words : str
        The words.

    Returns
    -------
    str
        As many blocks as there were letters, so that offsets still point into the text.
    """
    return ERASED * len(words)


def require_utc(instant: datetime, what: str) -> None:
    """Refuse an instant that is not aware UTC.

    Parameters
    ----------
    instant : datetime
        The instant.
    what : str
        Its name, for the message.

    Raises
    ------
    InvalidValueError
        Where it is naive or in another zone.
    """
    if instant.tzinfo is None or instant.utcoffset() != timedelta(0):
        raise InvalidValueError(f"{what} {instant} is not a UTC instant; give it with its zone.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """One publication: the same source and the same own id or address are the same report.

    Parameters
    ----------
    source : str
        Id of the source that published it.
    own_id : str
        The source's own id of it, or its canonical address.
    address : str or None
        Address where a reader finds it.
    language : str or None
        ISO 639-1 code.

    Raises
    ------
    InvalidValueError
        Where the source or the own id is empty.
    """

    source: str
    own_id: str
    address: str | None = None
    language: str | None = None
    _id: str = field(default="", init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.source.strip() or not self.own_id.strip():
            raise InvalidValueError("a report needs a source and an id or address of its own.")

    @property
    def id(self) -> str:
        """Id, a hash of source and own id."""
        if not self._id:  # hashed once: whoever files it asks for it again and again
            object.__setattr__(self, "_id", content_id("r", self.source, self.own_id))
        return self._id


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """One wording of a report; an edit is a new version.

    Parameters
    ----------
    report_id : str
        Report that it words.
    title, text : str
        Plain text, whitespace as published.
    published_at : datetime
        When the source says it was published, aware UTC.
    known_at : datetime
        From when the public could know this wording: `published_at`, or the first capture where
        the text was edited; aware UTC.
    kept_id : str
        Id from before its words were erased; empty where they were not.

    Raises
    ------
    InvalidValueError
        Where an instant is not aware UTC or it was known before it was published.
    """

    report_id: str
    title: str
    text: str
    published_at: datetime
    known_at: datetime
    kept_id: str = field(default="", repr=False, compare=False)
    _id: str = field(default="", init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        require_utc(self.published_at, "published_at")
        require_utc(self.known_at, "known_at")
        object.__setattr__(self, "published_at", whole_milliseconds(self.published_at))
        object.__setattr__(self, "known_at", whole_milliseconds(self.known_at))
        if self.known_at < self.published_at:
            raise InvalidValueError("a wording cannot be known before it was published.")

    @property
    def id(self) -> str:
        """Id, a hash of report, title, text and publication time."""
        if self.kept_id:
            return self.kept_id
        if not self._id:
            named = content_id("v", self.report_id, self.title, self.text, self.published_at)
            object.__setattr__(self, "_id", named)
        return self._id


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """One fetch of the bytes from which a version was read.

    Parameters
    ----------
    version_id : str
        Version that these bytes gave.
    sha256 : str
        Hash of the raw bytes, 64 lower-case hex digits; also their name in the archive.
    address : str
        Where they came from: an address, or the name of a file.
    captured_at : datetime
        When, aware UTC.
    status : int or None
        HTTP status, where there was one.
    headers : Mapping of str to str
        Response headers worth keeping, names in lower case.

    Raises
    ------
    InvalidValueError
        Where the hash is not SHA-256 in hex or the instant is not aware UTC.
    """

    version_id: str
    sha256: str
    address: str
    captured_at: datetime
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _SHA256.fullmatch(self.sha256):
            raise InvalidValueError(f"{self.sha256[:70]!r} is no SHA-256 hash in hex.")
        require_utc(self.captured_at, "captured_at")
        object.__setattr__(self, "captured_at", whole_milliseconds(self.captured_at))
        object.__setattr__(self, "headers", MappingProxyType(dict(self.headers)))
