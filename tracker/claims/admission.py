"""What says enough to be a claim."""

from __future__ import annotations

from tracker.claims.drafts import Draft
from tracker.claims.forces import Sort
from tracker.claims.kinds import AWAY
from tracker.claims.manner import direction_of
from tracker.claims.source import Source
from tracker.claims.tagged import Tagged
from tracker.vocabulary import FORWARD_LOOKING, Status, Unit

_HISTORY_AFTER_DAYS = 3 * 365


def admitted(view: Tagged, draft: Draft, source: Source) -> bool:
    """Whether a draft says enough to be a claim.

    Parameters
    ----------
    view : Tagged
        The sentence.
    draft : Draft
        The draft.
    source : Source
        The report.

    Returns
    -------
    bool
        Unquantified drafts need a predicate and a place or direction; history is left out.
    """
    if draft.time is not None and draft.status not in FORWARD_LOOKING:
        age_days = (source.published_at.date() - draft.time.past[1]).days
        if age_days > _HISTORY_AFTER_DAYS:
            return False
    force = draft.force
    if force.sort is Sort.BARE or force.numeral is None:
        act = draft.act
        rolling = force.unit in {Unit.TRAIN, Unit.CONVOY}
        if act is None and rolling and any(p.role in AWAY for p in draft.places):
            return True
        if act is None or act.weak or draft.status is Status.HYPOTHETICAL:
            return False
        if act.infinitive and draft.status in {Status.ACTUAL, Status.DENIED}:
            return False
        homeward = act.flow == "out" and act.last - act.first > 1 and force.unit is not None
        placed = bool(draft.places) or homeward or direction_of(view, draft) is not None
        denied = draft.status is Status.DENIED and not view.norm(act.first).endswith("ing")
        return placed or (denied and act.sort in {"movement", "deploy"})
    if force.sort is Sort.SINGLE:
        return draft.act is not None or bool(draft.places)
    if force.sort is Sort.RATIO:
        return draft.act is not None or bool(draft.places) or force.noun is not None
    return True
