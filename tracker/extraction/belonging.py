"""Which formation a force belongs to: it owns what is counted and is not counted itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tracker.extraction.force import Force, Sort
from tracker.extraction.tagged import Tagged

_OF_THE = 2
_OWNING = ("'s", "’s")
_MOST_OWNERS = 4
_FARTHEST_UNIT = 4
"""Tokens between a force and the number of its unit: "of the", "из состава"."""
_UNIT_WORDS = (
    *(("в", "/", "ч"), ("вч",), ("войсков", "част"), ("військов", "частин")),
    *(("military", "unit"), ("unit", "number")),
)
_NUMBER_MARKS = frozenset({"№", "number"})
_UNIT_NUMBER = re.compile(r"[aа]?\d{4,5}(-[а-яіa-z])?")
"""Five digits in Russia, a letter and four in Ukraine; a letter behind names a part of it."""


def belonging(view: Tagged, counted: Sequence[Force]) -> dict[int, Force]:
    """Find "two battalions of the 76th Division": the division names whose battalions they are.

    Parameters
    ----------
    view : Tagged
        The sentence.
    counted : sequence of Force
        Its forces with a number, in order.

    Returns
    -------
    dict of int to Force
        The formation by the first token of what belongs to it.
    """
    found: dict[int, Force] = {}
    for before, force in pairwise(counted):
        if force.sort is not Sort.NAMED:
            continue
        if before.sort is Sort.NAMED:
            belongs = before.unit is not force.unit and _is_of(view, before.last, force)
            if before.last == force.first and view.tokens[before.last - 1].text.endswith(_OWNING):
                found[force.first] = before  # "the 4th Division's 2nd Brigade"
        else:
            bracket = view.norm(before.last) == ")"
            near = force.first - before.last - bracket <= _OF_THE
            belongs = near or _owns(view, before, force)
        if belongs:
            found[before.first] = force
    for before, inside in pairwise(counted):
        # What a bracket explains belongs there too: three battalions (some 2,400 men) of it.
        explained = before.last == inside.first - 1 and view.norm(before.last) == "("
        if explained and inside.first in found:
            found[before.first] = found[inside.first]
    return found


def _is_of(view: Tagged, at: int, force: Force) -> bool:
    # Whether a formation follows in the genitive: "of the 2nd Division", "2-й дивизии".
    between = [view.norm(here) for here in range(at, force.first)]
    return between in ([["of"], ["of", "the"]] if view.lang == "en" else [[]])


def _owns(view: Tagged, before: Force, force: Force) -> bool:
    # Whether only "of" and an owner stand between: "tanks of the army's 6th Division".
    between = range(before.last + 1, force.first)
    joined = view.norm(before.last) == "of" and len(between) <= _MOST_OWNERS
    blocked = ("role", "predicate", "say", "number")
    return joined and all(
        view.tokens[at].sort == "word" and all(view.starting(c, at) is None for c in blocked)
        for at in between
    )


def unit_number(view: Tagged, force: Force) -> tuple[int, int] | None:
    """Find the number by which a military unit is known: "of military unit 54046", "в/ч 54046".

    Parameters
    ----------
    view : Tagged
        The sentence.
    force : Force
        Who is counted or seen; the unit is named after it.

    Returns
    -------
    (int, int) or None
        Tokens of the designation, end exclusive.
    """
    for first in range(force.last, min(force.last + _FARTHEST_UNIT, len(view.tokens))):
        for words in _UNIT_WORDS:
            if all(view.norm(first + k).startswith(word) for k, word in enumerate(words)):
                at = first + len(words)
                while view.norm(at) in _NUMBER_MARKS:
                    at += 1
                if _UNIT_NUMBER.fullmatch(view.norm(at)):
                    return first, at + 1
    return None
