"""Which predicate governs a force: the nearest one, by tokens and by the boundaries between."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.force import Force, Sort
from tracker.extraction.predicates import Predicate, is_reduced
from tracker.extraction.tagged import Tagged

_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "this", "that", "any", "no"})
_LISTING = frozenset({",", "and", "or", "some", "about"})
_COST_HARD = 14
_COST_COMMA = 4
_COST_RELATIVE = 5
_COST_SUBORDINATE = 7
_COST_CLOSED = 20
_FARTHEST = 40
_FURTHER = frozenset({"еще", "ще"})
"""Behind a comma they open a further force with a verb of its own."""
_AMOUNTING = (
    *("exceed", "reach", "amount", "rose", "risen", "total", "stood", "stands", "climb", "topp"),
    *("превы", "дости", "состав", "вырос", "возрос", "перевищ", "сяг", "станов", "досяг", "зрос"),
)
"""Beginnings of the verbs by which a number is reached."""
_LADEN = frozenset({"carrying", "transporting", "hauling", "ferrying", "bearing"})
"""Participles behind a train or a ship that only name its load."""
_FARTHEST_SEEN_MOVING = 14


def distance(view: Tagged, force: Force, act: Predicate, forces: Sequence[Force]) -> int:
    """Measure how far a predicate is from a force, in tokens and boundaries.

    Parameters
    ----------
    view : Tagged
        The sentence.
    force : Force
        The force.
    act : Predicate
        The predicate.
    forces : sequence of Force
        All forces of the sentence: a comma of their list is no boundary.

    Returns
    -------
    int
        Tokens between, with what each boundary costs.
    """
    if act.first >= force.last:
        first, last = force.last, act.first
    elif act.last <= force.first:
        first, last = act.last, force.first
    else:
        return 0
    hard, commas = view.breaks(first, last)
    listed = sum(first <= other.first < last for other in forces) if commas else 0
    if commas and any(
        view.norm(at) == "," and view.norm(at + 1) in _FURTHER for at in range(first, last)
    ):
        return _FARTHEST + 1
    relatives, subordinators = view.subordinators(first, last)
    cost = last - first + _COST_HARD * hard + _COST_COMMA * max(0, commas - listed)
    cost += _COST_RELATIVE * relatives + _COST_SUBORDINATE * subordinators
    if hard + commas > 0 and view.follows_relative(act.first):
        cost += _COST_CLOSED
    return cost


def governing(
    view: Tagged, force: Force, acts: Sequence[Predicate], forces: Sequence[Force]
) -> Predicate | None:
    """Choose the predicate of a force: the nearest, where a sighting gives way to what was seen.

    Parameters
    ----------
    view : Tagged
        The sentence.
    force : Force
        The force.
    acts : sequence of Predicate
        The sentence's predicates.
    forces : sequence of Force
        All forces of the sentence.

    Returns
    -------
    Predicate or None
        The predicate; None where none is near.
    """
    costs = sorted(
        ((distance(view, force, act, forces), act.first, act) for act in acts),
        key=lambda scored: scored[:2],
    )
    if not costs or costs[0][0] > _FARTHEST:
        return None
    best = costs[0][2]
    if _is_told_apart(view, force, best):
        return None
    lost = _lost_instead(view, force, best, acts, forces)
    if lost is not None:
        return lost
    if is_reduced(view, best):
        for _, _, act in costs[1:]:
            if act.first > best.last and view.breaks(best.last, act.first) == (0, 0):
                return act
    if force.sort is Sort.RATIO and _is_far_or_stated(view, force, best):
        return None
    return _seen_moving(view, best, acts) or best


def _lost_instead(
    view: Tagged, force: Force, best: Predicate, acts: Sequence[Predicate], forces: Sequence[Force]
) -> Predicate | None:
    # Find the loss that a force is of, where another verb stands nearer.
    if best.sort == "presence" and view.norm(best.first).startswith(_AMOUNTING):
        return next((act for act in acts if _is_toll(view, act, best, forces)), None)
    if _is_participle(view, force, best):
        return next((act for act in acts if _is_lost(view, act, force, forces)), None)
    return None


def _is_toll(view: Tagged, lost: Predicate, act: Predicate, forces: Sequence[Force]) -> bool:
    # Whether it is losses that amount to a number: "their losses exceeded 9,000 men".
    if lost.sort != "exclusion" or lost.first >= act.first:
        return False
    segments = view.segments()
    counted = any(
        lost.last <= force.first < act.first and force.numeral is not None for force in forces
    )
    return segments[lost.first] == segments[act.first] and not counted


def _is_told_apart(view: Tagged, force: Force, act: Predicate) -> bool:
    # Whether somebody else gives a number behind a semicolon: "they stay; NATO puts it at 30,000".
    if force.numeral is None or act.last > force.first:
        return False
    marks = [at for at in range(act.last, force.first) if view.tokens[at].text == ";"]
    return bool(marks) and any(
        tag.value == "verb" and marks[-1] < tag.first < force.first for tag in view.of("say")
    )


def told(view: Tagged, acts: Sequence[Predicate], forces: Sequence[Force]) -> list[Predicate]:
    """Leave out what only says with what something is laden: "a train carrying 20 tanks was seen".

    Parameters
    ----------
    view : Tagged
        The sentence.
    acts : sequence of Predicate
        Its predicates.
    forces : sequence of Force
        Its forces.

    Returns
    -------
    list of Predicate
        The predicates; a laden force that does nothing else goes somewhere.
    """
    ends = {force.last for force in forces}
    clauses = view.clauses()
    return [
        act
        for act in acts
        if not (
            view.norm(act.first) in _LADEN
            and act.first in ends
            and any(
                other is not act
                and other.sort != "exclusion"
                and clauses[other.first] == clauses[act.first]
                for other in acts
            )
        )
    ]


def _seen_moving(view: Tagged, best: Predicate, acts: Sequence[Predicate]) -> Predicate | None:
    # Find what something was seen to do.
    if best.sort != "sighting":
        return None
    for act in acts:
        near = 0 <= act.first - best.last <= _FARTHEST_SEEN_MOVING
        if act.sort == "movement" and near and view.breaks(best.last, act.first) == (0, 0):
            return act
    return None


def _is_participle(view: Tagged, force: Force, act: Predicate) -> bool:
    # Whether a verb only describes the force before it: "60 carriers moving towards X".
    return view.lang == "en" and act.first == force.last and view.norm(act.first).endswith("ing")


def _is_lost(view: Tagged, act: Predicate, force: Force, forces: Sequence[Force]) -> bool:
    # Whether a loss stands before a list that a force ends: "destroyed 40 tanks and 60 carriers".
    if act.sort != "exclusion" or act.last > force.first:
        return False
    listed = {at for other in forces for at in range(other.first, other.last)}
    return all(
        at in listed or view.norm(at) in _LISTING or view.norm(at) in _DETERMINERS
        for at in range(act.last, force.first)
    )


def _is_far_or_stated(view: Tagged, force: Force, act: Predicate) -> bool:
    # Whether a ratio stands by itself: "is four times the usual strength".
    first, last = sorted(((force.first, force.last), (act.first, act.last)))
    before = view.starting("function", force.first - 1)
    copula = before is not None and before.value == "aux"
    return copula or view.breaks(first[1], last[0])[0] > 0
