"""Who else says it: claims that bear a claim out or speak against it, and its credibility grade.

The grade is the second axis of the Admiralty scale (NATO STANAG 2511): it goes by what independent
origins say of the same thing, whatever the reliability of who says it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.claims.claim import Claim
from tracker.evidence.sameness import (
    PlaceKey,
    Voices,
    at_once,
    copy_probability,
    linked,
    meet,
    place_keys,
)
from tracker.placing import PlacedClaim
from tracker.vocabulary import Credibility

MOST_VOICES = 200
"""Of more claims about one thing, the nearest in time of publication are heard."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """One independent origin that speaks of what a claim is about.

    Parameters
    ----------
    claim : Claim
        What it says.
    supports : bool
        Whether its size can hold together with the claim's.
    weight : float
        Probability that it is no copy, in [0, 1].
    """

    claim: Claim
    supports: bool
    weight: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Corroboration:
    """What others say about the thing that a claim is about.

    Parameters
    ----------
    claim : Claim
        The claim.
    voices : tuple of Voice
        One of each independent origin, the first known one first.
    """

    claim: Claim
    voices: tuple[Voice, ...]

    @property
    def support(self) -> tuple[Claim, ...]:
        """Claims that bear it out."""
        return tuple(voice.claim for voice in self.voices if voice.supports)

    @property
    def against(self) -> tuple[Claim, ...]:
        """Claims that speak against it."""
        return tuple(voice.claim for voice in self.voices if not voice.supports)

    @property
    def credibility(self) -> Credibility:
        """The grade that follows.

        Returns
        -------
        Credibility
            6 where the claim has no size, place or time to compare; 1 where two origins and more
            bear it out and none speaks against it; 2 where one more bears it out than speaks
            against it; 3 where nobody else speaks of it or the voices are even; 4 where one more
            speaks against it; 5 where two and more do and nobody bears it out. An origin that
            may be a copy counts by the probability that it is none.
        """
        if self.claim.measure is None or self.claim.observed is None or not self.claim.places:
            return Credibility.CANNOT_BE_JUDGED
        support = sum(voice.weight for voice in self.voices if voice.supports)
        against = sum(voice.weight for voice in self.voices if not voice.supports)
        if support - against >= 1:
            sure = support >= 2 and not against
            return Credibility.CONFIRMED if sure else Credibility.PROBABLY_TRUE
        if against - support < 1:
            return Credibility.POSSIBLY_TRUE
        return Credibility.IMPROBABLE if against >= 2 and not support else Credibility.DOUBTFUL


class Witnesses:
    """All claims, to be asked for what others say about one of them.

    Parameters
    ----------
    claims : iterable of Claim
        Claims.
    placed : Mapping of str to sequence of PlacedClaim
        Their places by claim id.
    """

    def __init__(
        self, claims: Iterable[Claim], placed: Mapping[str, Sequence[PlacedClaim]] | None = None
    ) -> None:
        known = list(claims)
        self._placed = placed or {}
        self._voices = Voices(known)
        self._about: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        for claim in sorted(known, key=lambda one: (one.known_at, one.id)):
            for key in self._keys(claim):
                self._about[key].append(claim)

    def hear(self, claim: Claim) -> Corroboration:
        """Hear what independent origins say about the thing that a claim is about.

        Parameters
        ----------
        claim : Claim
            The claim.

        Returns
        -------
        Corroboration
            The voices and the grade; relays, echoes and the claim's own speaker are none.
        """
        heard = set(self._voices.of(claim))
        voices: list[Voice] = []
        for other in self.around(claim):
            origin = self._voices.of(other)
            if origin & heard or linked(claim, other) or not at_once(claim, other):
                continue
            told = [claim, *(voice.claim for voice in voices)]
            copied = max(copy_probability(one, other) for one in told)
            heard |= origin
            voices.append(Voice(claim=other, supports=meet(claim, other), weight=1 - copied))
        return Corroboration(claim=claim, voices=tuple(voices))

    def around(self, claim: Claim) -> list[Claim]:
        """List the claims about the thing that a claim is about.

        Parameters
        ----------
        claim : Claim
            The claim.

        Returns
        -------
        list of Claim
            The first known one first, whoever speaks; of very many the nearest in time.
        """
        found = {other.id: other for key in self._keys(claim) for other in self._about[key]}
        others = sorted(found.values(), key=lambda other: abs(other.known_at - claim.known_at))
        return sorted(others[:MOST_VOICES], key=lambda other: (other.known_at, other.id))

    def _keys(self, claim: Claim) -> list[tuple[object, ...]]:
        size = claim.measure
        if size is None or claim.observed is None:
            return []
        sort = claim.actor, claim.kind, claim.status, claim.extent, claim.scope
        about = *sort, size.unit, size.per, size.change
        places: frozenset[PlaceKey] = place_keys(claim, self._placed.get(claim.id, ()))
        return [(*about, place) for place in places]
