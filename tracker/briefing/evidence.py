"""What a briefing is written from, and the references that it draws on as it goes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from tracker.areas import Area
from tracker.briefing.model import Reference
from tracker.claims.claim import Claim
from tracker.claims.wording import grade_in_words
from tracker.estimates.estimate import Estimate
from tracker.estimates.news import News
from tracker.evidence.judgement import Judgement
from tracker.movements.movement import Movement
from tracker.placing import PlacedClaim
from tracker.publication import Publication

_ADDRESS = re.compile(r"https?://\S+")
_SAFE_IN_ADDRESS = ":/?#[]@!$&*+,;=%~-._"


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
    news : News or None
        What changed the estimate of the headline's area since the briefing before.
    movements : sequence of Movement
        Put together from claims that may be shown.
    judgements : sequence of Judgement
        What people decided about claims.
    """

    claims: Sequence[Claim]
    placed: Sequence[PlacedClaim]
    estimates: Sequence[Estimate]
    previous: Sequence[Estimate]
    areas: Sequence[Area]
    publications: Mapping[str, Publication]
    withheld: Sequence[str] = ()
    news: News | None = None
    movements: Sequence[Movement] = ()
    judgements: Sequence[Judgement] = ()


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
