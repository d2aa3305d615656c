"""Numbers written in a way of their own: "20-тысячная", "eight-ten", "20-odd", vague words."""

from __future__ import annotations

import re

from tracker.extraction.numeral import Numeral
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Qualifier

_A_HUNDRED = frozenset({"сотни", "сотні"})
"""Behind a bound they are one: "около сотни"."""
_STRENGTH = re.compile(r"(?P<number>\d{1,3})-?(?:тысячн|тисячн)\w{1,4}")
"""An adjective that counts people: "20-тысячная группировка"."""
_ODD = frozenset({"odd", "some", "something"})
"""What hyphens add to a number that is not quite it: "20-odd", "forty-some"."""


def sort_at(view: Tagged, at: int) -> str:
    """Tell what sort of number word stands at a token.

    Parameters
    ----------
    view : Tagged
        The sentence.
    at : int
        Index of the token.

    Returns
    -------
    str
        Column `sort` of the table `number`, empty where there is none.
    """
    tag = view.starting("number", at)
    return tag.entry.get("sort") if tag is not None else ""


def _strength(view: Tagged, at: int) -> Numeral | None:
    # Read "20-тысячная", "десятитысячное": a force by its people.
    match = _STRENGTH.fullmatch(view.norm(at))
    tag = view.starting("number", at)
    if match is not None:
        value = 1000 * float(match["number"])
    elif tag is not None and tag.entry.get("sort") == "strength":
        value = float(tag.value)
    else:
        return None
    return Numeral(
        first=at, last=at + 1, core=at, qualifier=Qualifier.EXACT, best=value, strong=True
    )


def _hyphened(view: Tagged, at: int) -> Numeral | None:
    # Read two numbers that a hyphen makes a range, "восемь-десять тысяч", and "20-odd".
    token = view.tokens[at]
    head, mark, tail = token.norm.partition("-")
    if not mark or view.starting("number", at) is not None:
        return None
    low = float(head) if head.isascii() and head.isdigit() else view.words.number(head)
    if low is not None and tail in _ODD:
        return Numeral(
            first=at, last=at + 1, core=at, qualifier=Qualifier.ABOUT, best=low, approx=True
        )
    high = view.words.number(tail)
    if token.sort != "word" or low is None or high is None or low >= high:
        return None
    scale, after = 1.0, at + 1
    while (tag := view.starting("number", after)) is not None and sort_at(view, after) == "scale":
        scale *= float(tag.value)
        after += 1
    return Numeral(
        first=at, last=after, core=at, qualifier=Qualifier.RANGE, low=low * scale, high=high * scale
    )


def _special(view: Tagged, at: int) -> Numeral | None:
    # Read a vague number, a fraction or a multiple.
    tag = view.starting("number", at)
    if tag is None:
        return None
    sort = tag.entry.get("sort")
    if view.norm(at) in _A_HUNDRED and view.ending("qualifier", at) is not None:
        return Numeral(first=at, last=tag.last, core=at, qualifier=Qualifier.EXACT, best=100.0)
    if sort == "vague" and view.norm(at - 1) != "as":
        return Numeral(first=at, last=tag.last, core=at, qualifier=Qualifier(tag.value))
    if sort in {"fraction", "multiple"}:
        return Numeral(
            first=at, last=tag.last, core=at, qualifier=Qualifier.RATIO, best=float(tag.value)
        )
    return None


def special_numeral(view: Tagged, at: int) -> Numeral | None:
    """Read a number that is neither plain digits nor plain number words.

    Parameters
    ----------
    view : Tagged
        The sentence.
    at : int
        Index of its first token.

    Returns
    -------
    Numeral or None
        A strength, a hyphened range, a vague number, a fraction or a multiple; None where it is
        none of these.
    """
    return _strength(view, at) or _hyphened(view, at) or _special(view, at)
