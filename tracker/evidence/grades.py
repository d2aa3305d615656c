"""How the two Admiralty grades of claims changed, as more became known.

Reliability is the source's: the grade of its claimant in the registry, else that of the source in
its manifest, moved by one step where a long enough track record speaks clearly. Credibility is the
claim's: what independent origins say of the same thing (NATO STANAG 2511).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.claims.claim import Claim
from tracker.evidence.corroboration import Corroboration, Voice, Witnesses
from tracker.evidence.track_record import TrackRecord
from tracker.placing import PlacedClaim
from tracker.vocabulary import Credibility, Reliability


class Axis(StrEnum):
    """The two axes, kept apart."""

    RELIABILITY = "reliability"
    CREDIBILITY = "credibility"


@dataclass(frozen=True, kw_only=True, slots=True)
class GradeChange:
    """From when on a claim has a grade, and why.

    Parameters
    ----------
    claim_id : str
        The claim.
    axis : Axis
        Which grade.
    known_at : datetime
        From when on it holds, aware UTC: when the claim, or what changed its grade, became known.
    grade : str
        `A` to `F`, or `1` to `6`.
    reason : str
        Why, in words.
    """

    claim_id: str
    axis: Axis
    known_at: datetime
    grade: str
    reason: str


def credibility_changes(
    claims: Sequence[Claim],
    placed: Mapping[str, Sequence[PlacedClaim]],
    only: Collection[str] | None = None,
) -> list[GradeChange]:
    """Follow the credibility of claims as others spoke.

    Parameters
    ----------
    claims : sequence of Claim
        Claims, with those that are known beside them. One that a coder graded keeps that grade.
    placed : Mapping of str to sequence of PlacedClaim
        Their places by claim id.
    only : collection of str, optional
        Ids of the claims that are graded; by default all.

    Returns
    -------
    list of GradeChange
        By claim, each with its first grade and one row per change.
    """
    witnesses = Witnesses(claims, placed)
    return [
        change
        for claim in claims
        if only is None or claim.id in only
        for change in (
            _history(witnesses.hear(claim)) if claim.credibility is None else _own(claim)
        )
    ]


def _own(claim: Claim) -> Iterable[GradeChange]:
    assert claim.credibility is not None
    yield GradeChange(
        claim_id=claim.id,
        axis=Axis.CREDIBILITY,
        known_at=claim.known_at,
        grade=str(int(claim.credibility)),
        reason="as the record grades it",
    )


def _history(whole: Corroboration) -> Iterable[GradeChange]:
    claim = whole.claim
    last: Credibility | None = None
    # Voices that were known with the claim or before it make its first grade.
    instants = sorted({max(voice.claim.known_at, claim.known_at) for voice in whole.voices})
    for instant in [claim.known_at, *(at for at in instants if at > claim.known_at)]:
        voices = tuple(voice for voice in whole.voices if voice.claim.known_at <= instant)
        grade = Corroboration(claim=claim, voices=voices).credibility
        if grade is not last:
            yield GradeChange(
                claim_id=claim.id,
                axis=Axis.CREDIBILITY,
                known_at=instant,
                grade=str(int(grade)),
                reason=_words(voices, grade),
            )
        last = grade


def _words(voices: Sequence[Voice], grade: Credibility) -> str:
    if grade is Credibility.CANNOT_BE_JUDGED:
        return "no size, place or time to compare with what others say"
    if not voices:
        return "no independent origin speaks of it"
    support = [voice for voice in voices if voice.supports]
    parts = []
    if support:
        parts.append(f"borne out by {_listed(support)}")
    if len(support) < len(voices):
        parts.append(f"contradicted by {_listed([v for v in voices if not v.supports])}")
    return "; ".join(parts)


def _listed(voices: Sequence[Voice]) -> str:
    return ", ".join(
        voice.claim.id if voice.weight > 0.99 else f"{voice.claim.id} (counts {voice.weight:.2f})"
        for voice in voices
    )


def reliability_changes(
    claims: Iterable[Claim],
    source_grades: Mapping[str, Reliability],
    records: Mapping[str, TrackRecord],
    held: Mapping[str, Sequence[GradeChange]],
    at: datetime,
) -> list[GradeChange]:
    """Grade the sources of claims.

    Parameters
    ----------
    claims : iterable of Claim
        Claims.
    source_grades : Mapping of str to Reliability
        Grade of the source by report id, for claims whose claimant has none.
    records : Mapping of str to TrackRecord
        How often earlier figures of a claimant came true, by its id.
    held : Mapping of str to sequence of GradeChange
        What was found before, by claim id.
    at : datetime
        When the records were taken, aware UTC: from then on a grade that they moved holds.

    Returns
    -------
    list of GradeChange
        The whole history of each claim that has a new row. Claims whose source nobody graded
        have none.
    """
    changes = []
    for claim in claims:
        base = claim.reliability or source_grades.get(claim.report_id)
        if base is None:
            continue
        whose = "the claimant's" if claim.reliability else "the publisher's"
        first = _reliability(claim, claim.known_at, base, f"{whose} grade")
        history = list(held.get(claim.id, ())) or [first]
        record = records.get(claim.claimant_id or "")
        now = base if record is None else record.moved(base)
        if record is not None and history[-1].grade != now:
            reason = f"{whose} grade is {base}; {record.sentence}"
            history.append(_reliability(claim, max(at, claim.known_at), now, reason))
        if len(history) != len(held.get(claim.id, ())):
            changes += history
    return changes


def _reliability(claim: Claim, at: datetime, grade: Reliability, reason: str) -> GradeChange:
    return GradeChange(
        claim_id=claim.id, axis=Axis.RELIABILITY, known_at=at, grade=str(grade), reason=reason
    )
