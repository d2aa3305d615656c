"""What became known since the last briefing, sorted by what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from tracker.briefing.evidence import References
from tracker.briefing.model import Edition, Section, Statement
from tracker.briefing.phrases import claim_in_words, day_in_words
from tracker.claims.claim import Claim
from tracker.placing import PlacedClaim
from tracker.vocabulary import FORWARD_LOOKING, ClaimKind, Status

MOST_IN_A_SECTION = 12

_REAL = frozenset({Status.ACTUAL, Status.IN_TRANSIT})
_UNDONE = frozenset({Status.DENIED, Status.RETRACTED})


def _is_strength(claim: Claim) -> bool:
    return claim.kind is ClaimKind.PRESENCE and claim.status in _REAL


def _is_movement(claim: Claim) -> bool:
    return claim.kind is not ClaimKind.PRESENCE and claim.status in _REAL


def _is_plan(claim: Claim) -> bool:
    return claim.status in FORWARD_LOOKING


def _is_undone(claim: Claim) -> bool:
    return claim.status in _UNDONE


_SECTIONS: tuple[tuple[str, Callable[[Claim], bool]], ...] = (
    ("Strength that was stated", _is_strength),
    ("Movements and sightings", _is_movement),
    ("Plans, warnings and threats", _is_plan),
    ("Denied or taken back", _is_undone),
)


def new_claims(edition: Edition, claims: Sequence[Claim]) -> list[Claim]:
    """Choose the claims that became known since the last briefing.

    Parameters
    ----------
    edition : Edition
        Which briefing.
    claims : sequence of Claim
        Claims known by its day.

    Returns
    -------
    list of Claim
        Of the edition's actor, the newest first; background is left out.
    """
    first, last = _end_of(edition.since), _end_of(edition.as_of)
    chosen = [
        claim
        for claim in claims
        if claim.actor == edition.actor
        and first <= claim.known_at < last
        and claim.status is not Status.BACKGROUND
    ]
    return sorted(chosen, key=lambda claim: (-claim.known_at.timestamp(), claim.id))


def changes(
    edition: Edition,
    claims: Sequence[Claim],
    places: Mapping[str, Sequence[PlacedClaim]],
    references: References,
) -> list[Section]:
    """Write the sections that tell what changed.

    Parameters
    ----------
    edition : Edition
        Which briefing.
    claims : sequence of Claim
        Claims known by its day.
    places : Mapping
        Places by claim id.
    references : References
        Gives numbers.

    Returns
    -------
    list of Section
        Only those that have something to tell. A claim that repeats another new one stands with
        it; one that only repeats what was known before is counted in the note.
    """
    fresh = new_claims(edition, claims)
    by_id = {claim.id: claim for claim in claims}
    replaced = {old for claim in claims for old in claim.corrects}
    relayed = relays_of(fresh)
    originals = [claim for claim in fresh if not claim.relays and claim.id not in replaced]
    sections = []
    for heading, belongs in _SECTIONS:
        group = [claim for claim in originals if belongs(claim)]
        if group:
            statements = tuple(
                _statement(claim, relayed.get(claim.id, ()), by_id, places, references)
                for claim in group[:MOST_IN_A_SECTION]
            )
            sections.append(
                Section(heading=heading, statements=statements, note=_rest(group, edition))
            )
    return sections


def relays_of(fresh: Sequence[Claim]) -> dict[str, tuple[Claim, ...]]:
    """Group the claims that repeat others by what they repeat.

    Parameters
    ----------
    fresh : sequence of Claim
        New claims.

    Returns
    -------
    dict of str to tuple of Claim
        By the id of the claim that is repeated.
    """
    found: dict[str, tuple[Claim, ...]] = {}
    for claim in fresh:
        for original in claim.relays:
            found[original] = (*found.get(original, ()), claim)
    return found


def _statement(
    claim: Claim,
    repeats: Sequence[Claim],
    by_id: Mapping[str, Claim],
    places: Mapping[str, Sequence[PlacedClaim]],
    references: References,
) -> Statement:
    text = claim_in_words(claim, places.get(claim.id, ()))
    number = references.number(claim)
    replaced = [by_id[old] for old in claim.corrects if old in by_id]
    for old in replaced:
        before = claim_in_words(old, places.get(old.id, ()))
        text = f"{text} It replaces, since {old.known_at:%Y-%m-%d}: {before}"
    return Statement(
        text=text,
        references=(number, *(references.number(old) for old in replaced)),
        repeated=tuple(references.number(other) for other in repeats),
    )


def _rest(group: Sequence[Claim], edition: Edition) -> str | None:
    left = len(group) - MOST_IN_A_SECTION
    if left <= 0:
        return None
    return f"{left} more of this kind since {day_in_words(edition.since)} are on the map."


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(0, tzinfo=UTC)) + timedelta(days=1)
