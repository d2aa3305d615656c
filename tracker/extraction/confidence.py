"""How probable it is that a reading of the words is right."""

from __future__ import annotations

from tracker.extraction.drafts import Draft
from tracker.extraction.force import Sort

_BY_SORT = {
    Sort.COUNTED: 0.92,
    Sort.NAMED: 0.85,
    Sort.ELLIPTIC: 0.8,
    Sort.SINGLE: 0.75,
    Sort.RATIO: 0.75,
    Sort.BARE: 0.6,
}
"""Share of readings of each sort that agree with the annotated passages (`bench/claims.py`)."""

_WITHOUT_PREDICATE = 0.85
_WITHOUT_PLACE = 0.9


def confidence(draft: Draft, *, has_speaker: bool) -> float:
    """Estimate the probability that kind, unit and quantity of a draft are right.

    Parameters
    ----------
    draft : Draft
        The draft.
    has_speaker : bool
        Whether somebody is named who says it.

    Returns
    -------
    float
        Probability in [0, 1], by how the force is named and by what is missing beside it.
    """
    value = _BY_SORT[draft.force.sort]
    if draft.act is None:
        value *= _WITHOUT_PREDICATE
    if not draft.places and not has_speaker:
        value *= _WITHOUT_PLACE
    return round(value, 3)
