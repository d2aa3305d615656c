"""Bytes read as far as that goes without the database: documents, and the claims of new ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from jobs.documents import Document, Origin, read_document
from jobs.ingest_texts.identity import new_report
from jobs.ingest_texts.wording import first_wording
from tracker.claims.claim import Claim
from tracker.errors import TrackerError, UnreadableInputError
from tracker.extraction.languages import language_of
from tracker.placing import PlacedClaim
from tracker.reports.report import Version

Extract = Callable[..., tuple[list[Claim], list[PlacedClaim]]]
"""`extract(text, report_id=, version_id=, published=, known_at=, lang=)` as of the claims."""

READ_LANGUAGES = frozenset({"en", "ru", "uk"})
"""Languages in which claims are read; reports in others are kept as words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """Archived bytes that are still to be read.

    Parameters
    ----------
    data : bytes
        The bytes.
    sha256 : str
        Their hash.
    origin : Origin
        Where they came from.
    published : datetime or None
        Publication of documents that state none, aware UTC.
    """

    data: bytes
    sha256: str
    origin: Origin
    published: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionClaims:
    """Claims of one wording.

    Parameters
    ----------
    version : Version
        The wording.
    claims, placed : list
        What it says, and where that is.
    """

    version: Version
    claims: list[Claim]
    placed: list[PlacedClaim]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadSheet:
    """What bytes hold.

    Parameters
    ----------
    documents : tuple of (Document, VersionClaims or None)
        Each document with the claims that it makes where its report is new; None where it does
        not say when it was published.
    rejected : tuple of str
        Why some of it, or all, could not be read.
    """

    documents: tuple[tuple[Document, VersionClaims | None], ...] = ()
    rejected: tuple[str, ...] = ()


def read_sheet(sheet: Sheet, *, extract: Extract) -> ReadSheet:
    """Read bytes, and the claims of each document as if nothing were known of its report.

    Parameters
    ----------
    sheet : Sheet
        The bytes.
    extract : Callable
        Reads the claims of a text.

    Returns
    -------
    ReadSheet
        Documents with claims, or why there are none.
    """
    origin = sheet.origin
    try:
        reading = read_document(
            sheet.data,
            name=origin.name,
            address=origin.address,
            content_type=origin.headers.get("content-type"),
        )
    except UnreadableInputError as error:
        return ReadSheet(rejected=(str(error),))
    return ReadSheet(
        documents=tuple(
            (document, _claims_if_new(document, sheet.published, extract))
            for document in reading.documents
        ),
        rejected=reading.rejected,
    )


def sheet_reader(extract: Extract) -> Callable[[Sheet], ReadSheet]:
    """Make what reads sheets, in the process that does so.

    Parameters
    ----------
    extract : Callable
        Reads the claims of a text, as a `jobs.reading.texts.TextReader` does; an own gazetteer has
        to lie at the same path wherever sheets are read.

    Returns
    -------
    callable
        Takes a sheet.
    """
    return partial(read_sheet, extract=extract)


def claims_of(version: Version, language: str | None, extract: Extract) -> VersionClaims:
    """Read the claims of a wording.

    Parameters
    ----------
    version : Version
        The wording.
    language : str or None
        Its language as declared; None where nobody says.
    extract : Callable
        Reads the claims of a text.

    Returns
    -------
    VersionClaims
        None where the language is not read.
    """
    if not is_read(language):
        return VersionClaims(version=version, claims=[], placed=[])
    claims, placed = extract(
        version.text,
        report_id=version.report_id,
        version_id=version.id,
        published=version.published_at,
        known_at=version.known_at,
        lang=_reading_language(version.text, language),
    )
    return VersionClaims(version=version, claims=claims, placed=placed)


def is_read(language: str | None) -> bool:
    """Tell whether claims are read in a language.

    Parameters
    ----------
    language : str or None
        Its code; None where nobody says.

    Returns
    -------
    bool
        Whether they are.
    """
    return language is None or language in READ_LANGUAGES


def _claims_if_new(
    document: Document, published: datetime | None, extract: Extract
) -> VersionClaims | None:
    stated = document.published_at or published
    if stated is None:
        return None
    try:
        report = new_report(document, stated)
        version = first_wording(report.id, document, stated).version
        return claims_of(version, document.language, extract)
    except TrackerError:
        return None  # filing it will say why


def _reading_language(text: str, declared: str | None) -> str:
    # The letters are right where a page's template declares another alphabet's language.
    by_letters = language_of(text)
    same_alphabet = (declared == "en") == (by_letters == "en")
    return declared if declared is not None and same_alphabet else by_letters
