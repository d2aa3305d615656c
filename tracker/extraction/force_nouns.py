"""Nouns that name forces: units, equipment, formations with their designations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tracker.extraction.equipment import CLASSES, class_of_type
from tracker.extraction.lexicon import Tag
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Unit

FORMATIONS = frozenset(
    {
        Unit.BTG,
        Unit.COMPANY,
        Unit.BATTALION,
        Unit.BRIGADE,
        Unit.REGIMENT,
        Unit.DIVISION,
        Unit.CORPS,
        Unit.ARMY,
    }
)

ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th|-?[а-яіїє]{1,3})")
_GUARDS = frozenset({"гв"})
"""Short for "guards", with a full stop that ends nothing."""
MOST_BETWEEN = 6

_ARTICLES = frozenset({"a", "an", "one", "another"})

_PLURAL = ("ов", "ев", "ів", "їв", "ей", "ам", "ям", "ах", "ях")
_ADJECTIVES_TOO = frozenset(
    {"военных", "военные", "военным", "военными", "військових", "військові", "військовим"}
)
_ADJECTIVAL = (
    *("ые", "ых", "ый", "ая", "ой", "ую", "ыми", "ым", "ий", "ие"),
    *("их", "ими", "ні", "ної", "ній", "ну", "ською", "ські"),
)
_VOWELS = frozenset("аеєиіїоуыэюяй")
_NO_KIND = frozenset({None, Unit.PERSONNEL, Unit.VEHICLE, Unit.LAUNCHER})
"""What is counted behind a type without telling its kind: "BM-21 launchers", "T-72 vehicles"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Noun:
    """A noun that names forces.

    Parameters
    ----------
    first, last : int
        Tokens, `last` exclusive.
    unit : Unit or None
        What it counts; None for a general word ("forces").
    sort : str
        Column `sort` of the table.
    classes : tuple of (Unit, int, int)
        Classes of equipment named in it, with their tokens.
    ending : str
        Ending of its head.
    gender : str
        For languages in which a bare singular counts as one.
    head : int
        Token whose form tells its number.
    """

    first: int
    last: int
    unit: Unit | None
    sort: str = ""
    classes: tuple[tuple[Unit, int, int], ...] = ()
    ending: str = ""
    gender: str = ""
    head: int = 0


def _noun(tag: Tag) -> Noun:
    unit = Unit(tag.value) if tag.value else None
    classes = ((unit, tag.first, tag.last),) if unit in CLASSES and unit is not None else ()
    return Noun(
        first=tag.first,
        last=tag.last,
        unit=unit,
        sort=tag.entry.get("sort"),
        classes=classes,
        ending=tag.ending,
        gender=tag.entry.get("gender"),
        head=tag.head,
    )


def _join(left: Noun, right: Noun, lang: str) -> Noun:
    # Make one noun of two that stand together: "tank" + "battalions", "дивизион" + "С-400".
    head = right if lang == "en" else left
    if right.sort == "model":
        head = left
    if left.sort == "model":
        vague = right.sort in {"weak", "generic"} or right.unit in {*_NO_KIND, left.unit}
        head = replace(left, sort="", ending=right.ending) if vague else right
    sized = left.unit in FORMATIONS and right.unit is None and right.sort == "generic"
    if sized and lang == "en":  # "a battalion-sized force"
        head = left
    if head.unit is None and head.sort == "generic" and lang != "en":
        head = right if right.unit is not None else head
    return replace(head, first=left.first, last=right.last, classes=(*left.classes, *right.classes))


def _only_describes(view: Tagged, tag: Tag) -> bool:
    # Whether "военных" is an adjective, as in "двух военных аэродромов", and no people.
    if view.norm(tag.first) not in _ADJECTIVES_TOO or tag.last >= len(view.tokens):
        return False
    branch = view.starting("unit", tag.last + 1)
    if branch is not None and branch.entry.get("sort") == "generic":
        return False  # "военных сухопутных войск"
    quiet = ("function", "predicate", "status", "role", "say", "time", "qualifier", "number")
    following = view.tokens[tag.last]
    if following.text.isupper():
        return False  # "военных ОГРВ"
    return following.sort == "word" and all(view.starting(c, tag.last) is None for c in quiet)


