"""What says enough to be a claim."""

from __future__ import annotations

from tracker.extraction.drafts import Draft
from tracker.extraction.force import Sort
from tracker.extraction.kinds import AWAY
from tracker.extraction.manner import direction_of
from tracker.extraction.predicates import Predicate
from tracker.extraction.source import Source
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import FORWARD_LOOKING, Status, Unit

_HISTORY_AFTER_DAYS = 3 * 365
_FARTHEST_TOLD = 14
_FLEEING = (
    *("fled", "flee", "evacuat", "бежал", "бегут", "эваку", "вывез", "вывоз"),
    *("втекл", "тікают", "тікал", "евак", "вивез", "вивоз"),
)


def admitted(view: Tagged, draft: Draft, source: Source) -> bool:
    """Decide whether a draft says enough to be a claim.

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
        return _is_told(view, draft)
    anybody = force.noun is not None and force.noun.sort == "weak"
    if (force.sort is Sort.ELLIPTIC or anybody) and _flees(view, draft.act):
        return False
    stands = draft.act is not None or bool(draft.places)
    if force.sort in {Sort.SINGLE, Sort.NAMED}:
        return stands
    return force.sort is not Sort.RATIO or stands or force.noun is not None


def _flees(view: Tagged, act: Predicate | None) -> bool:
    # Whether those counted without a noun, or as people, are refugees: "1.5 million fled".
    return act is not None and view.norm(act.first).startswith(_FLEEING)


def _is_near(view: Tagged, draft: Draft, act: Predicate) -> bool:
    # Whether no mark stands between a predicate and what it is said of, the last of a list too.
    for force in draft.fellows:
        first, last = sorted(((force.first, force.last), (act.first, act.last)))
        if view.breaks(first[1], last[0]) == (0, 0) and last[0] - first[1] <= _FARTHEST_TOLD:
            return True
    return False


def _is_told(view: Tagged, draft: Draft) -> bool:
    # Whether something unquantified is said to happen somewhere.
    act, force = draft.act, draft.force
    if act is None:
        rolling = force.unit in {Unit.TRAIN, Unit.CONVOY}
        return rolling and any(place.role in AWAY for place in draft.places)
    cargo = force.noun is not None and force.noun.sort == "cargo"
    if not _is_near(view, draft, act) or (cargo and act.sort not in {"movement", "deploy"}):
        return False
    asked = act.infinitive and draft.status in {Status.ACTUAL, Status.DENIED}
    if act.weak or asked or draft.status is Status.HYPOTHETICAL:
        return False
    if "none" in {view.norm(force.first - 2), view.norm(force.first - 3)}:
        return False
    homeward = act.flow == "out" and act.last - act.first > 1 and force.unit is not None
    if draft.places or homeward or direction_of(view, draft) is not None:
        return True
    return draft.status is Status.DENIED and act.sort in {"movement", "deploy"}
