"""Claims that a text takes back: "first assumed Voronezh, in fact Belgorod", "not 10 but 8"."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from tracker.claims.claim import Claim
from tracker.extraction.drafts import Draft
from tracker.extraction.ellipsis import is_contrast
from tracker.extraction.lexicon import Tag
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Status

_OPENING = 3
"""Tokens within which "Correction:" or "In fact" must open a sentence to correct an earlier one."""
_MOST_BACK = 12
"""Claims of earlier sentences among which the corrected one is looked for."""


def mistaken(view: Tagged, drafts: Sequence[Draft]) -> set[int]:
    """Find the drafts that their own sentence takes back.

    Parameters
    ----------
    view : Tagged
        The sentence.
    drafts : sequence of Draft
        Its drafts.

    Returns
    -------
    set of int
        First tokens of the forces that are taken back; empty where nothing stands against them.
    """
    wrong = {draft.force.first for draft in drafts if _is_wrong(view, draft, drafts)}
    return wrong if len(wrong) < len(drafts) else set()


def _cues(view: Tagged, value: str) -> list[Tag]:
    return [tag for tag in view.of("status") if tag.value == value]


def _is_wrong(view: Tagged, draft: Draft, drafts: Sequence[Draft]) -> bool:
    first = draft.force.first
    rivals = [other for other in drafts if other is not draft and _may_replace(other, draft)]
    numeral = draft.force.numeral
    if numeral is not None and rivals and is_contrast(view, numeral.first, numeral.last):
        return True
    segments = view.segments()
    righted = [cue for cue in _cues(view, "righted") if cue.first > 0]
    for cue in _cues(view, "mistaken"):
        right = next((other for other in righted if other.first > cue.first), None)
        if right is not None:
            if cue.first <= first < right.first or segments[first] == segments[cue.first]:
                return True
        elif rivals and segments[first] == segments[cue.first]:
            return True
    return False


def _may_replace(other: Draft, draft: Draft) -> bool:
    # Whether two drafts count the same kind of thing.
    counted = other.force.numeral is not None and draft.force.numeral is not None
    return counted and other.force.unit is draft.force.unit


def retracted(drafts: Sequence[Draft], wrong: AbstractSet[int]) -> list[Draft]:
    """Take drafts back.

    Parameters
    ----------
    drafts : sequence of Draft
        Drafts of a sentence.
    wrong : set of int
        First tokens of the forces that are taken back.

    Returns
    -------
    list of Draft
        The drafts, the wrong ones retracted.
    """
    return [
        replace(draft, status=Status.RETRACTED) if draft.force.first in wrong else draft
        for draft in drafts
    ]


def corrected_ids(
    view: Tagged, claim: Claim, wrong: Sequence[str], earlier: Sequence[Claim]
) -> tuple[str, ...]:
    """Name the claims that a claim replaces.

    Parameters
    ----------
    view : Tagged
        The sentence.
    claim : Claim
        A claim of it that stands.
    wrong : sequence of str
        Ids of the claims that the sentence itself takes back.
    earlier : sequence of Claim
        Claims of the sentences before it.

    Returns
    -------
    tuple of str
        Those ids; where the sentence opens as a correction, the last earlier claim that counts
        the same otherwise.
    """
    if wrong:
        return tuple(wrong)
    if not any(cue.first <= _OPENING for cue in _cues(view, "righted")):
        return ()
    return next(((old.id,) for old in reversed(earlier[-_MOST_BACK:]) if _differs(old, claim)), ())


def _differs(old: Claim, new: Claim) -> bool:
    # Whether two claims count the same thing otherwise, or send the same elsewhere.
    if old.measure is None or new.measure is None or old.kind is not new.kind:
        return False
    if old.measure.unit is not new.measure.unit or old.status is Status.RETRACTED:
        return False
    sizes = [(m.low, m.best, m.high) for m in (old.measure, new.measure)]
    places = [{(p.role, p.text) for p in claim.places} for claim in (old, new)]
    return sizes[0] != sizes[1] or places[0] != places[1]
