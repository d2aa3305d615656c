"""Whether a sentence speaks of armed forces, so that a train in it may be theirs."""

from __future__ import annotations

import re

from tracker.extraction.tagged import Tagged

_CARRIERS = frozenset({"train", "wagon", "convoy", "aircraft", "helicopter", "ship"})
_LARGE = re.compile(r"\d{1,3}[,.\s]\d{3}")
_STRONG = re.compile(r"\d{1,3}-?(?:тысячн|тисячн)\w+")
_ANYBODY = frozenset(
    {"men", "members", "strong", "человек", "людей", "человека", "осіб", "чоловік", "людини"}
)
_GUARDS = ("пограничник", "прикордонник")
"""Beginnings of the words for border guards, whose boats are no warships."""
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
    if view.of("cue") or view.names_types:
        return True
    hints = 0
    for tag in view.of("unit"):
        if view.norm(tag.first).startswith(_GUARDS):
            continue
        sort = tag.entry.get("sort")
        if sort in {"echelon", "fleet"} or (sort == "" and tag.value):
            return True
        hints += sort in {"generic", "cargo", "strength"}
        hints += sort == "weak" and view.norm(tag.first) not in _ANYBODY
        if sort in {"soft", "weak", "generic"} and _is_owned(view, tag.first):
            hints += 2 if sort == "weak" else 1
    kinds = {tag.value for tag in view.of("unit") if tag.value in _CARRIERS}
    carries = min(len(kinds), 1 + bool(view.of("actor")))
    shown = any(tag.value == "imagery" for tag in view.of("speaker"))
    border = any(tag.value == "border" for tag in view.of("place"))
    convoys = any(tag.value in {"train", "convoy"} for tag in view.of("unit"))
    beside = (border and (hints > 0 or convoys)) or (hints > 0 and _is_many(view))
    return hints + carries + beside + shown >= _ENOUGH


def _is_many(view: Tagged) -> bool:
    # Whether thousands, or a share, are spoken of.
    return any(
        tag.entry.get("sort") in {"fraction", "scale", "strength"} for tag in view.of("number")
    ) or any(
        _LARGE.fullmatch(token.text) is not None or _STRONG.fullmatch(token.norm) is not None
        for token in view.tokens
    )


def _is_owned(view: Tagged, at: int) -> bool:
    # Whether a nation stands before a noun: "Chinese ships".
    owner = view.ending("actor", at)
    if owner is not None and owner.entry.get("sort") == "adjective":
        return True
    return view.lang != "en" and view.starting("actor", at + 1) is not None
