"""Names that the gazetteer does not know: behind a preposition or a verb of place, or in a list."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from tracker.extraction.place_spans import Place
from tracker.extraction.tagged import Tagged

_LISTING = frozenset({",", "and", "or", "и", "или", "і", "та", "й", "або"})
_COMPASS = (
    *("eastern", "western", "northern", "southern", "central", "northeastern", "northwestern"),
    *("southeastern", "southwestern", "upper", "lower", "восточн", "западн", "северн", "южн"),
    *("центральн", "східн", "західн", "північн", "південн"),
)
_NEVER_ALONE = frozenset({"on", "by", "for", "at"})
"""Prepositions that too often stand before a name that is no place."""


def unknown_names(view: Tagged, taken: AbstractSet[int], objects: AbstractSet[int]) -> list[Place]:
    """Find names behind a preposition or verb of place that the gazetteer does not know.

    Parameters
    ----------
    view : Tagged
        The sentence.
    taken : set of int
        Tokens of places found already.
    objects : set of int
        Tokens behind verbs whose object is a place: "left", "entered".

    Returns
    -------
    list of Place
        Places.
    """
    found = []
    behind = [tag.last for tag in view.of("role") if view.norm(tag.first) not in _NEVER_ALONE]
    for start in sorted({*behind, *objects}):
        at = start
        while at < len(view.tokens) and at - start < 3 and _introduces(view, at):
            at += 1
        last = at
        while last < len(view.tokens) and view.tokens[last].is_name and last not in taken:
            last += 1
        is_unit = any(view.starting("unit", here) is not None for here in range(at, last))
        owner = view.starting("actor", at)
        is_owner = owner is not None and last - at == 1
        is_time = any(view.starting("time", here) is not None for here in range(at, last))
        mixed = at < len(view.tokens) and view.tokens[at].sort == "word"
        describes = last > at and (_describes(view, last) or _is_medium(view, at))
        if last > at and mixed and not (is_unit or is_time or is_owner or describes):
            found.append(Place(first=at, last=last))
    return found


def _is_medium(view: Tagged, at: int) -> bool:
    # Whether a name is where something was published: "posted to TikTok".
    tag = view.starting("speaker", at)
    return tag is not None and tag.value == "medium"


def _describes(view: Tagged, at: int) -> bool:
    # Whether a plain noun follows an English name: "the SADC mission" is no place.
    if view.lang != "en" or at >= len(view.tokens) or view.tokens[at].sort != "word":
        return False
    tagged = ("function", "role", "predicate", "say", "status", "time", "place", "mode", "number")
    plain = all(view.starting(category, at) is None for category in tagged)
    return plain and view.starting("speaker", at) is not None


def listed_names(view: Tagged, places: list[Place], taken: AbstractSet[int]) -> list[Place]:
    """Find the further names of a list: "out of Shire, Axum and Adwa".

    Parameters
    ----------
    view : Tagged
        The sentence.
    places : list of Place
        Places found so far.
    taken : set of int
        Tokens of places and speakers.

    Returns
    -------
    list of Place
        Places that the gazetteer does not know.
    """
    found: list[Place] = []
    known = {place.first for place in places}
    for place in places:
        at, joined, fresh = place.last, False, []
        while view.norm(at) in _LISTING:
            joined = joined or view.norm(at) != ","
            first = at = at + 1
            while at < len(view.tokens) and view.tokens[at].is_name and at not in taken:
                at += 1
            if at == first and first not in known:
                break
            at = max(at, next((p.last for p in places if p.first == first), at))
            if first not in known:
                fresh.append(Place(first=first, last=at))
        if joined and not (fresh and _speaks_or_acts(view, fresh[-1].last)):
            found.extend(fresh)
    return found


def _speaks_or_acts(view: Tagged, at: int) -> bool:
    # Whether a name is the subject of what follows: "in Kursk, and Lavrov said".
    verbs = ("say", "predicate", "status")
    tag = view.starting("function", at)
    helps = tag is not None and tag.value in {"aux", "rel"}
    return helps or any(view.starting(category, at) is not None for category in verbs)


def _introduces(view: Tagged, at: int) -> bool:
    token = view.tokens[at]
    if token.norm.startswith(_COMPASS) and not token.is_name:
        return True
    if token.norm in {"the", "станции", "станцию", "станції", "станцію", "city", "town", "village",
                      "of", "город", "селе", "село", "місто", "місті", "аэродром",
                      "аэродроме", "аеродром", "аеродромі", "поселок", "поселке"}:  # fmt: skip
        return True
    return token.text in {"«", "“", '"'}
