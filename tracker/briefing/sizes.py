"""Sizes that people state, in the words of a briefing's language."""

from __future__ import annotations

from tracker.briefing.language import Language
from tracker.claims.measure import Measure
from tracker.claims.wording import measure_in_words
from tracker.vocabulary import Change, Qualifier, Unit

_MANY = 1_000


def size_in_words(measure: Measure, language: Language) -> str:
    """Say a size.

    Parameters
    ----------
    measure : Measure
        The size.
    language : Language
        In which language; what has no table of sizes is said in English.

    Returns
    -------
    str
        For example "more than 100,000 personnel".
    """
    if not language.has("size"):
        return measure_in_words(measure)
    words = _size(measure, language)
    if measure.approx and measure.qualifier is not Qualifier.ABOUT:
        words = language.say("size.hedged", size=words)
    if measure.per is not None:
        words = language.say("size.a_day", size=words)
    if measure.change is Change.INCREMENT:
        words = language.say("size.increment", size=words)
    return words


def _size(measure: Measure, language: Language) -> str:
    unit = measure.unit
    base = measure.relative_to or language.say("size.base")
    if measure.qualifier is Qualifier.RANGE:
        ends = f"{language.number(measure.low or 0)}–{language.number(measure.high or 0)}"
        size = f"{ends} {_noun(unit, measure.high or 0, language)}".strip()
    else:
        number = next((n for n in (measure.best, measure.low, measure.high) if n is not None), 0)
        size = f"{language.number(number)} {_noun(unit, number, language)}".strip()
    return language.say(
        f"size.{measure.qualifier}",
        size=size,
        noun=_noun(unit, _MANY, language),
        factor=f"{100 * (measure.best or 0):g} %",
        base=base,
    )


def _noun(unit: Unit | None, number: float, language: Language) -> str:
    return language.say(f"unit.{unit}", n=number) if unit is not None else ""
