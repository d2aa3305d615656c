"""Who or what is counted in a sentence: numerals with their nouns, single units, named ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tracker.extraction.ellipsis import THEM, without_noun
from tracker.extraction.force import Force, Sort
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
from tracker.extraction.numeral import Numeral
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Change, Per, Qualifier, Unit

_OF = frozenset({"of"})
_FROM = frozenset({"of", "из", "от", "з", "із", "від"})


_POSSESSIVE = frozenset({"its", "their", "his", "her", "our", "the", "these", "those", "them"})

_SOME_OF = {
    "en": (
        "element",
        "part",
        "some",
        "unit",
        "subunit",
        "component",
        "portion",
        "remnant",
        "sold",
        "headquarter",
        "command",
        "staff",
    ),
    "ru": (
        "подразделени",
        "част",
        "сил",
        "военнослужащ",
        "боец",
        "бойц",
        "солдат",
        "штаб",
        "командовани",
    ),
    "uk": (
        "підрозділ",
        "частин",
        "сил",
        "військовослужбовц",
        "боєц",
        "бійц",
        "солдат",
        "штаб",
        "командуванн",
    ),
}
"""Beginnings of the words for what belongs to a formation and is not all of it."""
_THEIR = frozenset({"его", "ее", "их", "його", "її", "їх", "їхніх"} | {"наших", "своих", "своїх"})
"""Possessives that stand before a noun: "трьох тисяч його військових"."""
_MANPOWER = frozenset(
    {"forces", "infantry", "spetsnaz", "proxies", "reinforcements"}
    | {"войск", "сил", "спецназа", "десанта", "пехоты"}
    | {"військ", "спецназу", "десанту", "піхоти"}
)
"""General words that, behind a large number, count people."""
_FEWEST_MANPOWER = 50
_QUOTES = frozenset("-“\"«»”'’")
_BLOCKING = frozenset({"sub", "rel", "pron", "aux", "prep", "and", "misc"})


def _blocks(view: Tagged, at: int) -> bool:
    # Whether a token cannot stand between a number and its noun.
    token = view.tokens[at]
    if token.sort == "mark":
        return token.text not in _QUOTES
    if token.sort == "number" or view.starting("number", at) is not None:
        return True
    verb = view.starting("predicate", at)
    tag = view.starting("function", at)
    if view.norm(at) in _THEIR:
        return False
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
            return (None, True) if lost or _possesses(view, noun) else (noun, False)
        if _blocks(view, here) or here in view.dated:
            break
        counts_other = counts_other or _is_content(view, here)
    return None, counts_other


def _possesses(view: Tagged, noun: Noun) -> bool:
    # Whether something of theirs is counted: "1,200 soldiers' homes".
    at = noun.last + 1
    marked = view.lang == "en" and view.norm(noun.last) in {"'", "’"}
    joined = marked and view.tokens[noun.last].start == view.tokens[noun.last - 1].end
    return joined and at < len(view.tokens) and _is_content(view, at)


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
    part = view.norm(numeral.last + 1) in THEM or view.norm(numeral.first - 1) in THEM
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


def _is_christened(view: Tagged, noun: Noun) -> bool:
    # Whether a ship is called by its name: "the carrier Shandong".
    at = noun.last + (view.norm(noun.last) in _QUOTES)
    return at < len(view.tokens) and view.tokens[at].is_name


def _uncounted(view: Tagged, noun: Noun) -> Force:
    # Read a noun that no number counts.
    formation = designation(view, noun)
    one = Numeral(
        first=noun.first, last=noun.last, core=noun.first, qualifier=Qualifier.EXACT, best=1.0
    )
    if formation is not None and (noun.unit in FORMATIONS or noun.sort == "fleet"):
        whole = noun.unit is not None and not _is_part_of(view, formation[0])
        numeral = replace(one, first=formation[0]) if whole else None
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
        if noun.unit is Unit.SHIP and _is_christened(view, noun):
            first = noun.first
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


def _is_part_of(view: Tagged, first: int) -> bool:
    # Whether only some of a formation is meant: "elements of the 41st Army".
    at = first - 1
    if view.lang == "en":
        at -= view.norm(at) in _POSSESSIVE
        if view.norm(at) not in _OF:
            return False
        at -= 1
    return at >= 0 and view.norm(at).startswith(_SOME_OF[view.lang])


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
    shares = _shares(view, numbers)
    for numeral in numbers:
        is_ratio = numeral.qualifier is Qualifier.RATIO
        share = shares.get(numeral.first)
        if numeral.strong or _is_strength(view, numeral):
            found.append(_people(numeral))
            used.update(at for at in (numeral.last, numeral.last + 1) if view.norm(at) == "strong")
            continue
        if any(numeral is other for other in shares.values()):
            continue
        noun, other = _noun_after(view, numeral.last, bases if is_ratio else by_first)
        designated = noun is not None and ORDINAL.fullmatch(view.norm(numeral.core))
        if noun is not None and not designated and noun.first not in used:
            if noun.unit is not None or is_ratio:
                found.extend(_with_share(_counted(view, numeral, noun), share))
                used.add(noun.first)
            elif _is_manpower(view, noun, numeral):
                found.append(_counted(view, numeral, replace(noun, unit=Unit.PERSONNEL)))
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
    extra = without_noun(view, found, pending, carried)
    counted = [f.unit for f in found if f.unit is not None and f.sort is not Sort.RATIO]
    every = sorted([*found, *extra], key=lambda force: force.first)
    return every, counted[-1] if counted else known


def _is_manpower(view: Tagged, noun: Noun, numeral: Numeral) -> bool:
    # Whether a general word counts people: "1,500 special forces", "20 тысяч войск".
    many = numeral.headline is None or numeral.headline >= _FEWEST_MANPOWER
    return noun.sort == "generic" and many and view.norm(noun.last - 1) in _MANPOWER


def _is_strength(view: Tagged, numeral: Numeral) -> bool:
    # Whether a number counts the people of what follows: "a 1,000-strong regiment".
    at = numeral.last + (view.norm(numeral.last) in _QUOTES)
    return view.norm(at) == "strong" and numeral.qualifier is not Qualifier.RATIO


def _people(numeral: Numeral) -> Force:
    # Read "20-тысячная группировка": people, whatever the noun.
    return Force(
        first=numeral.first,
        last=numeral.last,
        sort=Sort.COUNTED,
        unit=Unit.PERSONNEL,
        numeral=numeral,
    )


def _shares(view: Tagged, numbers: Sequence[Numeral]) -> dict[int, Numeral]:
    # Find "70 percent of the 150,000": the share by the first token of the whole.
    found = {}
    for share, whole in pairwise(numbers):
        owners = {tag.first for tag in view.of("actor")}
        between = [view.norm(at) for at in range(share.last, whole.first) if at not in owners]
        joined = (view.norm(share.last - 1) in _OF) or any(word in _FROM for word in between)
        linked = all(word in _OF | _FROM | _POSSESSIVE for word in between)
        part = share.qualifier is Qualifier.RATIO and (share.best or 1) < 1
        if part and joined and linked and whole.qualifier is not Qualifier.RATIO:
            found[whole.first] = share
    return found


def _with_share(whole: Force, share: Numeral | None) -> list[Force]:
    # Keep a share and what it is taken of as two forces.
    if share is None:
        return [whole]
    part = Force(
        first=share.first,
        last=share.last,
        sort=Sort.RATIO,
        unit=whole.unit,
        numeral=share,
        noun=whole.noun,
        classes=whole.classes,
    )
    return [part, replace(whole, base=True)]
