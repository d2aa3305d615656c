"""Who else says it: claims that bear a claim out or speak against it, and its credibility grade.

The grade is the second axis of the Admiralty scale (NATO STANAG 2511): it goes by what independent
origins say of the same thing, whatever the reliability of who says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.claims.claim import Claim
from tracker.evidence.contradictions import at_once, linked, meet
from tracker.vocabulary import Credibility


@dataclass(frozen=True, kw_only=True, slots=True)
class Corroboration:
    """What others say about the thing that a claim is about.

    Parameters
    ----------
    support, against : tuple of Claim
        One claim of each independent origin: sizes that meet the claim's, and sizes that do not.
    credibility : Credibility
        Grade that follows.
    """

    support: tuple[Claim, ...]
    against: tuple[Claim, ...]
    credibility: Credibility


def corroborate(
    claim: Claim, others: Iterable[Claim], groups: Iterable[Sequence[str]]
) -> Corroboration:
    """Grade a claim by what independent origins say.

    Parameters
    ----------
    claim : Claim
        The claim.
    others : iterable of Claim
        Claims known beside it.
    groups : iterable of sequence of str
        Reports that tell one story, as `echoes` finds them.

    Returns
    -------
    Corroboration
        Grade 6 where the claim has no size, place or time to compare; 1 where two origins and
        more bear it out and none speaks against it, 2 where more bear it out than speak against
        it, 3 where nobody else speaks of it or the voices are even, 4 where more speak against
        it, 5 where two and more do and nobody bears it out.
    """
    story = {report_id: group[0] for group in groups for report_id in group}
    heard = {story.get(claim.report_id, claim.report_id), _speaker(claim)}
    support: list[Claim] = []
    against: list[Claim] = []
    for other in sorted(others, key=lambda other: (other.known_at, other.id)):
        origin = {story.get(other.report_id, other.report_id), _speaker(other)}
        if origin & heard or not _same_thing(claim, other) or linked(claim, other):
            continue
        heard |= origin
        (support if meet(claim, other) else against).append(other)
    return Corroboration(
        support=tuple(support),
        against=tuple(against),
        credibility=_grade(claim, len(support), len(against)),
    )


def _grade(claim: Claim, support: int, against: int) -> Credibility:
    if claim.measure is None or claim.observed is None or not claim.places:
        return Credibility.CANNOT_BE_JUDGED
    if support > against:
        sure = support > 1 and not against
        return Credibility.CONFIRMED if sure else Credibility.PROBABLY_TRUE
    if support == against:
        return Credibility.POSSIBLY_TRUE
    return Credibility.DOUBTFUL if support or against == 1 else Credibility.IMPROBABLE


def _speaker(claim: Claim) -> str:
    # Who is not named is told apart by the report alone.
    return f"by {claim.claimant_id or claim.claimant or claim.report_id}"


def _same_thing(claim: Claim, other: Claim) -> bool:
    if claim.measure is None or other.measure is None or not at_once(claim, other):
        return False
    return _about(claim) == _about(other) and bool(_places(claim) & _places(other))


def _about(claim: Claim) -> tuple[object, ...]:
    assert claim.measure is not None
    size = claim.measure
    sort = claim.actor, claim.kind, claim.status, claim.extent, claim.scope
    return *sort, size.unit, size.per, size.change


def _places(claim: Claim) -> set[tuple[str, str]]:
    return {(place.role, " ".join(place.text.casefold().split())) for place in claim.places}
