"""Whether a sentence speaks of armed forces, so that a train in it may be theirs."""

from __future__ import annotations

from tracker.claims.tagged import Tagged

_ENOUGH = 2
"""How many hints do where no word says it outright."""


def is_armed(view: Tagged) -> bool:
    """Tell whether a sentence speaks of armed forces.

    Parameters
    ----------
    view : Tagged
        The sentence.

    Returns
    -------
    bool
        True where it names what only they have, or hints at them more than once.
    """
    if view.of("cue"):
        return True
    hints = 0
    for tag in view.of("unit"):
        sort = tag.entry.get("sort")
        if sort in {"echelon", "fleet"} or (sort == "" and tag.value):
            return True
        hints += sort in {"generic", "strength"} or (sort == "soft" and _is_owned(view, tag.first))
    hints += any(tag.value == "border" for tag in view.of("place"))
    hints += any(tag.value == "imagery" for tag in view.of("speaker"))
    hints += any(tag.value in {"aircraft", "helicopter", "ship"} for tag in view.of("unit"))
    return hints >= _ENOUGH


def _is_owned(view: Tagged, at: int) -> bool:
    # Whether a nation stands before a noun: "Chinese ships".
    owner = view.ending("actor", at)
    return owner is not None and owner.entry.get("sort") == "adjective"
