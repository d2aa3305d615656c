"""What became known since the last briefing, sorted by what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.briefing.draft import Draft
from tracker.briefing.model import Section, Statement
from tracker.briefing.phrases import (
    course_in_words,
    speaker_in_words,
    subject_in_words,
    where_in_words,
)
from tracker.claims.claim import Claim
from tracker.vocabulary import FORWARD_LOOKING, ClaimKind, Status

MOST_IN_A_SECTION = 12
"""Statements of one kind; the map has the rest."""

_REAL = frozenset({Status.ACTUAL, Status.IN_TRANSIT})
_UNDONE = frozenset({Status.DENIED, Status.RETRACTED})


def is_strength(claim: Claim) -> bool:
    """Say whether a claim states how many are somewhere.

    Parameters
    ----------
    claim : Claim
        A claim.

    Returns
    -------
    bool
        Whether it does.
    """
    return claim.kind is ClaimKind.PRESENCE and claim.status in _REAL


def is_movement(claim: Claim) -> bool:
    """Say whether a claim is of a movement or a sighting that happened.

    Parameters
    ----------
    claim : Claim
        A claim.

    Returns
    -------
    bool
        Whether it is.
    """
    return claim.kind is not ClaimKind.PRESENCE and claim.status in _REAL


def is_plan(claim: Claim) -> bool:
    """Say whether a claim is of something still ahead.

    Parameters
    ----------
    claim : Claim
        A claim.

    Returns
    -------
    bool
        Whether it is.
    """
    return claim.status in FORWARD_LOOKING


def is_undone(claim: Claim) -> bool:
    """Say whether a claim denies or takes back.

    Parameters
    ----------
    claim : Claim
        A claim.

    Returns
    -------
    bool
        Whether it does.
    """
    return claim.status in _UNDONE


KINDS: tuple[tuple[str, Callable[[Claim], bool]], ...] = (
    ("movement", is_movement),
    ("strength", is_strength),
    ("plan", is_plan),
    ("undone", is_undone),
)


def originals(draft: Draft) -> list[Claim]:
    """Choose the new claims that repeat no other and that none replaces.

    Parameters
    ----------
    draft : Draft
        The briefing.

    Returns
    -------
    list of Claim
        The newest first.
    """
    replaced = {old for claim in draft.evidence.claims for old in claim.corrects}
    return [one for one in draft.fresh if not one.relays and one.id not in replaced]


def changes(draft: Draft) -> list[Section]:
    """Write the sections that tell what changed.

    Parameters
    ----------
    draft : Draft
        The briefing.

    Returns
    -------
    list of Section
        Only those that have something to tell. A claim that repeats another new one stands with
        it; one that only repeats what was known before is counted in the headline. What one
        speaker says of several formations alike is one statement.
    """
    relayed = relays_of(draft.fresh)
    own = originals(draft)
    sections = []
    for name, belongs in KINDS:
        groups = _grouped([claim for claim in own if belongs(claim)], relayed)
        if groups:
            sections.append(
                Section(
                    heading=draft.say(f"heading.{name}"),
                    statements=tuple(
                        _statement(draft, group, relayed) for group in groups[:MOST_IN_A_SECTION]
                    ),
                    note=_rest(draft, groups),
                )
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


def _grouped(
    claims: Sequence[Claim], relayed: dict[str, tuple[Claim, ...]]
) -> list[tuple[Claim, ...]]:
    groups: dict[object, tuple[Claim, ...]] = {}
    for claim in claims:
        alone = claim.measure is not None or claim.corrects or claim.id in relayed
        key = claim.id if alone else _course(claim)
        groups[key] = (*groups.get(key, ()), claim)
    return list(groups.values())


def _course(claim: Claim) -> tuple[object, ...]:
    # What the statement says once for all of a group.
    return (
        *(claim.claimant, claim.kind, claim.status, claim.flow, claim.direction, claim.mode),
        claim.observed,
    )


def _statement(
    draft: Draft, group: Sequence[Claim], relayed: dict[str, tuple[Claim, ...]]
) -> Statement:
    if len(group) > 1:
        numbers = tuple(draft.references.number(claim) for claim in group)
        return Statement(text=_together(draft, group), references=numbers)
    (claim,) = group
    text = draft.said(claim)
    number = draft.references.number(claim)
    replaced = [draft.claims[old] for old in claim.corrects if old in draft.claims]
    for old in replaced:
        day = draft.day(old.known_at.date())
        text = f"{text} {draft.say('change.replaces', day=day, claim=draft.said(old))}"
    return Statement(
        text=text,
        references=(number, *(draft.references.number(old) for old in replaced)),
        repeated=tuple(draft.references.number(one) for one in relayed.get(claim.id, ())),
    )


def _together(draft: Draft, group: Sequence[Claim]) -> str:
    first = group[0]
    language = draft.language
    things = "; ".join(
        " ".join(
            part
            for part in (
                subject_in_words(claim, language),
                where_in_words(claim, draft.places.get(claim.id, ()), language),
            )
            if part
        )
        for claim in group
    )
    # The group shares its speaker; who passed it on stands with each reference.
    speaker = speaker_in_words(first, language) if len({c.via for c in group}) == 1 else None
    values = {
        "speaker": speaker or first.claimant or draft.say("text.not_attributed"),
        "said": course_in_words(first, language),
        "things": things,
    }
    if first.observed is None:
        return draft.say("claim.group_undated", **values)
    return draft.say("claim.group", **values, when=language.span(first.observed))


def _rest(draft: Draft, groups: Sequence[Sequence[Claim]]) -> str | None:
    left = sum(map(len, groups[MOST_IN_A_SECTION:]))
    if not left:
        return None
    return draft.say("note.more", n=left, since=draft.day(draft.edition.since))
