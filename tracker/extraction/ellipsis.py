"""Numbers whose noun was said before: "83 groups, up from 60", "of them 12 in the north"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.extraction.force import Force, Sort
from tracker.extraction.force_nouns import FORMATIONS
from tracker.extraction.numeral import Numeral
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Change, Qualifier, Unit

THEM = frozenset(
    {
        "them",
        "which",
        "whom",
        "including",
        "них",
        "которых",
        "яких",
        "ним",
        "включая",
        "зокрема",
        "числе",
        "числі",
    }
)
"""Beside a number they make it a part of the one before."""

_VAGUE_ALONE = frozenset(
    {Qualifier.TENS_OF_THOUSANDS, Qualifier.THOUSANDS, Qualifier.HUNDREDS, Qualifier.DOZENS}
)
_NO_SIZE_BEFORE = frozenset("$€£₽#№-–/+") | {"no", "aged", "age", "number", "п", "ст", "калибра"}
_NO_SIZE_BEHIND = frozenset("$€£₽°%:/-") | {"am", "pm", "year-old", "years"}
_ONLY = frozenset({"only", "just", "merely", "только", "лишь", "всего", "лише", "тільки"})
_OF = frozenset({"of", "из", "з", "із"})
_COMPARED = frozenset({"what", "that", "those"})
_FIGURES = frozenset({"figure", "number", "strength", "size", "total", "level", "amount", "tally"})
_CONTRASTS = frozenset({"but", "а", "но", "але", "as"})
_FARTHEST_CONTRAST = 3
_FEWEST_PEOPLE_ALONE = 100
_SMALLEST_ALONE = 5
"""A number without a noun below this counts as a force only beside another of the same kind."""


def _stands_alone(view: Tagged, numeral: Numeral) -> bool:
    # Whether a number without a noun can be a size: no price, age, time, temperature or telephone.
    value = numeral.headline
    first, last = numeral.first, numeral.last
    before, after = view.norm(first - 1), view.norm(last)
    if value is None:
        return numeral.qualifier in _VAGUE_ALONE
    token = view.tokens[numeral.core]
    if 1900 <= value <= 2100 and token.text.isdigit():
        return False
    named = (
        first > 0 and view.tokens[first - 1].is_name and view.starting("time", first - 1) is None
    )
    aged = before == "," and after == ","
    verb = before == "number" and view.ending("unit", first - 1) is not None
    marked = (before in _NO_SIZE_BEFORE and not verb) or after in _NO_SIZE_BEHIND
    few = before in _ONLY or numeral.change is Change.INCREMENT or _acts(view, last)
    least = 2 if few else _SMALLEST_ALONE
    return value >= least and value == int(value) and not (named or aged or marked)


def _acts(view: Tagged, at: int) -> bool:
    # Whether a verb follows a number, so that it stands for what was counted before: "four landed".
    helper = view.starting("function", at)
    verb = view.starting("predicate", at)
    helps = helper is not None and helper.value == "aux"
    return helps or (verb is not None and verb.value in {"movement", "sighting", "deploy"})


def _elliptic(view: Tagged, numeral: Numeral, unit: Unit) -> Force | None:
    # Read a number whose noun was said before.
    first, last = numeral.first, numeral.last
    if numeral.qualifier is Qualifier.RATIO:
        closed = last >= len(view.tokens) or view.tokens[last].sort == "mark"
        part = Force(first=first, last=last, sort=Sort.RATIO, unit=unit, numeral=numeral)
        of_them = view.norm(last) in _OF and view.norm(last + 1) in THEM
        share = (closed or of_them) and (numeral.headline or 1) < 1
        figure = view.norm(last) == "the" and view.norm(last + 1) in _FIGURES
        return part if share or figure or view.norm(last) in _COMPARED else None
    few = numeral.headline is not None and numeral.headline < _FEWEST_PEOPLE_ALONE
    if not _stands_alone(view, numeral) or (unit is Unit.PERSONNEL and few):
        return None
    after = view.starting("qualifier", last)
    if after is not None and after.entry.get("side") == "change":
        numeral, last = replace(numeral, change=Change.INCREMENT), after.last
    part_of = view.norm(last + 1) in THEM or view.norm(first - 1) in THEM
    return Force(
        first=first, last=last, sort=Sort.ELLIPTIC, unit=unit, numeral=numeral, part=part_of
    )


def without_noun(
    view: Tagged, found: Sequence[Force], pending: Sequence[Numeral], carried: Unit | None
) -> list[Force]:
    """Read the numbers whose noun was said before, in the sentence or in the one before.

    Parameters
    ----------
    view : Tagged
        The sentence.
    found : sequence of Force
        Its forces with a noun, in order.
    pending : sequence of Numeral
        Numbers that no noun follows.
    carried : Unit or None
        What the text counted last, where the sentence goes on counting it.

    Returns
    -------
    list of Force
        Those that can be a size.
    """
    spans = [(force.first, force.last) for force in found]
    extra = []
    for numeral in pending:
        if any(first <= numeral.core < last for first, last in spans):
            continue
        before = [force for force in found if force.first < numeral.first]
        if (
            numeral.qualifier is Qualifier.RATIO
            and before
            and not _same_clause(view, before, numeral)
        ):
            continue
        unit = _unit_before(before) or _corrected_unit(view, numeral, found) or carried
        force = _elliptic(view, numeral, unit) if unit is not None else None
        if force is not None:
            extra.append(force)
    return extra


def _same_clause(view: Tagged, before: Sequence[Force], numeral: Numeral) -> bool:
    # Whether no semicolon parts a share from what it is a share of: not "; prices rose 8 %".
    return not any(token.text == ";" for token in view.tokens[before[-1].last : numeral.first])


def _corrected_unit(view: Tagged, numeral: Numeral, found: Sequence[Force]) -> Unit | None:
    # Read "not 10,000 but 8,000 soldiers": both numbers count the same.
    if not is_contrast(view, numeral.first, numeral.last):
        return None
    behind = (force for force in found if force.first >= numeral.last)
    after = next(behind, None)
    near = after is not None and after.first - numeral.last <= _FARTHEST_CONTRAST
    return after.unit if near and after is not None else None


def is_contrast(view: Tagged, first: int, last: int) -> bool:
    """Tell whether a number is the wrong one in "not 10,000 but 8,000".

    Parameters
    ----------
    view : Tagged
        The sentence.
    first, last : int
        Tokens of the number, `last` exclusive.

    Returns
    -------
    bool
        Whether a negation stands before it and a contrast or the end of the clause behind it.
    """
    negated = view.norm(first - 1) in {"not", "не"}
    closed = last >= len(view.tokens) or view.tokens[last].sort == "mark"
    return negated and (
        closed or view.norm(last) in _CONTRASTS or view.norm(last + 1) in _CONTRASTS
    )


def _unit_before(before: Sequence[Force]) -> Unit | None:
    for force in reversed(before):
        told = force.sort in {Sort.COUNTED, Sort.ELLIPTIC}
        if force.unit is not None and (told or _is_countable(force)):
            return force.unit
    return Unit.PERSONNEL if before else None


def _is_countable(force: Force) -> bool:
    return force.sort is Sort.BARE and force.unit not in FORMATIONS