def _is_adjective(view: Tagged, tag: Tag) -> bool:
    # Whether a general word describes the unit behind it: "пехотные дивизии".
    if view.lang == "en" or tag.value or view.starting("unit", tag.last) is None:
        return False
    return view.norm(tag.last - 1).endswith(_ADJECTIVAL)


def nouns(view: Tagged) -> list[Noun]:
    """Find the nouns that name forces.

    Parameters
    ----------
    view : Tagged
        The sentence.

    Returns
    -------
    list of Noun
        In order; compounds are one.
    """
    single = [
        _noun(tag)
        for tag in view.of("unit")
        if not (_only_describes(view, tag) or _is_adjective(view, tag))
    ]
    single.extend(
        Noun(first=tag.first, last=tag.last, unit=Unit.PERSONNEL, sort="people")
        for tag in view.of("actor")
        if tag.entry.get("sort") == "people"
    )
    taken = {at for noun in single for at in range(noun.first, noun.last)}
    for at, token in enumerate(view.tokens):
        if at not in taken and token.sort != "mark":
            unit = class_of_type(token.norm)
            if unit is not None:
                single.append(
                    Noun(
                        first=at,
                        last=at + 1,
                        unit=unit,
                        head=at,
                        sort="model",
                        classes=((unit, at, at + 1),),
                    )
                )
    single.sort(key=lambda noun: noun.first)
    joined: list[Noun] = []
    for noun in single:
        adjacent = joined and joined[-1].last == noun.first
        if adjacent and (view.lang == "en" or "model" in {noun.sort, joined[-1].sort}):
            joined[-1] = _join(joined[-1], noun, view.lang)
        else:
            joined.append(noun)
    return joined


def is_singular(view: Tagged, noun: Noun) -> bool:
    """Tell whether a noun stands for one thing.

    Parameters
    ----------
    view : Tagged
        The sentence.
    noun : Noun
        The noun.

    Returns
    -------
    bool
        Whether its form is a singular one.
    """
    token = view.tokens[noun.last - 1 if view.lang == "en" else noun.head]
    head = token.norm
    if view.lang == "en":
        return not head.endswith("s") or head.endswith(("ss", "us", "corps"))
    if not noun.gender or (token.text.isupper() and len(head) < 6):
        return False
    if noun.gender == "m":
        plural = head[-1] in _VOWELS or head.endswith(_PLURAL)
        return not plural or head.endswith(("ом", "ем", "у", "ю"))
    if head.endswith("ці") and not any(
        view.starting("role", at) is not None for at in range(noun.head - 2, noun.head)
    ):
        return False
    return noun.gender == "f" and head.endswith(
        ("а", "я", "у", "ю", "ой", "ей", "ою", "ею", "е", "і")
    )


def designation(view: Tagged, noun: Noun) -> tuple[int, int] | None:
    """Find the ordinal or the capitalised words that make a noun the name of one formation.

    Parameters
    ----------
    view : Tagged
        The sentence.
    noun : Noun
        The noun.

    Returns
    -------
    (int, int) or None
        Tokens of the name; None where there is none.
    """
    at = noun.first - 1
    for here in range(at, max(-1, at - MOST_BETWEEN), -1):
        token = view.tokens[here]
        if ORDINAL.fullmatch(token.norm):
            return here, noun.last
        if token.text == "." and view.norm(here - 1) in _GUARDS:
            continue
        if token.sort == "mark" or view.starting("function", here) is not None:
            break
    if noun.sort == "fleet":
        first = noun.first
        while first > 0 and view.tokens[first - 1].is_name:
            first -= 1
        return (first, noun.last) if first < noun.first else None
    return None


def article_before(view: Tagged, noun: Noun) -> int | None:
    """Find the article that makes an English noun one of its kind.

    Parameters
    ----------
    view : Tagged
        The sentence.
    noun : Noun
        The noun.

    Returns
    -------
    int or None
        Its token; None where a mark or a particle comes first.
    """
    for here in range(noun.first - 1, max(-1, noun.first - MOST_BETWEEN), -1):
        norm = view.norm(here)
        if norm in _ARTICLES:
            return None if view.norm(here - 1) == "not" else here
        if "strong" in {norm, view.norm(here + 1)} or view.norm(here + 2) == "strong":
            continue
        if view.tokens[here].sort == "mark" or view.starting("function", here) is not None:
            return None
    return None
