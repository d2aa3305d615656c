"""Claims of a new wording against those of the wordings before it: nothing is said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace

from jobs.documents.words import fingerprint, words_of
from tracker.claims.claim import Claim

_SAME_STATEMENT = 0.5
"""Share of words from which a changed sentence is still about the same thing."""


def revise(claims: Sequence[Claim], known: Sequence[Claim]) -> list[Claim]:
    """Keep what a new wording adds, and say what it corrects.

    Parameters
    ----------
    claims : sequence of Claim
        Claims of the new wording.
    known : sequence of Claim
        All claims of the report's earlier wordings.

    Returns
    -------
    list of Claim
        Those that the report did not make before. One whose sentence stood in a like form with
        another size names the claim that it takes the place of.
    """
    words = {_words(claim) for claim in known}
    statements = {_statement(claim) for claim in known if claim.measure is not None}
    kept = {_words(claim) for claim in claims} | {_statement(claim) for claim in claims}
    replaced = {name for claim in known for name in claim.corrects}
    gone = [
        claim
        for claim in known
        if claim.id not in replaced and not {_words(claim), _statement(claim)} & kept
    ]
    fresh = []
    for claim in claims:
        if _words(claim) in words or (claim.measure and _statement(claim) in statements):
            continue
        before = _closest(claim, gone)
        if before is None:
            fresh.append(claim)
        else:
            gone.remove(before)
            fresh.append(replace(claim, corrects=(*claim.corrects, before.id)))
    return fresh


def _words(claim: Claim) -> Hashable:
    text = claim.measure.text if claim.measure else None
    return (claim.kind, fingerprint(claim.quote.text), text)


def _statement(claim: Claim) -> Hashable:
    measure = claim.measure
    size = measure and (measure.qualifier, measure.low, measure.best, measure.high, measure.unit)
    places = frozenset(place.text.casefold() for place in claim.places)
    return (claim.kind, claim.status, claim.actor, size, places, claim.formation)


def _shared(text: str, other: str) -> float:
    words, other_words = Counter(words_of(text)), Counter(words_of(other))
    return (words & other_words).total() / max(words.total(), other_words.total(), 1)


def _closest(claim: Claim, gone: Sequence[Claim]) -> Claim | None:
    unit = claim.measure and claim.measure.unit
    alike = [
        (_shared(claim.quote.text, other.quote.text), other)
        for other in gone
        if other.kind is claim.kind and (other.measure and other.measure.unit) == unit
    ]
    share, other = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    return other if share >= _SAME_STATEMENT else None
