"""Who or what is counted in a sentence: numerals with their nouns, single units, named ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tracker.extraction.force_nouns import (
    FORMATIONS,
    MOST_BETWEEN,
    ORDINAL,
    Noun,
    article_before,
    designation,
    is_singular,
    nouns,
)
from tracker.extraction.quantities import Numeral
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Change, Per, Qualifier, Unit

_OF = frozenset({"of"})

_THEM = frozenset(
    {"them", "which", "whom", "including", "них", "которых", "яких", "ним", "включая", "зокрема"}
)
"""Beside a number they make it a part of the one before."""

_POSSESSIVE = frozenset({"its", "their", "his", "her", "our", "the", "these", "those", "them"})

_QUOTES = frozenset("-“\"«»”'’")
_BLOCKING = frozenset({"sub", "rel", "pron", "aux", "prep", "and", "misc"})
_VAGUE_ALONE = frozenset(
    {Qualifier.TENS_OF_THOUSANDS, Qualifier.THOUSANDS, Qualifier.HUNDREDS, Qualifier.DOZENS}
)
_NO_SIZE_BEFORE = frozenset("$€£₽#№-–/+") | {"no", "aged", "age", "number", "п", "ст", "калибра"}
_NO_SIZE_BEHIND = frozenset("$€£₽°%:/-") | {"am", "pm", "year-old", "years"}
_FEWEST_PEOPLE_ALONE = 100
_SMALLEST_ALONE = 5
"""A number without a noun below this counts as a force only beside another of the same kind."""


class Sort(StrEnum):
    """How a force is named."""

    COUNTED = "counted"
    ELLIPTIC = "elliptic"
    SINGLE = "single"
    NAMED = "named"
    RATIO = "ratio"
    BARE = "bare"


@dataclass(frozen=True, kw_only=True, slots=True)
class Force:
    """Something a claim may be about.

    Parameters
    ----------
    first, last : int
        Tokens of numeral and noun, `last` exclusive.
    sort : Sort
        How it is named.
    unit : Unit or None
        What is counted.
    numeral : Numeral or None
        The number.
    noun : Noun or None
        The noun; None for an elliptic number.
    formation : tuple of int or None
        Tokens of a designation.
    classes : tuple of (Unit, int, int)
        Equipment named in it.
    part : bool
        Whether the words make it a part of another number.
    pronoun : bool
        Whether a pronoun stands for it.
    """

    first: int
    last: int
    sort: Sort
    unit: Unit | None = None
    numeral: Numeral | None = None
    noun: Noun | None = None
    formation: tuple[int, int] | None = None
    classes: tuple[tuple[Unit, int, int], ...] = ()
    part: bool = False
    pronoun: bool = False


def _blocks(view: Tagged, at: int) -> bool:
    # Whether a token cannot stand between a number and its noun.
    token = view.tokens[at]
    if token.sort == "mark":
        return token.text not in _QUOTES
    if token.sort == "number" or view.starting("number", at) is not None:
        return True
    verb = view.starting("predicate", at)
    tag = view.starting("function", at)
    if tag is not None and (verb is None or not token.norm.endswith(("ed", "ing"))):
        joins = tag.value == "and" and _joins_adjectives(view, at)
        return tag.value in _BLOCKING and not joins
    if verb is not None:
        participle = token.norm.endswith(("ed", "ing"))
        return not participle and view.starting("unit", at) is None
    return view.lang != "en" and view.starting("role", at) is not None


def _joins_adjectives(view: Tagged, at: int) -> bool:
    # Whether "and" stands in "Indian and Chinese soldiers", "военной и специальной техники".
    if not 0 < at < len(view.tokens) - 1:
        return False
    before, after = view.norm(at - 1), view.norm(at + 1)
    owners = [view.starting("actor", at - 1), view.starting("actor", at + 1)]
    if view.lang == "en":
        return all(owners)
    return before[-2:] == after[-2:] and before[-2:] in {"ой", "ых", "их", "ої", "ей"}


def _is_content(view: Tagged, at: int) -> bool:
    # Whether a token is a word that a number may count: no particle, no verb.
    token = view.tokens[at]
    if token.sort not in {"word", "mixed"}:
        return False
    quiet = ("function", "predicate", "status", "qualifier", "say", "role", "time")
    return all(view.starting(category, at) is None for category in quiet)


def _noun_after(view: Tagged, start: int, by_first: dict[int, Noun]) -> tuple[Noun | None, bool]:
    # Find the noun of a number; the flag says that something else is counted instead.
    at = start
    if view.norm(at) == "as" and view.norm(at + 1) in {"many", "much", "large", "big"}:
        at += 2
    counts_other = False
    if view.norm(at) in _OF or (view.norm(at) in {"из", "із", "з"} and at + 1 in by_first):
        at += 1
        while view.norm(at) in _POSSESSIVE:
            at += 1
    for here in range(at, min(len(view.tokens), at + MOST_BETWEEN)):
        exclusion = view.starting("exclusion", here)
        noun = by_first.get(here)
        longer = exclusion is not None and (noun is None or exclusion.last > noun.last)
        verb = view.starting("predicate", here)
        lost = verb is not None and verb.value == "exclusion" and noun is None
        if lost or (exclusion is not None and longer and exclusion.value == "noun"):
            return None, True
        if noun is not None:
            after = view.starting("exclusion", noun.last)
            lost = after is not None and after.value == "noun" and view.lang == "en"
            return (None, True) if lost else (noun, False)
        if _blocks(view, here):
            break
        counts_other = counts_other or _is_content(view, here)
    return None, counts_other


def _is_daily(view: Tagged) -> bool:
    # Whether "daily", "ежедневно" stands anywhere in the sentence.
    return any(
        tag.entry.get("side") == "rate" and tag.value == "day" and tag.last - tag.first == 1
        for tag in view.of("qualifier")
    )


def _counted(view: Tagged, numeral: Numeral, noun: Noun) -> Force:
    last = max(numeral.last, noun.last)
    rate = next(
        (
            tag
            for at in (last, last + 1)
            if (tag := view.starting("qualifier", at)) is not None
            and tag.entry.get("side") == "rate"
            and (at == last or tag.last - tag.first == 1)
        ),
        None,
    )
    if rate is None and _is_daily(view):
        numeral = replace(numeral, per=Per.DAY)
    if rate is not None and rate.entry.get("side") == "rate":
        per = Per.DAY if rate.value == "day" else None
        numeral = replace(numeral, per=per)
        last = max(last, rate.last) if rate.first == last else last
    between = range(numeral.last, noun.first)
    added = [view.starting("qualifier", at) for at in between]
    if any(tag is not None and tag.entry.get("side") == "change" for tag in added):
        numeral = replace(numeral, change=Change.INCREMENT)
    sort = Sort.RATIO if numeral.qualifier is Qualifier.RATIO else Sort.COUNTED
    part = view.norm(numeral.last + 1) in _THEM or view.norm(numeral.first - 1) in _THEM
    return Force(
        part=part,
        first=numeral.first,
        last=last,
        sort=sort,
        unit=noun.unit,
        numeral=numeral,
        noun=noun,
        classes=noun.classes,
    )


def _uncounted(view: Tagged, noun: Noun) -> Force:
    # Read a noun that no number counts.
    formation = designation(view, noun)
    one = Numeral(
        first=noun.first, last=noun.last, core=noun.first, qualifier=Qualifier.EXACT, best=1.0
    )
    if formation is not None and (noun.unit in FORMATIONS or noun.sort == "fleet"):
        numeral = replace(one, first=formation[0]) if noun.unit is not None else None
        return Force(
            first=formation[0],
            last=noun.last,
            sort=Sort.NAMED,
            unit=noun.unit,
            numeral=numeral,
            noun=noun,
            formation=formation,
            classes=noun.classes,
        )
    if noun.unit is not None and noun.sort not in {"weak", "skip", "echelon", "people"}:
        first = article_before(view, noun) if view.lang == "en" else noun.first
        if first is not None and is_singular(view, noun) and noun.unit is not Unit.PERSONNEL:
            return Force(
                first=first,
                last=noun.last,
                sort=Sort.SINGLE,
                unit=noun.unit,
                numeral=replace(one, first=first),
                noun=noun,
                classes=noun.classes,
            )
    return Force(
        first=noun.first,
        last=noun.last,
        sort=Sort.BARE,
        unit=noun.unit,
        noun=noun,
        classes=noun.classes,
    )


def _stands_alone(view: Tagged, numeral: Numeral) -> bool:
    # Whether a number without a noun can be a size: no price, age, time, temperature or telephone.
    value = numeral.headline
    first, last = numeral.first, numeral.last
    before, after = view.norm(first - 1), view.norm(last)
    if value is None:
        return numeral.qualifier in _VAGUE_ALONE
    token = view.tokens[numeral.core]
    if 1900 <= value <= 2100 and token.text.isdigit():
        return False
    named = (
        first > 0 and view.tokens[first - 1].is_name and view.starting("time", first - 1) is None
    )
    aged = before == "," and after == ","
    marked = before in _NO_SIZE_BEFORE or after in _NO_SIZE_BEHIND
    return value >= _SMALLEST_ALONE and value == int(value) and not (named or aged or marked)


def _elliptic(view: Tagged, numeral: Numeral, unit: Unit) -> Force | None:
    # Read a number whose noun was said before.
    first, last = numeral.first, numeral.last
    if numeral.qualifier is Qualifier.RATIO:
        closed = last >= len(view.tokens) or view.tokens[last].sort == "mark"
        part = Force(first=first, last=last, sort=Sort.RATIO, unit=unit, numeral=numeral)
        return part if closed and (numeral.headline or 1) < 1 else None
    few = numeral.headline is not None and numeral.headline < _FEWEST_PEOPLE_ALONE
    if not _stands_alone(view, numeral) or (unit is Unit.PERSONNEL and few):
        return None
    after = view.starting("qualifier", last)
    if after is not None and after.entry.get("side") == "change":
        numeral, last = replace(numeral, change=Change.INCREMENT), after.last
    part_of = view.norm(last + 1) in _THEM or view.norm(first - 1) in _THEM
    return Force(
        first=first, last=last, sort=Sort.ELLIPTIC, unit=unit, numeral=numeral, part=part_of
    )


def forces(
    view: Tagged, numbers: Sequence[Numeral], known: Unit | None
) -> tuple[list[Force], Unit | None]:
    """Pair numbers and nouns.

    Parameters
    ----------
    view : Tagged
        The sentence.
    numbers : sequence of Numeral
        Its numbers.
    known : Unit or None
        What the text counted last, for numbers without a noun.

    Returns
    -------
    (list of Force, Unit or None)
        Forces in order, and what was counted last.
    """
    found: list[Force] = []
    everything = nouns(view)
    all_nouns = [noun for noun in everything if noun.sort != "strength"]
    by_first = {noun.first: noun for noun in all_nouns}
    bases = {noun.first: noun for noun in everything}
    used: set[int] = set()
    pending: list[Numeral] = []
    for numeral in numbers:
        is_ratio = numeral.qualifier is Qualifier.RATIO
        noun, other = _noun_after(view, numeral.last, bases if is_ratio else by_first)
        designated = noun is not None and ORDINAL.fullmatch(view.norm(numeral.core))
        if noun is not None and not designated and noun.first not in used:
            if noun.unit is not None or is_ratio:
                found.append(_counted(view, numeral, noun))
                used.add(noun.first)
            elif noun.sort in {"generic", "cargo"}:
                pending.append(numeral)
        elif not other:
            pending.append(numeral)
    rest = [noun for noun in all_nouns if noun.first not in used]
    found.extend(_uncounted(view, noun) for noun in rest if noun.sort not in {"skip", "people"})
    found.sort(key=lambda force: force.first)
    counts_on = any(noun.sort == "strength" for noun in everything)
    carried = (known or Unit.PERSONNEL) if counts_on else None
    extra = _without_noun(view, found, pending, carried)
    counted = [f.unit for f in found if f.unit is not None and f.sort is not Sort.RATIO]
    every = sorted([*found, *extra], key=lambda force: force.first)
    return every, counted[-1] if counted else known


def _without_noun(
    view: Tagged, found: Sequence[Force], pending: Sequence[Numeral], carried: Unit | None
) -> list[Force]:
    # Read the numbers whose noun was said before, in the sentence or in the one before.
    spans = [(force.first, force.last) for force in found]
    extra = []
    for numeral in pending:
        if any(first <= numeral.core < last for first, last in spans):
            continue
        unit = _unit_before([force for force in found if force.first < numeral.first]) or carried
        force = _elliptic(view, numeral, unit) if unit is not None else None
        if force is not None:
            extra.append(force)
    return extra


def _unit_before(before: Sequence[Force]) -> Unit | None:
    for force in reversed(before):
        told = force.sort in {Sort.COUNTED, Sort.ELLIPTIC}
        if force.unit is not None and (told or _is_countable(force)):
            return force.unit
    return Unit.PERSONNEL if before else None


def _is_countable(force: Force) -> bool:
    return force.sort is Sort.BARE and force.unit not in FORMATIONS
