"""Places of a sentence with their role: at, from, to, by way of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Protocol

from shapely.geometry.base import BaseGeometry

from tracker.claims.forces import Force
from tracker.claims.lexicon import Tag
from tracker.claims.predicates import Predicate, is_reduced
from tracker.claims.tagged import HARD_MARKS, Tagged
from tracker.vocabulary import PlaceRole

_LINKS = frozenset({"of", "the", "and", "with", "or", "до", "з", "с", "із", "и", "і", "та"})
_COORDINATORS = frozenset({"and", "or", "и", "или", "і", "та", "або", "&"})
_DISTANCE_UNITS = frozenset(
    {
        "km",
        "км",
        "kilometres",
        "kilometers",
        "kilometre",
        "miles",
        "mile",
        "километров",
        "километрах",
        "кілометрів",
        "кілометрах",
        "километра",
    }
)  # noqa: E501 - one set
_NEVER_ALONE = frozenset({"on", "by", "for", "at"})
"""Prepositions that too often stand before a name that is no place."""
_AROUND = 5
_COST_HARD = 14
_COST_COMMA = 3


class Mention(Protocol):
    """What `geo.geocoding.geocode` gives for each place that it finds."""

    start: int
    end: int
    text: str
    name: str | None
    lon: float | None
    radius_km: float | None
    geometry: BaseGeometry | None
    kind: str | None
    metonym: bool
    geonameid: int | None
    score: float | None
    reason: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place in a sentence.

    Parameters
    ----------
    first, last : int
        Tokens of its phrase, `last` exclusive.
    role : PlaceRole or None
        What it is to what happens; None where no preposition or verb says so.
    either : bool
        Whether a motion makes "at" a goal here ("arrived in", "в" with either case).
    home : bool
        Whether forces are only said to be kept there ("based in Germany will move").
    mention : Mention or None
        What the gazetteer found inside the phrase.
    """

    first: int
    last: int
    role: PlaceRole | None = None
    either: bool = False
    home: bool = False
    mention: Mention | None = None


def _named(view: Tagged, mentions: Iterable[Mention]) -> list[Place]:
    """Turn the gazetteer's spans into tokens."""
    found = []
    for mention in mentions:
        covered = [
            at
            for at, token in enumerate(view.tokens)
            if token.start < mention.end and token.end > mention.start
        ]
        if covered and not mention.metonym:
            found.append(_without_preposition(view, covered[0], covered[-1] + 1, mention))
    return found


def _without_preposition(view: Tagged, first: int, last: int, mention: Mention) -> Place:
    """Take "near" off "near the border" and keep the role that it gives."""
    place = Place(first=first, last=last, mention=mention)
    if any(_is_distance_unit(view.norm(at)) for at in range(first, last)):
        return replace(place, role=PlaceRole.AT)
    for role in view.of("role"):
        if role.first <= first < role.last < last:
            return replace(place, first=role.last)
    return place


def _is_distance_unit(word: str) -> bool:
    return word in _DISTANCE_UNITS or (word[:1].isdigit() and word.endswith(("km", "км")))


def _generic(view: Tagged) -> list[Place]:
    """Find "the state border", "an airfield", "аэродром"."""
    found = []
    for tag in view.of("place"):
        first = tag.first
        while first > 0 and tag.first - first < 4 and _modifies(view, first - 1):
            first -= 1
        last = tag.last
        while last < len(view.tokens) and view.tokens[last].is_name and view.lang != "en":
            last += 1
        found.append(Place(first=first, last=last))
    return found


def _modifies(view: Tagged, at: int) -> bool:
    token = view.tokens[at]
    if token.sort not in {"word", "mixed"}:
        return False
    tag = view.starting("function", at)
    if tag is not None:
        return tag.value == "det"
    blocked = ("role", "predicate", "unit", "say", "status", "number")
    if any(view.starting(category, at) is not None for category in blocked):
        return False
    if view.lang == "en":
        return True
    return token.norm.endswith(
        (
            "ого",
            "ой",
            "ом",
            "ом",
            "ый",
            "ий",
            "ая",
            "ую",
            "ої",
            "ій",
            "ому",
            "их",
            "ых",
            "ної",
            "ного",
            "у",
        )
    )  # noqa: E501 - one set


