"""What is said of a force: it moves, stands, was seen, or was lost; and which words govern it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.extraction.force import Force, Sort
from tracker.extraction.lexicon import Tag
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Status

_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "this", "that", "any", "no"})
_PARTICIPLE = ("ed", "en", "wn", "un", "ne", "nt", "ght", "ld", "ood", "ome")
_FAILED = frozenset({"yet", "failed", "refused", "refuse"})
_HAVE = frozenset({"has", "have", "had"})
_ABOVE_ALL = ("unit", "time", "place")
_RUSSIAN_FUTURE = (
    "ет",
    "ит",
    "ут",
    "ют",
    "ят",
    "ат",
    "ется",
    "ится",
    "утся",
    "ются",
    "ятся",
    "атся",
)
_FUTURE: dict[str, tuple[str, ...]] = {
    "en": (),
    "ru": _RUSSIAN_FUTURE,
    "uk": ("е", "ить", "уть", "ать", "ять", "ють", "еться", "иться", "уться", "яться"),
}
"""Endings that make a perfective verb a future one."""
_LISTING = frozenset({",", "and", "or", "some", "about"})
_COST_HARD = 14
_COST_COMMA = 4
_COST_RELATIVE = 5
_COST_SUBORDINATE = 7
_REDUCED = ("ed", "pt", "ld", "нных", "нные", "нный", "нная", "них", "ні", "ний", "на")
_COST_CLOSED = 20
_FARTHEST = 40
_FURTHER = frozenset({"еще", "ще"})
"""Behind a comma they open a further force with a verb of its own."""
_SENDING = frozenset({"sending", "deploying", "dispatching"})
"""Verbs of which the progressive announces what is to come: "Britain is sending a battalion"."""
_AWAITED = frozenset({"expected", "ждут", "ожидают", "очікують", "чекають"})
_FARTHEST_SEEN_MOVING = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class Predicate:
    """A word that says what a force does.

    Parameters
    ----------
    first, last : int
        Tokens, `last` exclusive.
    sort : str
        `movement`, `presence`, `sighting`, `deploy` (either of the first two) or `exclusion`.
    flow, status, mode, object_role : str
        What the table says further, empty where nothing.
    future : bool
        Perfective in a present form, which in Russian and Ukrainian is the future.
    infinitive : bool
        After "to".
    weak : bool
        "Have", "keep": says little without a number.
    """

    first: int
    last: int
    sort: str
    flow: str = ""
    status: str = ""
    mode: str = ""
    object_role: str = ""
    future: bool = False
    infinitive: bool = False
    weak: bool = False


def _is_covered(tag: Tag, covers: Sequence[Tag]) -> bool:
    return any(
        other.first <= tag.first < other.last and other.last - other.first >= tag.last - tag.first
        for other in covers
    )


def _is_auxiliary(view: Tagged, tag: Tag) -> bool:
    # Whether "have" only helps another verb.
    at = tag.last
    while (word := view.starting("function", at)) is not None and word.value in {"adv", "misc"}:
        if view.starting("predicate", at) is not None:  # "have left"
            break
        at = word.last
    if view.norm(at).endswith("ly") or view.norm(at) == "since":
        at += 1
    norm = view.norm(at)
    if view.starting("predicate", at) is not None and view.starting("unit", at) is None:
        return True
    return norm == "been" or norm in _HAVE or norm.endswith(_PARTICIPLE) or norm in {"to", "sent"}


def _is_noun(view: Tagged, tag: Tag) -> bool:
    # Whether an English word that could be a verb is a noun here.
    if view.lang != "en" or tag.last - tag.first > 1:
        return False
    norm = view.norm(tag.first)
    if norm.endswith(("ed", "ing")):
        return False
    before = view.norm(tag.first - 1)
    return before in _DETERMINERS or (before in {"of", "in", "at", "on"} and norm != "place")


def _predicate(view: Tagged, tag: Tag) -> Predicate:
    entry = tag.entry
    sort = "movement" if tag.value == "order" else tag.value
    number_next = any(
        view.starting("number", at) is not None
        or (at < len(view.tokens) and view.tokens[at].sort == "number")
        for at in range(tag.last, tag.last + 1)
    )
    if sort == "movement" and entry.get("object") == "to" and number_next:
        sort = "presence"
    form = view.norm(tag.last - 1)
    status = entry.get("status")
    if form in _SENDING and view.norm(tag.first - 1) in {"is", "are"}:
        status = Status.PLANNED.value
    future = entry.get("aspect") == "pf" and form.endswith(_FUTURE[view.lang])
    return Predicate(
        first=tag.first,
        last=tag.last,
        sort=sort,
        flow=entry.get("flow") if sort == "movement" else "",
        status=status,
        mode=entry.get("mode"),
        object_role=entry.get("object") if sort == "movement" else "",
        future=future,
        infinitive=view.norm(tag.first - 1) == "to" and view.norm(tag.first - 2) not in _FAILED,
        weak=entry.get("aspect") == "weak",
    )


def predicates(view: Tagged) -> list[Predicate]:
    """Find the words of a sentence that say what forces do.

    Parameters
    ----------
    view : Tagged
        The sentence.

    Returns
    -------
    list of Predicate
        In order.
    """
    covers = [tag for category in _ABOVE_ALL for tag in view.of(category)]
    found = []
    for tag in view.of("predicate"):
        if tag.value == "none" or _is_covered(tag, covers) or _is_noun(view, tag):
            continue
        if tag.value == "order" and not _is_sent(view, tag):
            tag = tag._replace(entry=replace(tag.entry, value="exclusion"))  # noqa: PLW2901 bought
        if view.norm(tag.first) in _HAVE and tag.last - tag.first == 1 and _is_auxiliary(view, tag):
            continue
        found.append(_predicate(view, tag))
    found.extend(_awaited(view, found))
    return sorted(found, key=lambda act: act.first)


def _is_sent(view: Tagged, tag: Tag) -> bool:
    # Whether "ordered" sends forces somewhere; without a goal it buys them.
    segments = view.segments()
    return any(
        role.value == "to"
        and role.first >= tag.last
        and segments[role.first] - segments[tag.first] < 3
        for role in view.of("role")
    )


def _awaited(view: Tagged, found: Sequence[Predicate]) -> list[Predicate]:
    # Read "is expected in X", "его ждут в X" as an arrival.
    segments = view.segments()
    busy = {segments[act.first] for act in found}
    return [
        Predicate(
            first=cue.first,
            last=cue.last,
            sort="movement",
            flow="in",
            status=Status.EXPECTED.value,
        )
        for cue in view.of("status")
        if cue.value == "expect"
        and view.norm(cue.first) in _AWAITED
        and segments[cue.first] not in busy
    ]


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
    lost = next((act for act in acts if _is_lost(view, act, force, forces)), None)
    if lost is not None and _is_participle(view, force, best):
        return lost
    if is_reduced(view, best):
        for _, _, act in costs[1:]:
            if act.first > best.last and view.breaks(best.last, act.first) == (0, 0):
                return act
    if force.sort is Sort.RATIO and _is_far_or_stated(view, force, best):
        return None
    return _seen_moving(view, best, acts) or best


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


def is_reduced(view: Tagged, act: Predicate) -> bool:
    """Tell whether a participle only describes a noun: "soldiers based in Germany will move".

    Parameters
    ----------
    view : Tagged
        The sentence.
    act : Predicate
        The predicate.

    Returns
    -------
    bool
        Whether no auxiliary makes it a verb of its own.
    """
    if act.sort != "presence" or not view.norm(act.first).endswith(_REDUCED):
        return False
    at = act.first - 1
    while at > 0 and (view.norm(at).endswith("ly") or view.starting("status", at) is not None):
        at -= 1
    tag = view.starting("function", at)
    return tag is None or tag.value not in {"aux", "pron", "adv"}


def _is_far_or_stated(view: Tagged, force: Force, act: Predicate) -> bool:
    # Whether a ratio stands by itself: "is four times the usual strength".
    first, last = sorted(((force.first, force.last), (act.first, act.last)))
    before = view.starting("function", force.first - 1)
    copula = before is not None and before.value == "aux"
    return copula or view.breaks(first[1], last[0])[0] > 0
