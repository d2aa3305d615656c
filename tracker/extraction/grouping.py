"""Forces put under the predicate that governs them, with the places and times that belong there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.extraction.force import Force, Sort
from tracker.extraction.governing import distance, governing
from tracker.extraction.numeral import Numeral
from tracker.extraction.place_spans import Place
from tracker.extraction.predicates import Predicate
from tracker.extraction.spacing import gap
from tracker.extraction.tagged import Tagged
from tracker.extraction.time_words import TimeMention
from tracker.vocabulary import PlaceRole, Qualifier

_FARTHEST_SHARED = 25
_WHERE = frozenset({"where", "где", "де"})
_ONE = frozenset({"it", "его", "її", "його", "он", "він", "она", "вона"})
_MANY = frozenset({"they", "them", "those", "these", "их", "їх", "они", "вони"})
_EXPLAINED = ":"


class Group:
    """A predicate and what it speaks of, filled while a sentence is read.

    Parameters
    ----------
    act : Predicate or None
        The predicate; None where the forces only stand there.
    forces : sequence of Force
        What it is said of.

    Attributes
    ----------
    more_acts : list of Predicate
        Further predicates of the same subject.
    places : list of Place
        Its places.
    times : list of TimeMention
        Its times.
    where : Place or None
        The place that "where" goes back to.
    """

    __slots__ = ("act", "forces", "more_acts", "places", "times", "where")

    def __init__(self, act: Predicate | None, forces: Sequence[Force] = ()) -> None:
        self.act = act
        self.forces = list(forces)
        self.more_acts: list[Predicate] = []
        self.places: list[Place] = []
        self.times: list[TimeMention] = []
        self.where: Place | None = None

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Tokens of its predicates and forces."""
        acts = [act for act in (self.act, *self.more_acts) if act is not None]
        said = [(act.first, act.last) for act in acts]
        return [*((force.first, force.last) for force in self.forces), *said]


def _standing(view: Tagged) -> list[int]:
    # Number the stretches in which forces without a predicate stand together.
    clauses = view.clauses()
    number, numbers = 0, []
    for at, token in enumerate(view.tokens):
        opens = token.norm in {"and", "but", "а", "и"} and view.norm(at - 1) == ","
        number += bool(opens or (at > 0 and clauses[at] != clauses[at - 1]))
        numbers.append(number)
    return numbers


def anaphors(view: Tagged, found: Sequence[Force], acts: Sequence[Predicate]) -> list[Force]:
    """Let a pronoun stand for the force before it: "; those in the east are to move to X".

    Parameters
    ----------
    view : Tagged
        The sentence.
    found : sequence of Force
        Its forces.
    acts : sequence of Predicate
        Its predicates.

    Returns
    -------
    list of Force
        One for each stretch between marks that has a moving pronoun and no force.
    """
    segments = view.segments()
    taken = {segments[force.first] for force in found}
    moving = {segments[act.first] for act in acts if act.sort in {"movement", "deploy"}}
    standing = {segments[act.first] for act in acts if act.sort == "presence" and not act.weak}
    pronouns = []
    for tag in view.of("function"):
        segment = segments[tag.first]
        before = [force for force in found if force.first < tag.first]
        if tag.value not in {"pron", "det"} or segment in taken or not before:
            continue
        one = view.norm(tag.first) in _ONE
        part = view.norm(tag.first - 1) in {"of", "из", "із", "з"} and segment in standing
        if (segment in moving or part) and (one or view.norm(tag.first) in _MANY):
            taken.add(segment)
            pronouns.append(_pronoun(tag.first, before[-1] if not one else _single(before)))
    return pronouns


def _single(before: Sequence[Force]) -> Force:
    return next((force for force in before if force.sort is Sort.SINGLE), before[-1])


def _pronoun(at: int, meant: Force) -> Force:
    if meant.sort in {Sort.SINGLE, Sort.NAMED} and meant.numeral is not None:
        numeral = Numeral(first=at, last=at + 1, core=at, qualifier=Qualifier.EXACT, best=1.0)
        return replace(meant, first=at, last=at + 1, numeral=numeral, pronoun=True)
    return Force(first=at, last=at + 1, sort=Sort.BARE, noun=meant.noun, pronoun=True)


def _subject(found: Sequence[Force], home: Group) -> Force:
    # Choose who goes on: the train or the named formation, else what the group counts.
    for force in found:
        if force.sort in {Sort.SINGLE, Sort.NAMED}:
            return force
    return next((force for force in home.forces if force.sort is not Sort.BARE), home.forces[0])