def _capitalised(view: Tagged, taken: AbstractSet[int]) -> list[Place]:
    """Find names behind a preposition of place that the gazetteer does not know."""
    found = []
    for tag in view.of("role"):
        at = tag.last
        if view.norm(tag.first) in _NEVER_ALONE:
            continue
        while at < len(view.tokens) and at - tag.last < 3 and _introduces(view, at):
            at += 1
        last = at
        while last < len(view.tokens) and view.tokens[last].is_name and last not in taken:
            last += 1
        is_unit = any(view.starting("unit", here) is not None for here in range(at, last))
        is_owner = view.starting("actor", at) is not None and last - at == 1
        is_owner = is_owner and view.starting("actor", at).entry.get("sort") == "adjective"
        is_time = is_owner or any(
            view.starting("time", here) is not None for here in range(at, last)
        )
        mixed = at < len(view.tokens) and view.tokens[at].sort == "word"
        if last > at and mixed and not is_unit and not is_time:
            found.append(Place(first=at, last=last))
    return found


def _introduces(view: Tagged, at: int) -> bool:
    token = view.tokens[at]
    if token.norm in {"the", "станции", "станцию", "станції", "станцію", "city", "town", "village",
                      "of", "город", "селе", "село", "город", "місто", "місті", "аэродром",
                      "аэродроме", "аеродром", "аеродромі", "поселок", "поселке"}:  # fmt: skip
        return True
    return token.text in {"«", "“", '"'}


def _merged(view: Tagged, places: list[Place]) -> list[Place]:
    """Join "an airfield 16 km from X", "border with X", "station Y"; drop what is inside."""
    places = sorted(places, key=lambda place: (place.first, -place.last))
    joined: list[Place] = []
    for place in places:
        before = joined[-1] if joined else None
        if before is not None and place.first < before.last:
            mention = before.mention or place.mention
            joined[-1] = replace(before, last=max(before.last, place.last), mention=mention)
        elif before is not None and _is_nested(view, before, place):
            joined[-1] = _nested(view, before, place)
        else:
            joined.append(place)
    return joined


def _nested(view: Tagged, outer: Place, inner: Place) -> Place:
    """Join two places of which the second says where the first is."""
    named = any(token.is_name for token in view.tokens[outer.first : outer.last])
    if named and outer.mention is not None:
        return outer
    return replace(outer, last=inner.last, mention=outer.mention or inner.mention)


def _is_nested(view: Tagged, outer: Place, inner: Place) -> bool:
    between = view.tokens[outer.last : inner.first]
    words = [token.norm for token in between]
    inside = [view.norm(at) for at in range(inner.first, inner.last)]
    if any(_is_distance_unit(word) for word in (*words, *inside)):
        return not any(token.text in HARD_MARKS for token in between) and len(words) < 10
    if outer.mention is not None and outer.mention.lon is not None:
        return False
    if len(words) == 0:
        return view.starting("place", outer.last - 1) is not None
    if any(token.is_name for token in view.tokens[outer.first : outer.last]):
        return words == ["of"]
    return len(words) <= 2 and words[0] in {
        "of",
        "with",
        "in",
        "near",
        "в",
        "у",
        "с",
        "з",
        "із",
        "на",
    }


def _with_distance(view: Tagged, place: Place) -> Place:
    """Take in "within 200 km of", "на расстоянии до 200 км от"."""
    first = place.first
    for at in range(place.first - 1, max(-1, place.first - 4), -1):
        if _is_distance_unit(view.norm(at)):
            first = at
            while first > 0 and place.first - first < 9 and view.tokens[first - 1].sort != "mark":
                word = view.norm(first - 1)
                if view.tokens[first - 1].sort != "number" and not _is_distance_word(
                    view, first - 1
                ):
                    break
                first -= 1
                if word in {"within", "в", "на", "at", "у"}:
                    break
            return replace(place, first=first, role=PlaceRole.AT)
    return place


