"""Facts of a publication that a reader needs to find it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.publication.redaction import submitters
from tracker.store.filed import FiledReport


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """Facts of one wording of a report that a reader needs to find it.

    Parameters
    ----------
    title, source : str
        Headline, and id of the source.
    address : str or None
        Where a reader finds it.
    published_at : datetime
        Aware UTC.
    sha256 : str or None
        Hash of the first archived bytes of this wording.
    submitters : frozenset of str
        Names of people who sent it in, as its text says; for blanking alone.
    """

    title: str
    source: str
    address: str | None
    published_at: datetime
    sha256: str | None
    submitters: frozenset[str] = frozenset()


def publications(filed: Iterable[FiledReport]) -> dict[str, Publication]:
    """Look up the publication of each version.

    Parameters
    ----------
    filed : iterable of FiledReport
        Reports with their versions and captures.

    Returns
    -------
    dict of str to Publication
        By version id.
    """
    found = {}
    for item in filed:
        first: dict[str, str] = {}
        for capture in item.captures:
            first.setdefault(capture.version_id, capture.sha256)
        for version in item.versions:
            found[version.id] = Publication(
                title=version.title,
                source=item.report.source,
                address=item.report.address,
                published_at=version.published_at,
                sha256=first.get(version.id),
                submitters=submitters(f"{version.title}\n{version.text}"),
            )
    return found
