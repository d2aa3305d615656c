"""Places of a sentence with their role: at, from, to, by way of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from geo.geocoding.mention import Mention
from tracker.extraction.force import Force
from tracker.extraction.lexicon import Tag
from tracker.extraction.place_spans import (
    Place,
    general_places,
    merged,
    named_places,
    with_distance,
    with_role,
)
from tracker.extraction.predicates import Predicate, is_reduced
from tracker.extraction.tagged import Tagged
from tracker.extraction.unknown_places import listed_names, unknown_names
from tracker.vocabulary import PlaceRole

_LINKS = frozenset({"of", "the", "and", "with", "or", "до", "з", "с", "із", "и", "і", "та"})

_COORDINATORS = frozenset({"and", "or", "и", "или", "і", "та", "або", "&"})

_FURTHER = frozenset({"and", "while", "whereas", "а", "и", "і", "та", "й"})
"""Words that open what is said of the next force."""
_AROUND = 5
_PARTING = frozenset({":", "—", "–", "-", "|"})
"""Marks between a place and its number in a list or a table."""
_ADDRESSED = frozenset(
    {"message", "warning", "signal", "threat", "danger", "response", "reply", "answer", "support"}
    | {"aid", "help", "assistance", "loyal", "thanks", "visit", "letter", "comparable", "similar"}
)
"""Words behind which "to" names whom something is meant for."""


def _role(view: Tagged, place: Place, acts: Sequence[Predicate]) -> Place:
    # Read the preposition or the verb before a place.
    if place.role is not None:
        return place
    at = place.first
    for back in range(_AROUND):
        end = at - back
        tag = view.ending("role", end)
        if tag is not None:
            return _checked(view, with_role(place, tag.value), tag, acts)
        if end > 0 and not _is_inside(view, end - 1):
            break
    for act in acts:
        if act.object_role and act.last <= at and at - act.last <= 3:
            clear = all(view.tokens[here].sort != "mark" for here in range(act.last, at))
            if clear and not any(
                view.starting("role", here) is not None for here in range(act.last, at)
            ):
                return replace(place, role=PlaceRole(act.object_role))
    return place


def _checked(view: Tagged, place: Place, tag: Tag, acts: Sequence[Predicate]) -> Place:
    # Doubt "pressure on the US" and "a threat for X"; mark "based in X".
    word = view.norm(tag.first)
    country = place.mention is not None and place.mention.kind == "country"
    moved = any(0 <= tag.first - act.last <= 1 and act.sort == "movement" for act in acts)
    agent = word == "by" and view.norm(tag.first - 1).endswith(("ed", "wn", "en", "un", "de", "ht"))
    addressed = word == "to" and view.norm(tag.first - 1) in _ADDRESSED
    if (word == "for" and not moved) or (word == "on" and country) or agent or addressed:
        return replace(place, role=None)
    home = any(act.last == tag.first and is_reduced(view, act) for act in acts)
    return replace(place, home=home) if home is not place.home else place


def _is_inside(view: Tagged, at: int) -> bool:
    # Whether a token may stand between a preposition and its place.
    token = view.tokens[at]
    if token.text in {
        "«",
        "“",
        '"',
        ".",
    }:  # a dot inside a sentence shortens a word: "у м. Сватове"
        return True
    if token.sort == "mark" or at in view.dated or view.starting("predicate", at) is not None:
        return False
    tag = view.starting("function", at)
    return tag is None or tag.value == "det" or token.norm == "of"


def _listed(view: Tagged, place: Place) -> Place:
    # Read a place that heads or ends a line of a list: "Yelnya: 700 vehicles", "35 guns — Klintsy".
    if place.role is not None or place.mention is None:
        return place
    opens = all(view.tokens[at].sort in {"mark", "number"} for at in range(place.first))
    heads = opens and view.norm(place.last) in _PARTING and _counts(view, place.last + 1)
    closed = place.last >= len(view.tokens) or view.tokens[place.last].sort == "mark"
    of_force = view.ending("unit", place.first - 1) is not None
    ends = closed and of_force and view.norm(place.first - 1) in _PARTING | {"("}
    return replace(place, role=PlaceRole.AT, either=True) if heads or ends else place


def _counts(view: Tagged, at: int) -> bool:
    # Whether a number starts at a token, hedged or not.
    hedge = view.starting("qualifier", at)
    at = hedge.last if hedge is not None else at
    digits = at < len(view.tokens) and view.tokens[at].sort == "number"
    return digits or view.starting("number", at) is not None


def _coordinated(view: Tagged, places: list[Place]) -> list[Place]:
    # Give "Venezuela or Cuba" one role.
    given: list[Place] = []
    for number, place in enumerate(places):
        before = given[-1] if given else None
        if place.role is None and before is not None and before.role is not None:
            between = [token.norm for token in view.tokens[before.last : place.first]]
            listed = between == [","] and _goes_on(view, places, number)
            joined = listed or all(word in _COORDINATORS | {"the"} for word in between)
            if between and len(between) <= 3 and joined:
                given.append(replace(place, role=before.role, either=before.either))
                continue
        given.append(place)
    return given


def _goes_on(view: Tagged, places: Sequence[Place], number: int) -> bool:
    # Whether a list of places ends with "and" behind this one.
    if number + 1 >= len(places):
        return False
    between = [t.norm for t in view.tokens[places[number].last : places[number + 1].first]]
    return between == [","] or (0 < len(between) <= 2 and between[-1] in _COORDINATORS)


def places_of(
    view: Tagged,
    mentions: Iterable[Mention],
    acts: Sequence[Predicate],
    busy: AbstractSet[int],
) -> list[Place]:
    """Find the places of a sentence and their roles.

    Parameters
    ----------
    view : Tagged
        The sentence.
    mentions : iterable of Mention
        What the gazetteer found in it.
    acts : sequence of Predicate
        Its predicates, whose objects may be places.
    busy : set of int
        Tokens of speakers and formations, in which no place is looked for.

    Returns
    -------
    list of Place
        Those with a role, in order.
    """
    named = named_places(view, mentions)
    generic = general_places(view)
    taken = {at for place in (*named, *generic) for at in range(place.first, place.last)}
    named = [place for place in named if place.mention is None or not place.mention.metonym]
    objects = {act.last for act in acts if act.object_role}
    unknown = unknown_names(view, taken, objects - busy)
    further = listed_names(view, [*named, *unknown], taken | busy)
    found = [*named, *generic, *unknown, *further]
    found = [p for p in found if not any(at in busy for at in range(p.first, p.last))]
    whole = [with_distance(view, place) for place in merged(view, found)]
    with_roles = _coordinated(view, [_listed(view, _role(view, p, acts)) for p in whole])
    return [place for place in with_roles if place.role is not None]


def _opens(view: Tagged, first: int, last: int) -> bool:
    # Whether a place opens what is said of the next force: "20 tanks, and in Y 15 carriers".
    return any(view.norm(at) in _FURTHER for at in range(first, last))


def shared_out(
    view: Tagged, group: Sequence[Force], places: Sequence[Place]
) -> dict[int, list[Place]]:
    """Give the places of one predicate to its forces.

    Parameters
    ----------
    view : Tagged
        The sentence.
    group : sequence of Force
        Forces of the predicate, in order.
    places : sequence of Place
        Its places, in order.

    Returns
    -------
    dict of int to list of Place
        Places by index of the force: one place of a role is shared by all; where there are
        several, each force takes the next one behind it, else the last one before it.
    """
    given: dict[int, list[Place]] = {index: [] for index in range(len(group))}
    for role in PlaceRole:
        mine = [place for place in places if place.role is role]
        if len(mine) <= 1 or len(group) == 1:
            for chosen in given.values():
                chosen.extend(mine)
            continue
        for index, force in enumerate(group):
            until = group[index + 1].first if index + 1 < len(group) else len(view.tokens)
            before = [p for p in mine if p.first < force.first]
            behind = [
                p
                for p in mine
                if force.last <= p.first < until
                and not (before and until < len(view.tokens) and _opens(view, force.last, p.first))
            ]
            later = [p for p in mine if p.first >= until]
            given[index].extend(behind or before[-1:] or later[:1])
    return given
