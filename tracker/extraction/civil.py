"""What looks like a force and is none: civil trains, speakers, words too vague to count."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from tracker.extraction.force import Force, Sort
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Unit

_CIVIL_REACH = 3
_MOST_FORCES = 40


def _is_civil(view: Tagged, force: Force) -> bool:
    # Whether a train, ship or vehicle is marked as a civil one.
    noun = force.noun
    if noun is None or (noun.sort != "soft" and noun.unit is not Unit.TRAIN):
        return False
    reach = range(max(0, noun.first - _CIVIL_REACH), min(len(view.tokens), noun.last + 2))
    for at in reach:
        tag = view.starting("exclusion", at)
        outside = at < noun.first or at >= noun.last
        if tag is not None and tag.value == "civil" and outside:
            clear = all(
                t.sort != "mark" for t in view.tokens[min(at, noun.last) : max(at, noun.first)]
            )
            if clear and (at < noun.first or view.lang != "en"):
                return True
    return False


def kept_forces(view: Tagged, found: Iterable[Force], speakers: AbstractSet[int]) -> list[Force]:
    """Leave out what is no force here.

    Parameters
    ----------
    view : Tagged
        The sentence.
    found : iterable of Force
        What may be one.
    speakers : set of int
        Tokens of those who speak.

    Returns
    -------
    list of Force
        Neither speakers, nor civil trains and ships, nor words too vague to count.
    """
    kept = []
    for force in found:
        noun = force.noun
        if force.first in speakers or _is_civil(view, force):
            continue
        vague = noun is not None and noun.sort == "weak" and force.sort is Sort.BARE
        lone = noun is not None and noun.sort == "soft" and force.sort is Sort.SINGLE
        if vague or (lone and force.unit is Unit.VEHICLE):
            continue
        kept.append(force)
    return kept[:_MOST_FORCES]
