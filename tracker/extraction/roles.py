"""The role of a place once it is known what is asserted: "in" may be where or where to."""

from __future__ import annotations

from geo.geocoding.mention import Mention
from tracker.claims.claim import PlaceMention
from tracker.extraction.drafts import Draft
from tracker.extraction.place_spans import Place
from tracker.extraction.source import Source
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import ClaimKind, PlaceRole

_LOCATIVE = ("е", "и", "ах", "ях", "і", "ї", "ому", "ій")

_PLURAL = ("ищи", "ки", "ичи", "ичі", "ищі")
"""Endings of plural names, whose locative has another one: "Барановичи", "в Барановичах"."""
_SHORT = 5
"""Letters of a name such as "Гома", whose accusative looks like an adjective's locative."""
_ACCUSATIVE = ("ый", "ий", "ую", "юю", "ое", "ее", "ые", "у")


def _is_accusative(view: Tagged, place: Place) -> bool:
    # Whether "в", "на", "у" says where to: "в Россию", not "в России".
    if view.lang == "en" or view.norm(place.first - 1) not in {"в", "во", "на", "у"}:
        return False
    if view.norm(place.first).endswith(_ACCUSATIVE) and place.last - place.first > 1:
        return True
    nouns = [at for at in range(place.first, place.last) if view.starting("place", at)]
    word = view.norm(nouns[0] if nouns else place.last - 1)
    accusative = word.endswith(_PLURAL) or (len(word) <= _SHORT and word.endswith("ому"))
    return accusative or not word.endswith(_LOCATIVE)


def _role(view: Tagged, place: Place, draft: Draft, kind: ClaimKind) -> PlaceRole:
    # Decide whether "at" is a goal: "arrived in", "в Белгород".
    assert place.role is not None
    if kind is not ClaimKind.MOVEMENT and place.role is PlaceRole.TO:
        return PlaceRole.AT
    act = draft.act
    outward = act is not None and act.flow == "out" and draft.borrowed
    if kind is ClaimKind.MOVEMENT and outward and place.role is PlaceRole.TO:
        return PlaceRole.FROM
    if kind is not ClaimKind.MOVEMENT or place.role is not PlaceRole.AT or not place.either:
        return place.role
    goes = {other.role for other in draft.places}
    left = view.lang == "en" and PlaceRole.TO in goes and PlaceRole.FROM not in goes
    if place.home or outward or left:
        return PlaceRole.FROM
    inward = act is None or act.flow == "in" or act.sort == "deploy"
    if draft.borrowed or inward or _is_accusative(view, place):
        return PlaceRole.TO
    return place.role


def places_by_role(
    source: Source, view: Tagged, draft: Draft, kind: ClaimKind
) -> list[tuple[PlaceMention, Mention | None]]:
    """List a draft's places.

    Parameters
    ----------
    source : Source
        The report.
    view : Tagged
        The sentence.
    draft : Draft
        The draft.
    kind : ClaimKind
        What it asserts.

    Returns
    -------
    list of (PlaceMention, Mention or None)
        Each role and text once, with what the gazetteer found.
    """
    found: dict[tuple[PlaceRole, str], tuple[PlaceMention, Mention | None]] = {}
    for place in draft.places:
        start, end = view.span(place.first, place.last)
        words = source.text[start:end]
        role = _role(view, place, draft, kind)
        mention = PlaceMention(role=role, text=words, start=start)
        found.setdefault((role, words), (mention, place.mention))
    return sorted(found.values(), key=lambda pair: pair[0].start or 0)
