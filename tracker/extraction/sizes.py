"""Sizes as claims state them: the measure, the base of a ratio, how much of an area it covers."""

from __future__ import annotations

import re

from tracker.claims.measure import Measure
from tracker.extraction.drafts import Draft
from tracker.extraction.force import Force, Sort
from tracker.extraction.force_nouns import FORMATIONS
from tracker.extraction.source import Source, words_of
from tracker.extraction.tagged import Tagged
from tracker.vocabulary import Change, ClaimKind, Extent, Qualifier, Scope, Status, Unit

_MOST_RELATIVE_WORDS = 10
_NEAR = 4
_SCOPE_REACH = 7
_SCOPES = {
    Scope.LAND_ONLY: re.compile(r"ground|land-based|сухопутн\w*|наземн\w*"),
    Scope.AIR: re.compile(r"air|airmen|aviation|авиац\w*|авіац\w*|воздушн\w*|повітрян\w*|ввс"),
    Scope.NAVAL: re.compile(r"naval|navy|sailors|морск\w*|морськ\w*|вмф|вмс|флот\w*"),
}
_NO = ("no", "none", "нет", "ни", "никак", "жодн", "ніяк", "немає", "нема")


def _relative_to(source: Source, view: Tagged, force: Force) -> str | None:
    # Read the words of the base behind a ratio.
    numeral = force.numeral
    if numeral is None or numeral.qualifier is not Qualifier.RATIO:
        return None
    first = last = numeral.last
    if view.norm(first) in {"of", "as"}:
        first = last = first + 1
    while last < len(view.tokens) and last - first < _MOST_RELATIVE_WORDS:
        token = view.tokens[last]
        joins = token.norm in {"and", "и", "і", "но", "but"}
        helper = view.starting("function", last)
        verb = helper is not None and helper.value == "aux" and not view.follows_relative(last)
        if token.sort == "mark" or (last > first and (joins or verb)):
            break
        last += 1
    return words_of(source, view, first, last) if last > first else None


def measure_of(source: Source, view: Tagged, force: Force) -> Measure | None:
    """Turn a force's numeral into a measure.

    Parameters
    ----------
    source : Source
        The report.
    view : Tagged
        The sentence.
    force : Force
        The force.

    Returns
    -------
    Measure or None
        None where it has no numeral.
    """
    numeral = force.numeral
    if numeral is None:
        return None
    return Measure(
        qualifier=numeral.qualifier,
        unit=force.unit,
        low=numeral.low,
        high=numeral.high,
        best=numeral.best,
        approx=numeral.approx,
        per=numeral.per,
        relative_to=_relative_to(source, view, force),
        change=numeral.change,
        text=words_of(source, view, force.first, force.last),
    )


def none_of(source: Source, view: Tagged, draft: Draft) -> Measure | None:
    """Read "no Russian troops", "жодного солдата": a denial that there are any.

    Parameters
    ----------
    source : Source
        The report.
    view : Tagged
        The sentence.
    draft : Draft
        A draft without a numeral.

    Returns
    -------
    Measure or None
        The size `none`; None where it is not denied, or nothing that can be counted is.
    """
    force = draft.force
    if draft.status is not Status.DENIED or force.numeral is not None or force.unit is None:
        return None
    near = range(max(0, force.first - _NEAR), force.first)
    word = next((at for at in near if view.norm(at).startswith(_NO)), None)
    if word is None:
        return None
    text = words_of(source, view, word, force.last)
    return Measure(qualifier=Qualifier.NONE, unit=force.unit, text=text)


def scope_of(view: Tagged, force: Force) -> Scope | None:
    """Read which services a number of people includes: "126,000 from the ground forces".

    Parameters
    ----------
    view : Tagged
        The sentence.
    force : Force
        The force.

    Returns
    -------
    Scope or None
        None where the words behind the number name no service.
    """
    if force.unit is not Unit.PERSONNEL or force.numeral is None:
        return None
    words: list[str] = []
    for at in range(force.numeral.last, min(len(view.tokens), force.last + _SCOPE_REACH)):
        token = view.tokens[at]
        if (token.sort == "mark" and token.text != "-") or token.sort == "number":
            break
        words.append(token.norm)
    said = {scope for scope, names in _SCOPES.items() if any(map(names.fullmatch, words))}
    if {Scope.AIR, Scope.NAVAL} <= said:
        return Scope.AIR_AND_NAVAL
    return next((scope for scope in _SCOPES if scope in said), None)


def extent_of(draft: Draft, kind: ClaimKind, measure: Measure | None) -> Extent | None:
    """Decide how much of an area's forces a size covers.

    Parameters
    ----------
    draft : Draft
        The draft.
    kind : ClaimKind
        What it asserts.
    measure : Measure or None
        Its size.

    Returns
    -------
    Extent or None
        One formation, a part, or the whole.
    """
    force = draft.force
    some = force.numeral is None and force.unit is not None
    if (force.formation is not None and not some) or (
        force.unit in FORMATIONS and force.sort is Sort.SINGLE
    ):
        return Extent.UNIT
    if kind is ClaimKind.MOVEMENT or draft.force.part:
        return Extent.PART
    if measure is None or measure.unit not in {Unit.PERSONNEL, Unit.BTG}:
        return Extent.PART
    return Extent.PART if measure.change is Change.INCREMENT else Extent.WHOLE
