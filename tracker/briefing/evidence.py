"""What a briefing is written from, and the references that it draws on as it goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlsplit

from tracker.areas import Area
from tracker.briefing.model import Reference
from tracker.claims.claim import Claim
from tracker.claims.wording import grade_in_words
from tracker.estimates.estimate import Estimate
from tracker.placing import PlacedClaim
from tracker.store.filed import FiledReport

_ADDRESS = re.compile(r"https?://\S+")
_SAFE_IN_ADDRESS = ":/?#[]@!$&*+,;=%~-._"


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
    """

    title: str
    source: str
    address: str | None
    published_at: datetime
    sha256: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What a briefing is written from.

    Parameters
    ----------
    claims : sequence of Claim
        Claims known by the briefing's day, those that were corrected included.
    placed : sequence of PlacedClaim
        Their places.
    estimates : sequence of Estimate
        Of the briefing's day, one per area.
    previous : sequence of Estimate
        What the briefing before gave, one per area.
    areas : sequence of Area
        The areas.
    publications : Mapping of str to Publication
        By version id.
    withheld : sequence of str
        One sentence for each thing that was held back.
    """

    claims: Sequence[Claim]
    placed: Sequence[PlacedClaim]
    estimates: Sequence[Estimate]
    previous: Sequence[Estimate]
    areas: Sequence[Area]
    publications: Mapping[str, Publication]
    withheld: Sequence[str] = ()


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
            )
    return found


class References:
    """Numbers for claims in the order in which a briefing first mentions them.

    Parameters
    ----------
    publications : Mapping of str to Publication
        By version id.
    """

    def __init__(self, publications: Mapping[str, Publication]) -> None:
        self._publications = publications
        self._numbers: dict[str, int] = {}
        self._claims: list[Claim] = []

    def number(self, claim: Claim) -> int:
        """Give a claim its number.

        Parameters
        ----------
        claim : Claim
            The claim.

        Returns
        -------
        int
            From 1; the same for the same claim.
        """
        if claim.id not in self._numbers:
            self._claims.append(claim)
            self._numbers[claim.id] = len(self._claims)
        return self._numbers[claim.id]

    def listed(self) -> tuple[Reference, ...]:
        """List everything that was mentioned.

        Returns
        -------
        tuple of Reference
            In the order of their numbers.
        """
        return tuple(
            _reference(number, claim, self._publications.get(claim.version_id))
            for number, claim in enumerate(self._claims, start=1)
        )


def _reference(number: int, claim: Claim, publication: Publication | None) -> Reference:
    named = _ADDRESS.search(claim.citation or "")
    address = publication.address if publication else None
    words = claim.citation
    if words is None and publication is not None:
        words = ", ".join(part for part in (publication.title, publication.source) if part)
    published = (publication.published_at if publication else claim.known_at).date()
    words = _ADDRESS.sub("", words or "").strip(" ,") or "publication not named"
    if f"{published:%Y-%m}" not in words:
        words = f"{words}, {published}"
    return Reference(
        number=number,
        claim_id=claim.id,
        quote=claim.quote.text,
        is_coded=claim.citation is not None,
        claimant=claim.claimant,
        via=claim.via,
        publication=words,
        address=safe_address(address or (named[0] if named else None)),
        grade=grade_in_words(claim),
        sha256=publication.sha256 if publication else None,
    )


def safe_address(address: str | None) -> str | None:
    """Let only addresses of the web become links.

    Parameters
    ----------
    address : str or None
        An address from outside.

    Returns
    -------
    str or None
        The address with everything quoted that could end a link; None for another scheme.
    """
    if address is None:
        return None
    try:
        parts = urlsplit(address.strip())
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return quote(address.strip(), safe=_SAFE_IN_ADDRESS) if is_web else None
