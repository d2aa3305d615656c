"""Claims of a new wording against those of the wordings before it: nothing is said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from jobs.documents.words import fingerprint, words_of
from tracker.claims.claim import Claim

_SAME_STATEMENT = 0.5
"""Share of words from which a changed sentence is still about the same thing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """What another wording of a report changes in its claims.

    Parameters
    ----------
    fresh : list of Claim
        Claims that the report did not make before.
    gone : tuple of str
        Ids of claims that it makes no longer, and that no claim of it takes the place of.
    """

    fresh: list[Claim]
    gone: tuple[str, ...]


def compare(claims: Sequence[Claim], known: Sequence[Claim]) -> Revision:
    """Compare the claims of the wording that holds now with all that the report ever made.

    Parameters
    ----------
    claims : sequence of Claim
        Claims of the wording that holds now.
    known : sequence of Claim
        All claims of the report's other wordings.

    Returns
    -------
    Revision
        A claim whose sentence came back is neither fresh nor gone, and one that took its place
        meanwhile is gone.
    """
    fresh = revise(claims, known)
    kept = {_words(claim) for claim in claims}
    kept |= {_statement(claim) for claim in claims if claim.measure is not None}
    by_id = {claim.id: claim for claim in known}
    standing = [claim for claim in known if _is_said(claim, kept)]
    covered = {claim.id for claim in standing}
    waiting = [*fresh, *standing]
    while waiting:  # what a standing claim corrects is corrected, and so is what that one does
        for name in waiting.pop().corrects:
            if name in by_id and name not in covered:
                covered.add(name)
                waiting.append(by_id[name])
    return Revision(fresh=fresh, gone=tuple(claim.id for claim in known if claim.id not in covered))


def _is_said(claim: Claim, said: set[Hashable]) -> bool:
    return _words(claim) in said or (claim.measure is not None and _statement(claim) in said)


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
