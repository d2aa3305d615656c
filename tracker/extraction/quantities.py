"""Numerals and what bounds them: "as many as 100,000", "от 8 до 15 тысяч", "кілька десятків"."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace

from tracker.claims.measure import MOST_OF_ANYTHING
from tracker.extraction.digits import digits
from tracker.extraction.numeral import Numeral
from tracker.extraction.special_numerals import sort_at, special_numeral
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Change, Qualifier

_DASHES = frozenset({"-", "–", "—", "‑", "−"})
_TO = frozenset({"to", "до"})
_BETWEEN = {"between": ("and",), "между": ("и",), "між": ("і", "та", "й")}
_FROM = frozenset({"from", "от", "від"})
_AND_OR = frozenset({"and", "or", "и", "или", "і", "й", "та", "або"})
_MORE = frozenset({"more", "более", "больше", "більше"})
_OR = frozenset({"or", "или", "або", "чи"})
_BY = frozenset({"by", "с", "со", "з", "із", "зі", "на"})
_CHANGES = (
    *("rais", "lower", "expand", "boost", "bolster", "doubl", "reinforc"),
    *("rose", "rise", "risen", "rising", "grow", "grew", "increas", "climb", "jump", "swell"),
    *("swollen", "fell", "fall", "drop", "shrank", "shrunk", "declin", "decreas", "reduc", "cut"),
    *("повыс", "нарасти", "наращ", "нарост", "поднял", "расшир", "усил", "рост"),
    *("підвищ", "підня", "розшир", "посил", "зріс"),
    *("вырос", "увелич", "возрос", "сократ", "сниз", "уменьш", "доведен", "довел"),
    *("зрос", "збільш", "виріс", "скорот", "зменш", "знизи", "довел", "доведен"),
)
"""Beginnings of the verbs between an old number and a new one."""
_CHANGE_REACH = 8
_SENSES = frozenset({"up", "down"})
"""Particles between an old number and a new one: "up from 60 to 83"."""
_OF = frozenset({"of", "из", "з", "із"})
_DETERMINERS = frozenset({"the", "its", "their", "those", "these", "his", "our", "этих", "цих"})
_PARTS = (
    *("some", "part", "most", "many", "portion", "majority", "bulk"),
    *("часть", "части", "большинств", "частин", "більшіст"),
)
"""Beginnings of the words that take an unknown part of the number after them."""
_NOT_ONE = frozenset({"ни", "ні", "not"})
_SINGLES = frozenset({"one", "single"})
_GROUPED = re.compile(r"(?P<head>\d{1,3})[,.\s]\d{3}")
_SCALED = frozenset({"scale", "percent", "times"})
_MISREAD_ZEROS = frozenset({"ooo", "ооо"})
"""What machines that read pictures make of "000"."""
_UNIT_NUMBER = re.compile(r"\d{5}")
_MILITARY_UNITS = frozenset(
    {"ч", "unit", "№"}
    | {"часть", "части", "частью", "частей", "частина", "частини", "частині", "частину"}
)
"""Words before the five digits by which Russia numbers its military units."""
_LOW = frozenset({Qualifier.MORE_THAN, Qualifier.WELL_OVER, Qualifier.AT_LEAST})
_HIGH = frozenset(
    {
        Qualifier.UP_TO,
        Qualifier.AS_MANY_AS,
        Qualifier.AT_MOST,
        Qualifier.FEWER_THAN,
        Qualifier.NEARLY,
    }
)


def _base(view: Tagged, at: int) -> tuple[float, int] | None:
    # Read what stands before "thousand": digits, number words, or nothing ("тысяча").
    tag = view.starting("number", at)
    if view.tokens[at].sort == "number":
        value = digits(view.tokens[at], scaled=sort_at(view, at + 1) in _SCALED)
        if value is not None and view.norm(at + 1) in _MISREAD_ZEROS and value < 1000:
            return value * 1000, at + 2
        return None if value is None else (value, at + 1)
    if tag is not None and tag.entry.get("sort") == "word":
        return _tail(view, float(tag.value), tag.last)
    alone = sort_at(view, at) == "scale" and (view.lang != "en" or view.norm(at) == "a")
    if tag is not None and alone:
        return float(tag.value), tag.last
    return None


def _one(view: Tagged, at: int) -> tuple[float, int, float] | None:
    # Read one number at a token: its value, the token behind it, and its scale.
    base = _base(view, at) if at < len(view.tokens) else None
    if base is None:
        return None
    value, after = base
    scale = 1.0
    while (tag := view.starting("number", after)) is not None and tag.entry.get("sort") == "scale":
        scale *= float(tag.value)
        after = tag.last
    if scale > 1 and view.tokens[at].sort != "number":
        total, after = _tail(view, value * scale, after)
        return total, after, scale
    return value * scale, after, scale


def _tail(view: Tagged, value: float, after: int) -> tuple[float, int]:
    # Add the smaller number words that follow: "двадцать пять", "two hundred and fifty".
    least = value
    while True:
        at = after + (view.norm(after) == "and" and value >= 100)
        tag = view.starting("number", at)
        if tag is None or tag.entry.get("sort") != "word":
            return value, after
        more = float(tag.value)
        if more >= least or least % 10 != 0 or (least < 100 and more > 9):
            return value, after
        value, least, after = value + more, more, tag.last


def _second(view: Tagged, at: int, opening: str) -> int | None:
    # Return the token where the second number of a range may start.
    mark = view.norm(at)
    if opening in _BETWEEN:
        return at + 1 if mark in _BETWEEN[opening] else None
    if mark in _DASHES or mark in _TO or (mark in _OR and opening != ""):
        return _behind_hedge(view, at + 1)
    return None


def _behind_hedge(view: Tagged, at: int) -> int:
    # Step over the hedge of a second number: "from about 5,000 to some 30,000".
    tag = view.starting("qualifier", at)
    return tag.last if tag is not None and tag.value == Qualifier.ABOUT else at


def _number_or_range(view: Tagged, at: int) -> Numeral | None:
    one = _one(view, at)
    if one is None:
        return None
    value, after, scale = one
    before = view.norm(at - 1)
    opening = before if before in _BETWEEN or before in _FROM else ""
    start = _second(view, after, opening)
    if start is None and view.norm(after) in _OR and value < 100:
        start = after + 1
    two = _one(view, start) if start is not None else None
    if two is not None and start is not None and _is_change(view, at, after):
        # "Rose from 5,000 to 30,000": what is there now is the second number.
        now, end, _ = two
        return Numeral(first=after, last=end, core=start, qualifier=Qualifier.EXACT, best=now)
    if two is not None:
        high, end, _ = two
        value *= _shared_scale(view, at, (value, scale), two, start)
        if value < high:
            first = at - 1 if opening else at
            return Numeral(
                first=first, last=end, core=at, qualifier=Qualifier.RANGE, low=value, high=high
            )
    return Numeral(first=at, last=after, core=at, qualifier=Qualifier.EXACT, best=value)


def _shared_scale(
    view: Tagged,
    at: int,
    one: tuple[float, float],
    two: tuple[float, int, float],
    start: int | None,
) -> float:
    # "8 to 15 thousand", "10-15,000": what follows the second number holds of the first too.
    (value, scale), (high, _, high_scale) = one, two
    if scale == 1 and high_scale > 1 and value < high / high_scale:
        return high_scale
    grouped = _GROUPED.fullmatch(view.tokens[start].text) if start is not None else None
    plain = view.tokens[at].text.isdigit() and view.norm(at + 1) in _DASHES
    if grouped is not None and plain and value < float(grouped["head"]):
        return high / float(grouped["head"])
    return 1.0


def _is_change(view: Tagged, at: int, after: int) -> bool:
    by_or_from = view.norm(at - 1) in _FROM or view.norm(at - 1) in _BY
    earlier = (view.norm(i) for i in range(max(at - 1 - _CHANGE_REACH, 0), at - 1))
    changes = any(word in _SENSES or word.startswith(stem) for word in earlier for stem in _CHANGES)
    return by_or_from and changes and view.norm(after) in _TO


def _is_part_or_none(view: Tagged, at: int) -> bool:
    # "Some of the 190,000" counts nobody knows how many, "ни одного" nobody at all.
    if view.norm(at - 1) in _NOT_ONE and (view.lang != "en" or view.norm(at) in _SINGLES):
        return True
    of = at - 2 if view.norm(at - 1) in _DETERMINERS else at - 1
    return view.norm(of) in _OF and view.norm(of - 1).startswith(_PARTS)


def _is_version(view: Tagged, at: int) -> bool:
    # Whether digits are a piece of something longer: "3.14.15", "10.0.0.1".
    tokens = view.tokens
    for mark, other in ((at - 1, at - 2), (at + 1, at + 2)):
        if min(mark, other) < 0 or max(mark, other) >= len(tokens):
            continue
        first, last = tokens[min(at, other)], tokens[max(at, other)]
        glued = last.start - first.end == 1 and tokens[mark].text == "."
        if glued and tokens[other].sort == "number":
            return True
    return False


def _as_ratio(view: Tagged, numeral: Numeral) -> Numeral:
    # Turn "70 %" and "four times" into a factor.
    tag = view.starting("number", numeral.last)
    value = numeral.headline
    if tag is None or value is None or tag.entry.get("sort") not in {"percent", "times"}:
        return numeral
    return Numeral(
        first=numeral.first,
        last=tag.last,
        core=numeral.core,
        qualifier=Qualifier.RATIO,
        best=round(value * float(tag.value), 6),
        approx=numeral.approx,
    )


def _bounded(numeral: Numeral, word: Qualifier) -> Numeral:
    # Put a qualifier on a number; beside another one it only hedges.
    if word is Qualifier.EXACT:
        return numeral
    value = numeral.best
    if value is None or numeral.qualifier is not Qualifier.EXACT:
        return replace(numeral, approx=True)
    if word in _LOW:
        return replace(numeral, qualifier=word, low=value, best=None)
    if word in _HIGH:
        return replace(numeral, qualifier=word, high=value, best=None)
    return replace(numeral, qualifier=word, approx=True)


def _qualified(view: Tagged, numeral: Numeral) -> Numeral:
    numeral = _as_ratio(view, numeral)
    for _ in range(3):
        tag = view.ending("qualifier", numeral.first)
        if tag is None or tag.entry.get("side") not in {"before", "change"}:
            break
        if tag.entry.get("side") == "change":
            if numeral.qualifier is Qualifier.RATIO:
                break
            numeral = replace(numeral, first=tag.first, change=Change.INCREMENT)
            continue
        word = Qualifier(tag.value)
        if word is Qualifier.EXACT:
            break
        if numeral.qualifier is Qualifier.ABOUT:
            numeral = replace(numeral, qualifier=Qualifier.EXACT)
        numeral = replace(_bounded(numeral, word), first=tag.first)
    tag = view.starting("qualifier", numeral.last)
    if tag is not None and tag.entry.get("side") == "after":
        numeral = replace(_bounded(numeral, Qualifier(tag.value)), last=tag.last)
    more = view.norm(numeral.last + 1) in _MORE and view.norm(numeral.last) in _AND_OR
    if more and not _goes_on(view, numeral.last + 2):
        numeral = replace(_bounded(numeral, Qualifier.AT_LEAST), last=numeral.last + 2)
    if view.norm(numeral.last) == "+" and numeral.best is not None:
        numeral = replace(_bounded(numeral, Qualifier.AT_LEAST), last=numeral.last + 1)
    return numeral


def _goes_on(view: Tagged, at: int) -> bool:
    # Whether "and more" opens another number: "two ships and more than 100 aircraft".
    counts = at < len(view.tokens) and _may_count(view, at)
    return counts or view.norm(at) in {"than", "чем", "ніж", "як"}


def _may_count(view: Tagged, at: int) -> bool:
    token = view.tokens[at]
    if token.sort == "number":
        numbered = _UNIT_NUMBER.fullmatch(token.text) and view.norm(at - 1) in _MILITARY_UNITS
        return not (numbered or _is_version(view, at))
    joined = token.sort == "word" and "-" in token.norm
    return token.sort == "mixed" or joined or view.starting("number", at) is not None


def numerals(view: Tagged, busy: AbstractSet[int]) -> list[Numeral]:
    """Find the numbers of a sentence.

    Parameters
    ----------
    view : Tagged
        The sentence.
    busy : set of int
        Tokens that belong to something else: dates, names of types.

    Returns
    -------
    list of Numeral
        In order; numbers beyond any force are left out.
    """
    found: list[Numeral] = []
    at = 0
    while at < len(view.tokens):
        numeral = None
        if at not in busy and _may_count(view, at):
            numeral = special_numeral(view, at) or _number_or_range(view, at)
        if numeral is None:
            at += 1
            continue
        if _is_part_or_none(view, at):
            at = max(at + 1, numeral.last)
            continue
        numeral = _qualified(view, numeral)
        if (numeral.headline or 0) <= MOST_OF_ANYTHING:
            found.append(numeral)
        at = max(at + 1, numeral.last)
    return found
