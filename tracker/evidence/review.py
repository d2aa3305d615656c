"""What is worth a human look: readings that are unsure, that weigh much, or that contradict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.claims.claim import Claim
from tracker.evidence.contradictions import contradictions
from tracker.evidence.corrections import by_span, judged
from tracker.evidence.judgement import Judgement
from tracker.placing import PlacedClaim

UNSURE_BELOW = 0.6
"""Confidence in the reading of the words below which a person should look."""
MOVES_MEDIAN = 0.01
"""Relative change of an estimate's median from which one claim matters by itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """A claim that is worth a look.

    Parameters
    ----------
    claim : Claim
        The claim.
    reasons : tuple of str
        Why, in words.
    median_change : float or None
        Relative change of the median of an estimate that it brings about; None where unknown.
    against : tuple of str
        Ids of claims that contradict it.
    """

    claim: Claim
    reasons: tuple[str, ...]
    median_change: float | None
    against: tuple[str, ...]


def doubts(
    claims: Sequence[Claim],
    judgements: Iterable[Judgement],
    influences: Mapping[str, float | None],
    placed: Mapping[str, Sequence[PlacedClaim]] | None = None,
) -> list[Doubt]:
    """List claims that are worth a look and that nobody has judged yet.

    Parameters
    ----------
    claims : sequence of Claim
        Claims.
    judgements : iterable of Judgement
        What people decided so far.
    influences : Mapping of str to float or None
        Relative change of an estimate's median by claim id, where it was tried.
    placed : Mapping of str to sequence of PlacedClaim
        Places by claim id.

    Returns
    -------
    list of Doubt
        What moves the estimate most first, then contradictions, then the least sure readings.
    """
    made = by_span(judgements)
    against = _against(claims, placed)
    found = [
        _doubt(claim, influences.get(claim.id), tuple(against[claim.id]))
        for claim in claims
        if not judged(claim, made)
    ]
    return sorted((doubt for doubt in found if doubt.reasons), key=_urgency)


def _against(
    claims: Sequence[Claim], placed: Mapping[str, Sequence[PlacedClaim]] | None
) -> dict[str, list[str]]:
    against: dict[str, list[str]] = defaultdict(list)
    for pair in contradictions(claims, placed):
        against[pair.first.id].append(pair.second.id)
        against[pair.second.id].append(pair.first.id)
    return against


def _doubt(claim: Claim, median_change: float | None, against: tuple[str, ...]) -> Doubt:
    reasons = []
    if median_change is not None and abs(median_change) >= MOVES_MEDIAN:
        reasons.append(f"moves the median by {median_change:+.0%}")
    if against:
        reasons.append(f"contradicts {', '.join(against)}")
    if claim.confidence is not None and claim.confidence < UNSURE_BELOW:
        reasons.append(f"read with confidence {claim.confidence:.2f}")
    return Doubt(claim=claim, reasons=tuple(reasons), median_change=median_change, against=against)


def _urgency(doubt: Doubt) -> tuple[float, int, float, str]:
    sure = 1.0 if doubt.claim.confidence is None else doubt.claim.confidence
    return -abs(doubt.median_change or 0.0), -len(doubt.against), sure, doubt.claim.id
