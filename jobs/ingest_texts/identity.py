"""Which report a document is: told by its address, and without one by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from jobs.documents import Channel, Document
from jobs.documents.addresses import site_of
from jobs.documents.document import UNNAMED_SOURCE
from jobs.documents.words import numbers_agree, overlap_share, words_of
from tracker.reports.report import Capture, Report, Version
from tracker.store.filed import FiledReport

FORM = "form"
"""Key under which a capture's headers keep the channel that its bytes were read through."""
GONE = "gone"
"""Key in the headers of a capture that proves an absence: the bytes no longer hold the report."""
SAME_SHARE = 0.8
"""Share of the shorter text's runs of words from which two forms of a text are one: pages lose
captions, advertisements and by-lines on the way to text, seldom more than a tenth of the words."""
SHORTEST_SHARE = 0.5
"""How much shorter one form may be, unless it is a feed's summary."""
FEWEST_WORDS = 12
"""Shorter texts are the same only word for word: posts of one line repeat themselves."""
_SAME_DATE = timedelta(days=2)
_PHRASE_WORDS = 6
_PHRASE_PLACES = (0.0, 0.25, 0.5, 0.75)
_CANDIDATES = 20


class Known(Protocol):
    """What is stored, asked by what identifies a report: a repository, or a look-up made before."""

    def find_reports(
        self, *, ids: Sequence[str] = (), addresses: Sequence[str] = ()
    ) -> list[FiledReport]:
        """Find reports by ids and addresses, as `Reader.find_reports` does."""
        ...

    def reports_with_any(
        self, phrases: Sequence[str], *, nameless: bool = False, limit: int
    ) -> list[FiledReport]:
        """Find reports by phrases, as `Reader.reports_with_any` does."""
        ...


def channel_of(capture: Capture) -> str | None:
    """Tell through which channel a capture's bytes were read.

    Parameters
    ----------
    capture : Capture
        The capture.

    Returns
    -------
    str or None
        A word of `Channel`; None where the bytes were no text, as with coded claims.
    """
    return capture.headers.get(FORM)


def is_excerpt(filed: FiledReport, version: Version) -> bool:
    """Tell whether a version may be a summary: only a feed's entry gave it.

    Parameters
    ----------
    filed : FiledReport
        The report.
    version : Version
        One of its versions.

    Returns
    -------
    bool
        False where a text or a page gave it too.
    """
    captures = [capture for capture in filed.captures if capture.version_id == version.id]
    return all(channel_of(capture) == Channel.ENTRY for capture in captures)


def new_report(document: Document, published: datetime) -> Report:
    """Name the report that a document is the first to tell of.

    Parameters
    ----------
    document : Document
        The document.
    published : datetime
        When it was published, aware UTC.

    Returns
    -------
    Report
        Known by its own id, or where it has none by its day and its words.
    """
    return Report(
        source=document.source or UNNAMED_SOURCE,
        own_id=document.own_id or f"{published:%Y-%m-%d}/{document.wording}",
        address=document.address,
        language=document.language,
    )


def find_report(known: Known, document: Document, published: datetime | None) -> FiledReport | None:
    """Find the report that a document belongs to.

    Parameters
    ----------
    known : Known
        What is stored.
    document : Document
        The document.
    published : datetime or None
        When it was published, aware UTC, where that is known.

    Returns
    -------
    FiledReport or None
        The report with its versions and captures; None where nothing tells of it yet.
    """
    ids = list(ids_of(document, published))
    found = {
        filed.report.id: filed
        for filed in known.find_reports(ids=ids, addresses=_addresses(document))
        if filed.versions and not _elsewhere(document, filed)
    }
    for report_id in ids:
        if report_id in found:
            return found[report_id]
    if found:
        return next(iter(found.values()))
    return _same_words(known, document, published)


def ids_of(document: Document, published: datetime | None) -> Iterator[str]:
    """Name the reports that a document may belong to.

    Parameters
    ----------
    document : Document
        The document.
    published : datetime or None
        When it was published, aware UTC, where that is known.

    Yields
    ------
    str
        Ids, the likeliest first.
    """
    if document.own_id is not None:
        assert document.source is not None
        yield Report(source=document.source, own_id=document.own_id).id
    if document.address is not None:
        yield Report(source=site_of(document.address), own_id=document.address).id
    if published is not None:
        nameless = f"{published:%Y-%m-%d}/{document.wording}"
        for source in dict.fromkeys((document.source or UNNAMED_SOURCE, UNNAMED_SOURCE)):
            yield Report(source=source, own_id=nameless).id


def _addresses(document: Document) -> list[str]:
    return [] if document.address is None else [document.address]


def _same_words(known: Known, document: Document, published: datetime | None) -> FiledReport | None:
    words = words_of(document.text)
    if len(words) < FEWEST_WORDS:
        return None
    best, best_share = None, SAME_SHARE
    has_address = document.address is not None
    for filed in known.reports_with_any(phrases_of(words), nameless=has_address, limit=_CANDIDATES):
        if _elsewhere(document, filed) or not any(map(channel_of, filed.captures)):
            continue
        share = max(_likeness(document, filed, version, published) for version in filed.versions)
        if share > best_share or (share == best_share and best is None):
            best, best_share = filed, share
    return best


def _elsewhere(document: Document, filed: FiledReport) -> bool:
    # two addresses are two publications, however alike
    return None not in {document.address, filed.report.address} and (
        document.address != filed.report.address
    )


def _of_another(document: Document, filed: FiledReport) -> bool:
    # two named sources that say the same are a source and its echo, not one publication
    known = filed.report.source
    named = document.source is not None and known != UNNAMED_SOURCE
    return named and document.source != known


def phrases_of(words: list[str]) -> list[str]:
    """Take a few runs of words, of which another form of the text keeps at least one.

    Parameters
    ----------
    words : list of str
        Words of a text, at least `FEWEST_WORDS`.

    Returns
    -------
    list of str
        Phrases to look for.
    """
    last = len(words) - _PHRASE_WORDS
    starts = [int(last * place) for place in _PHRASE_PLACES]
    return [" ".join(words[start : start + _PHRASE_WORDS]) for start in starts]


def _likeness(
    document: Document, filed: FiledReport, version: Version, published: datetime | None
) -> float:
    if published is not None and abs(version.published_at - published) > _SAME_DATE:
        return 0.0
    if _of_another(document, filed) or not numbers_agree(document.text, version.text):
        return 0.0
    lengths = sorted((len(document.text), len(version.text)))
    may_be_short = document.channel is Channel.ENTRY or is_excerpt(filed, version)
    if not may_be_short and lengths[0] < SHORTEST_SHARE * lengths[1]:
        return 0.0
    return overlap_share(document.text, version.text)