def _is_distance_word(view: Tagged, at: int) -> bool:
    tag = view.starting("qualifier", at)
    role = view.starting("role", at)
    words = {"distance", "расстоянии", "пределах", "відстані", "межах", "a", "of"}
    return tag is not None or role is not None or view.norm(at) in words


def _role(view: Tagged, place: Place, acts: Sequence[Predicate]) -> Place:
    """Read the preposition or the verb before a place."""
    if place.role is not None:
        return place
    at = place.first
    for back in range(_AROUND):
        end = at - back
        tag = view.ending("role", end)
        if tag is not None:
            return _checked(view, _with_role(place, tag.value), tag, acts)
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
    """Doubt "pressure on the US" and "a threat for X"; mark "based in X"."""
    word = view.norm(tag.first)
    country = place.mention is not None and place.mention.kind == "country"
    moved = any(0 <= tag.first - act.last <= 1 and act.sort == "movement" for act in acts)
    agent = word == "by" and view.norm(tag.first - 1).endswith(("ed", "wn", "en", "un", "de", "ht"))
    if (word == "for" and not moved) or (word == "on" and country) or agent:
        return replace(place, role=None)
    home = any(act.last == tag.first and is_reduced(view, act) for act in acts)
    return replace(place, home=home)


def _is_inside(view: Tagged, at: int) -> bool:
    """Whether a token may stand between a preposition and its place."""
    token = view.tokens[at]
    if token.text in {"«", "“", '"'}:
        return True
    if token.sort == "mark" or view.starting("predicate", at) is not None:
        return False
    tag = view.starting("function", at)
    return tag is None or tag.value == "det" or token.norm == "of"


def _with_role(place: Place, value: str) -> Place:
    if value == "in":
        return replace(place, role=PlaceRole.AT, either=True)
    if value == "along":
        return replace(place, role=PlaceRole.VIA_PLACE)
    role = PlaceRole(value)
    return replace(place, role=role, either=role is PlaceRole.AT)


def _coordinated(view: Tagged, places: list[Place]) -> list[Place]:
    """Give "Venezuela or Cuba" one role."""
    given: list[Place] = []
    for place in places:
        before = given[-1] if given else None
        if place.role is None and before is not None and before.role is not None:
            between = [token.norm for token in view.tokens[before.last : place.first]]
            if (
                between
                and len(between) <= 3
                and all(word in _COORDINATORS | {"the"} for word in between)
            ):
                place = replace(place, role=before.role, either=before.either)
        given.append(place)
    return given


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
    named = _named(view, mentions)
    generic = _generic(view)
    taken = {at for place in (*named, *generic) for at in range(place.first, place.last)}
    found = [*named, *generic, *_capitalised(view, taken)]
    found = [p for p in found if not any(at in busy for at in range(p.first, p.last))]
    merged = [_with_distance(view, place) for place in _merged(view, found)]
    with_roles = _coordinated(view, [_role(view, place, acts) for place in merged])
    return [place for place in with_roles if place.role is not None]


def gap(view: Tagged, first: tuple[int, int], second: tuple[int, int]) -> int:
    """Measure how far two stretches are apart, in tokens and marks.

    Parameters
    ----------
    view : Tagged
        The sentence.
    first, second : (int, int)
        Stretches of tokens, ends exclusive.

    Returns
    -------
    int
        Tokens between, with what each mark costs.
    """
    if first[0] > second[0]:
        first, second = second, first
    between = max(0, second[0] - first[1])
    hard, commas = view.breaks(first[1], second[0])
    return between + _COST_HARD * hard + _COST_COMMA * commas


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
            behind = [p for p in mine if force.last <= p.first < until]
            before = [p for p in mine if p.first < force.first]
            later = [p for p in mine if p.first >= until]
            given[index].extend(behind or before[-1:] or later[:1])
    return given
