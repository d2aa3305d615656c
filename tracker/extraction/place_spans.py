"""Words that name a place: those of the gazetteer and general ones, with distance and role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from geo.geocoding.mention import Mention
from tracker.extraction.tagged import HARD_MARKS, Tagged
from tracker.vocabulary import PlaceRole

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
)


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


def named_places(view: Tagged, mentions: Iterable[Mention]) -> list[Place]:
    """Turn the gazetteer's spans into tokens.

    Parameters
    ----------
    view : Tagged
        The sentence.
    mentions : iterable of Mention
        What the gazetteer found.

    Returns
    -------
    list of Place
        Places, those that stand for people among them.
    """
    found = []
    for mention in mentions:
        covered = [
            at
            for at, token in enumerate(view.tokens)
            if token.start < mention.end and token.end > mention.start
        ]
        if covered:
            found.append(_without_preposition(view, covered[0], covered[-1] + 1, mention))
    return found


def _without_preposition(view: Tagged, first: int, last: int, mention: Mention) -> Place:
    # Take "near" off "near the border" and keep the role that it gives.
    place = Place(first=first, last=last, mention=mention)
    if any(_is_distance_unit(view.norm(at)) for at in range(first, last)):
        return replace(place, role=PlaceRole.AT)
    for role in view.of("role"):
        if role.first <= first < role.last < last:
            return replace(place, first=role.last)
    return place


def _is_distance_unit(word: str) -> bool:
    return word in _DISTANCE_UNITS or (word[:1].isdigit() and word.endswith(("km", "км")))


def general_places(view: Tagged) -> list[Place]:
    """Find "the state border", "an airfield", "аэродром".

    Parameters
    ----------
    view : Tagged
        The sentence.

    Returns
    -------
    list of Place
        Places without a name.
    """
    found = []
    prepositions = {at for role in view.of("role") for at in range(role.first, role.last)}
    for tag in view.of("place"):
        if tag.first in prepositions:
            continue
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
    if view.ending("role", at + 1) is not None:
        return False
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
    )


def merged(view: Tagged, places: list[Place]) -> list[Place]:
    """Join "an airfield 16 km from X", "border with X", "station Y"; drop what is inside.

    Parameters
    ----------
    view : Tagged
        The sentence.
    places : list of Place
        Places found so far.

    Returns
    -------
    list of Place
        Places that do not overlap, in order.
    """
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
    # Join two places of which the second says where the first is.
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
        "at",
        "outside",
        "в",
        "у",
        "с",
        "з",
        "із",
        "на",
    }


def with_distance(view: Tagged, place: Place) -> Place:
    """Take in "within 200 km of", "на расстоянии до 200 км от".

    Parameters
    ----------
    view : Tagged
        The sentence.
    place : Place
        The place.

    Returns
    -------
    Place
        The place with the words of its distance.
    """
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
            place = replace(place, first=first, role=PlaceRole.AT)
    if place.role is PlaceRole.AT and view.norm(place.first - 1) == "to":
        return replace(place, role=PlaceRole.TO)  # "pulled up to within 50 km of X"
    return place


def _is_distance_word(view: Tagged, at: int) -> bool:
    tag = view.starting("qualifier", at)
    role = view.starting("role", at)
    words = {"distance", "расстоянии", "пределах", "відстані", "межах", "a", "of"}
    return tag is not None or role is not None or view.norm(at) in words


def with_role(place: Place, value: str) -> Place:
    """Give a place the role of its preposition.

    Parameters
    ----------
    place : Place
        The place.
    value : str
        What the table of prepositions says.

    Returns
    -------
    Place
        The place.
    """
    if value == "in":
        return replace(place, role=PlaceRole.AT, either=True)
    if value == "along":
        return replace(place, role=PlaceRole.VIA_PLACE)
    role = PlaceRole(value)
    return replace(place, role=role, either=role is PlaceRole.AT)
