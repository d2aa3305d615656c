"""Who else says it: claims that bear a claim out or speak against it, and its credibility grade.

The grade is the second axis of the Admiralty scale (NATO STANAG 2511): it goes by what independent
origins say of the same thing, whatever the reliability of who says it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest
from itertools import islice

from tracker.claims.claim import Claim
from tracker.evidence.sameness import (
    SAME_TIME,
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
"""Of more claims about one thing at one time, the nearest in time of publication are heard."""
_DAY = timedelta(days=1)


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
        # By thing, and by the power of two of days that the span has: in each, spans that begin
        # far from another one do not touch it.
        self._about: dict[tuple[object, ...], dict[int, list[tuple[datetime, Claim]]]] = {}
        for claim in known:
            for key in self._keys(claim):
                start, size = _span(claim)
                self._about.setdefault(key, {}).setdefault(size, []).append((start, claim))
        for by_size in self._about.values():
            for begun in by_size.values():
                begun.sort(key=_start)

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
        for other in self._nearest(claim):
            origin = self._voices.of(other)
            if origin & heard or linked(claim, other):
                continue
            told = [claim, *(voice.claim for voice in voices)]
            copied = max(copy_probability(one, other) for one in told)
            heard |= origin
            voices.append(Voice(claim=other, supports=meet(claim, other), weight=1 - copied))
        return Corroboration(claim=claim, voices=tuple(voices))

    def around(self, claim: Claim) -> list[Claim]:
        """List the claims about the thing that a claim is about, at about the same time.

        Parameters
        ----------
        claim : Claim
            The claim.

        Returns
        -------
        list of Claim
            The first known one first, whoever speaks.
        """
        found = {
            other.id: other
            for key in self._keys(claim)
            for size, begun in self._about.get(key, {}).items()
            for other in _near(claim, size, begun)
            if at_once(claim, other)
        }
        return sorted(found.values(), key=_known)

    def _nearest(self, claim: Claim) -> list[Claim]:
        around = self.around(claim)
        if len(around) <= MOST_VOICES:
            return around
        by_time = [(abs(other.known_at - claim.known_at), *_known(other)) for other in around]
        last = nsmallest(MOST_VOICES, by_time)[-1]
        return [o for o, time in zip(around, by_time, strict=True) if time <= last]

    def _keys(self, claim: Claim) -> list[tuple[object, ...]]:
        size = claim.measure
        if size is None or claim.observed is None:
            return []
        sort = claim.actor, claim.kind, claim.status, claim.extent, claim.scope
        about = *sort, size.unit, size.per, size.change
        places: frozenset[PlaceKey] = place_keys(claim, self._placed.get(claim.id, ()))
        return [(*about, place) for place in places]


def _known(claim: Claim) -> tuple[datetime, str]:
    return claim.known_at, claim.id


def _start(begun: tuple[datetime, Claim]) -> datetime:
    return begun[0]


def _span(claim: Claim) -> tuple[datetime, int]:
    # When its time begins, and the number of bits of the days that it takes.
    assert claim.observed is not None
    return claim.observed.start, ((claim.observed.end - claim.observed.start) // _DAY).bit_length()


def _near(claim: Claim, size: int, begun: Sequence[tuple[datetime, Claim]]) -> Iterator[Claim]:
    # Of spans of less than 2 ** size days, those that begin where they may touch that of a claim.
    assert claim.observed is not None
    first = bisect_left(begun, claim.observed.start - SAME_TIME - _DAY * 2**size, key=_start)
    last = bisect_right(begun, claim.observed.end + SAME_TIME, key=_start)
    return (other for _, other in islice(begun, first, last))
