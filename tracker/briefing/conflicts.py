"""What contradicts what among the claims of a briefing, and what would settle it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.briefing.draft import Draft
from tracker.briefing.model import Section, Statement
from tracker.evidence.contradictions import Conflict, Contradiction, contradictions

MOST_CONFLICTS = 8

_SETTLED = {
    Conflict.SIZE: "settled.size",
    Conflict.PART: "settled.part",
    Conflict.DENIAL: "settled.denial",
    Conflict.TWO_PLACES: "settled.two_places",
}


def new_conflicts(draft: Draft) -> list[Contradiction]:
    """Find claims that cannot both hold, where one of the two is new.

    Parameters
    ----------
    draft : Draft
        The briefing.

    Returns
    -------
    list of Contradiction
        The newest first; claims that were corrected are left out.
    """
    replaced = {old for claim in draft.evidence.claims for old in claim.corrects}
    new = {claim.id for claim in draft.fresh}
    standing = [
        claim
        for claim in draft.evidence.claims
        if claim.actor == draft.edition.actor and claim.id not in replaced
    ]
    return [
        pair
        for pair in contradictions(standing, draft.places)
        if pair.first.id in new or pair.second.id in new
    ][::-1]


def write_conflicts(draft: Draft, found: Sequence[Contradiction]) -> list[Section]:
    """Set claims that cannot both hold side by side.

    Parameters
    ----------
    draft : Draft
        The briefing.
    found : sequence of Contradiction
        The pairs.

    Returns
    -------
    list of Section
        One section, or none where everything can hold together.
    """
    if not found:
        return []
    statements = tuple(
        Statement(
            text=draft.say(
                "change.against",
                first=draft.said(pair.first),
                second=draft.said(pair.second),
                settled=_settled(draft, pair),
            ),
            references=(
                draft.references.number(pair.first),
                draft.references.number(pair.second),
            ),
        )
        for pair in found[:MOST_CONFLICTS]
    )
    left = len(found) - MOST_CONFLICTS
    since = draft.day(draft.edition.since)
    note = draft.say("note.more", n=left, since=since) if left > 0 else None
    return [Section(heading=draft.say("heading.conflict"), statements=statements, note=note)]


def _settled(draft: Draft, pair: Contradiction) -> str:
    if draft.language.has("settled"):
        return draft.say(_SETTLED[pair.conflict])
    return pair.settled_by