def _goes_on(view: Tagged, group: Group, act: Predicate) -> bool:
    # Whether a further predicate is a claim of its own: "and left again", "instead of going".
    if act.sort != "movement" or group.act is None or view.follows_relative(act.first):
        return False
    cue = next((tag for tag in view.of("status") if 0 <= act.first - tag.last <= 1), None)
    if cue is not None and cue.value == "instead":
        return True
    moved = group.act.sort == "movement" and group.act.flow != "out"
    return act.flow == "out" and moved and view.breaks(group.act.last, act.first)[1] > 0


def grouped(view: Tagged, found: Sequence[Force], acts: Sequence[Predicate]) -> list[Group]:
    """Put forces under their predicates.

    Parameters
    ----------
    view : Tagged
        The sentence.
    found : sequence of Force
        Its forces, not empty.
    acts : sequence of Predicate
        Its predicates; those without a force of their own go to the nearest force.

    Returns
    -------
    list of Group
        In the order of their first force.
    """
    standing = _standing(view)
    groups: dict[int, Group] = {}
    for force in found:
        act = None if force.base else governing(view, force, acts, found)
        key = act.first if act is not None else -1 - standing[force.first]
        groups.setdefault(key, Group(act=act)).forces.append(force)
    for act in acts:
        if act.first in groups or act.sort == "exclusion":
            continue
        nearest = min(found, key=lambda force: distance(view, force, act, found))
        home = next(group for group in groups.values() if nearest in group.forces)
        if _goes_on(view, home, act):
            groups[act.first] = Group(act=act, forces=[_subject(found, home)])
        elif distance(view, nearest, act, found) <= _FARTHEST_SHARED:
            home.more_acts.append(act)
    ordered = sorted(groups.values(), key=lambda group: group.forces[0].first)
    return _explained(view, ordered)


def _explained(view: Tagged, groups: list[Group]) -> list[Group]:
    # Join "several trains a day: trucks and tanks are moved west".
    joined: list[Group] = []
    for group in groups:
        before = joined[-1] if joined else None
        bare = all(force.sort is Sort.BARE for force in group.forces)
        if before is not None and before.act is None and bare and group.act is not None:
            between = view.tokens[before.forces[-1].last : group.forces[0].first]
            if any(token.text == _EXPLAINED for token in between):
                before.act = group.act
                before.forces.extend(group.forces)
                before.more_acts.extend(group.more_acts)
                continue
        joined.append(group)
    return joined


def hand_out(
    view: Tagged,
    groups: Sequence[Group],
    places: Sequence[Place],
    times: Iterable[TimeMention],
    lost: Sequence[Predicate],
) -> None:
    """Give each place and time to the nearest group, unless something lost is nearer.

    Parameters
    ----------
    view : Tagged
        The sentence.
    groups : sequence of Group
        Its groups, which are filled.
    places : sequence of Place
        Its places.
    times : iterable of TimeMention
        Its times.
    lost : sequence of Predicate
        Predicates of what is no claim: losses, deliveries.
    """
    for place in places:
        home = _nearest(view, groups, (place.first, place.last), lost)
        if home is not None:
            home.places.append(place)
    for time in times:
        home = _nearest(view, groups, (time.first, time.last), lost)
        if home is not None:
            home.times.append(time)
    for group in groups:
        _find_where(view, group, places)


def _nearest(
    view: Tagged, groups: Sequence[Group], span: tuple[int, int], lost: Sequence[Predicate]
) -> Group | None:
    cost, index = min(
        (min(gap(view, span, other) for other in group.spans), index)
        for index, group in enumerate(groups)
    )
    if any(gap(view, span, (act.first, act.last)) < cost for act in lost):
        return None
    return groups[index]


def _find_where(view: Tagged, group: Group, places: Sequence[Place]) -> None:
    """Let "X, where the brigade is based" and "the 900 there" stand at X."""
    segments = view.segments()
    first = group.forces[0].first
    for tag in view.of("function"):
        where = view.norm(tag.first) in _WHERE and segments[tag.first] == segments[first]
        there = tag.value == "there" and 0 <= tag.first - group.forces[-1].last <= 3
        if not (where or there) or (where and tag.first > first):
            continue
        before = [place for place in places if place.last <= tag.first]
        if before:
            moves = group.act is not None and group.act.sort == "movement"
            role = PlaceRole.TO if there and moves else PlaceRole.AT
            group.where = replace(before[-1], role=role, either=there, home=False)
