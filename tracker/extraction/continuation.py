"""Sentences that go on with the force of the sentence before: "Another four are on the way"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.force import Force, Sort
from tracker.extraction.numeral import Numeral
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Change, Qualifier, Unit

_THEY = frozenset({"they", "они", "вони"})
_FEWEST_PEOPLE = 100


def goes_on(view: Tagged, *, told: bool) -> bool:
    """Tell whether a sentence may go on with the force of the sentence before.

    Parameters
    ----------
    view : Tagged
        A sentence.
    told : bool
        Whether the sentence before names a speaker, for whom a pronoun may stand as well.

    Returns
    -------
    bool
        Whether a further number opens it, or a pronoun that stands for nobody else.
    """
    opener = view.starting("qualifier", 0)
    further = opener is not None and opener.entry.get("side") == "change"
    return further or (view.norm(0) in _THEY and not told)


def continued(view: Tagged, numbers: Sequence[Numeral], unit: Unit | None) -> list[Force]:
    """Read the force that a sentence goes on with.

    Parameters
    ----------
    view : Tagged
        A sentence that names no force.
    numbers : sequence of Numeral
        Its numbers.
    unit : Unit or None
        What the sentence before counted last.

    Returns
    -------
    list of Force
        The further number, as an increment, or those that "they" stands for, without a number;
        nothing where something else is counted.
    """
    if view.norm(0) in _THEY:
        return [Force(first=0, last=1, sort=Sort.BARE, pronoun=True)]
    opening = [number for number in numbers if number.first == 0]
    if not opening or unit is None:
        return []
    number = opening[0]
    few = unit is Unit.PERSONNEL and (number.headline or _FEWEST_PEOPLE) < _FEWEST_PEOPLE
    if few or number.change is not Change.INCREMENT or number.qualifier is Qualifier.RATIO:
        return []
    helper = view.starting("function", number.last)
    acts = helper is not None and helper.value == "aux"
    if not (acts or view.starting("predicate", number.last) is not None):
        return []
    return [Force(first=0, last=number.last, sort=Sort.ELLIPTIC, unit=unit, numeral=number)]
