"""Say a measure, a time and a grade in the words an analyst would use."""

from __future__ import annotations

from tracker.claims.claim import Claim
from tracker.claims.measure import Measure
from tracker.timespan import Timespan
from tracker.vocabulary import Change, Precision, Qualifier, Unit

_PREFIX = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "about ",
    Qualifier.MORE_THAN: "more than ",
    Qualifier.WELL_OVER: "well over ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.UP_TO: "up to ",
    Qualifier.AS_MANY_AS: "as many as ",
    Qualifier.AT_MOST: "at most ",
    Qualifier.FEWER_THAN: "fewer than ",
    Qualifier.NEARLY: "nearly ",
}
_VAGUE = {
    Qualifier.TENS_OF_THOUSANDS: "tens of thousands of",
    Qualifier.THOUSANDS: "thousands of",
    Qualifier.HUNDREDS: "hundreds of",
    Qualifier.DOZENS: "dozens of",
    Qualifier.SEVERAL: "several",
    Qualifier.A_FEW: "a few",
    Qualifier.A_COUPLE: "a couple of",
    Qualifier.NONE: "no",
}
_PLURALS = {
    Unit.PERSONNEL: "personnel",
    Unit.COMPANY: "companies",
    Unit.ARMY: "armies",
    Unit.CORPS: "corps",
    Unit.ARTILLERY: "artillery pieces",
    Unit.AIR_DEFENCE: "air defence systems",
    Unit.AIRCRAFT: "aircraft",
}
_SINGULARS = {Unit.ARTILLERY: "artillery piece", Unit.AIR_DEFENCE: "air defence system"}


def measure_in_words(measure: Measure | None) -> str:
    """Say a measure.

    Parameters
    ----------
    measure : Measure or None
        The size; None where none was stated.

    Returns
    -------
    str
        For example "more than 100,000 personnel", "130,000 to 170,000 personnel",
        "several trains a day", "no number stated".
    """
    if measure is None:
        return "no number stated"
    words = _size(measure)
    if measure.approx and measure.qualifier not in {Qualifier.ABOUT, *_VAGUE}:
        words = f"roughly {words}"
    if measure.per is not None:
        words = f"{words} a {measure.per}"
    if measure.change is Change.INCREMENT:
        words = f"{words} more"
    return words


def _size(measure: Measure) -> str:
    qualifier, noun = measure.qualifier, _noun(measure.unit, plural=True)
    if qualifier in _VAGUE:
        return f"{_VAGUE[qualifier]} {noun}"
    if qualifier is Qualifier.RATIO:
        base = measure.relative_to or "the base it names"
        assert measure.best is not None
        if measure.best <= 1:
            return f"{measure.best:.0%} of {base}"
        return f"{measure.best:g} times {base}"
    if qualifier is Qualifier.RANGE:
        return f"{measure.low:,.0f} to {measure.high:,.0f} {noun}"
    number = next(n for n in (measure.best, measure.low, measure.high) if n is not None)
    return f"{_PREFIX[qualifier]}{number:,.0f} {_noun(measure.unit, plural=number != 1)}"


def _noun(unit: Unit | None, *, plural: bool) -> str:
    if unit is None:
        return ""
    word = str(unit.value)
    return _PLURALS.get(unit, f"{word}s") if plural else _SINGULARS.get(unit, word)


def time_in_words(span: Timespan | None) -> str:
    """Say a span of time as sharply as it is known.

    Parameters
    ----------
    span : Timespan or None
        The span; None where no time is known.

    Returns
    -------
    str
        For example "2022-01-13", "2022-01-06 to 2022-01-13", "January 2022".
    """
    if span is None:
        return "time not stated"
    first, last = span.start, span.end
    if span.precision is Precision.HOUR:
        return f"{first:%Y-%m-%d %H:%M} UTC"
    whole_month = span.precision is Precision.MONTH and first.day == 1
    if whole_month and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    if first.date() == last.date():
        return first.date().isoformat()
    return f"{first.date().isoformat()} to {last.date().isoformat()}"


def grade_in_words(claim: Claim) -> str:
    """Say the two Admiralty grades side by side.

    Parameters
    ----------
    claim : Claim
        The claim.

    Returns
    -------
    str
        For example "B2", "B, claim not graded", "not graded".
    """
    source, credibility = claim.reliability, claim.credibility
    if source is not None and credibility is not None:
        return f"{source}{int(credibility)}"
    if source is not None:
        return f"{source}, claim not graded"
    return "not graded" if credibility is None else f"source not graded, {int(credibility)}"
