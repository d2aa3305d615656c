"""What the parts of a briefing are written from: evidence, language, references, what is new."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tracker.areas import Area
from tracker.briefing.evidence import Evidence, References
from tracker.briefing.language import Language, language
from tracker.briefing.model import Edition
from tracker.briefing.phrases import claim_in_words, rounded
from tracker.claims.claim import Claim
from tracker.movements.timeline import named_in
from tracker.placing import PlacedClaim
from tracker.vocabulary import Status


class Draft:
    """A briefing that is being written.

    Parameters
    ----------
    edition : Edition
        Which one.
    evidence : Evidence
        What it is written from.
    """

    def __init__(self, edition: Edition, evidence: Evidence) -> None:
        self.edition = edition
        self.evidence = evidence
        self.references = References(evidence.publications)
        self.claims = {claim.id: claim for claim in evidence.claims}
        self.places: dict[str, list[PlacedClaim]] = {}
        for place in evidence.placed:
            self.places.setdefault(place.claim_id, []).append(place)
        self.fresh = self._new_claims()

    @property
    def language(self) -> Language:
        """Language that it is written in."""
        return language(self.edition.language)

    @property
    def area(self) -> Area | None:
        """Area that the headline speaks of."""
        return self.named_areas.get(self.edition.area)

    @property
    def named_areas(self) -> dict[str, Area]:
        """Areas by id."""
        return {area.id: area for area in self.evidence.areas}

    def say(self, key: str, /, **values: Any) -> str:
        """Say a sentence in the briefing's language.

        Parameters
        ----------
        key : str
            Section and name of the sentence.
        **values : Any
            What is filled in.

        Returns
        -------
        str
            The sentence.
        """
        return self.language.say(key, **values)

    def day(self, day: date) -> str:
        """Write a day.

        Parameters
        ----------
        day : date
            The day.

        Returns
        -------
        str
            In the briefing's language.
        """
        return self.language.day(day)

    def size(self, number: float) -> str:
        """Write a size no sharper than it is known.

        Parameters
        ----------
        number : float
            The size.

        Returns
        -------
        str
            In the briefing's language.
        """
        return rounded(number, self.language)

    def said(self, claim: Claim) -> str:
        """Write a claim in one line.

        Parameters
        ----------
        claim : Claim
            The claim.

        Returns
        -------
        str
            In the briefing's language.
        """
        return claim_in_words(claim, self.places.get(claim.id, ()), self.language)

    def is_subject(self, claim: Claim) -> bool:
        """Say whether a claim is about what the briefing is about.

        Parameters
        ----------
        claim : Claim
            A claim.

        Returns
        -------
        bool
            Whether it is about the actor, about the formation where the briefing follows one,
            and touches the area where that is a part of another. A theatre gets all: who is on
            the way to it is not there yet.
        """
        if claim.actor != self.edition.actor:
            return False
        if self.edition.formation is not None:
            return self.edition.formation in named_in(claim)
        area = self.area
        if area is None or area.parent is None:
            return True
        return any(
            place.geometry is not None and place.geometry.intersects(area.geometry)
            for place in self.places.get(claim.id, ())
        )

    def _new_claims(self) -> list[Claim]:
        first, last = end_of(self.edition.since), end_of(self.edition.as_of)
        chosen = [
            claim
            for claim in self.evidence.claims
            if first <= claim.known_at < last
            and claim.status is not Status.BACKGROUND
            and self.is_subject(claim)
        ]
        return sorted(chosen, key=lambda claim: (-claim.known_at.timestamp(), claim.id))


def end_of(day: date) -> datetime:
    """Return the end of a UTC day.

    Parameters
    ----------
    day : date
        The day.

    Returns
    -------
    datetime
        The first instant of the day after, aware UTC.
    """
    return datetime.combine(day, time(0, tzinfo=UTC)) + timedelta(days=1)
