"""What a claim says after people corrected the reading of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from tracker.claims.claim import Claim
from tracker.claims.measure import Measure
from tracker.errors import InvalidValueError
from tracker.evidence.judgement import Judgement
from tracker.vocabulary import Extent, Outcome, Qualifier, Scope, Status, Unit

NUMBERS = ("low", "high", "best")
_MEASURE_WORDS: Mapping[str, type[StrEnum]] = {"qualifier": Qualifier, "unit": Unit}
_CLAIM_WORDS: Mapping[str, type[StrEnum]] = {"status": Status, "extent": Extent, "scope": Scope}
_MAY_BE_EMPTY = frozenset({*NUMBERS, "extent", "scope"})
CORRECTABLE = (*NUMBERS, *_MEASURE_WORDS, *_CLAIM_WORDS, "actor")
"""Fields of a claim that a person can correct; kind and words make its id and stay."""

_WITHOUT_NUMBER = frozenset(
    {
        *(Qualifier.TENS_OF_THOUSANDS, Qualifier.THOUSANDS, Qualifier.HUNDREDS, Qualifier.DOZENS),
        *(Qualifier.SEVERAL, Qualifier.A_FEW, Qualifier.A_COUPLE, Qualifier.NONE),
    }
)

Span = tuple[str, int, int]


def by_span(judgements: Iterable[Judgement]) -> dict[Span, list[Judgement]]:
    """Group judgements by the words that they speak of.

    Parameters
    ----------
    judgements : iterable of Judgement
        In the order in which they were made.

    Returns
    -------
    dict
        Judgements, in that order, by report id, start and end of the quote.
    """
    grouped: dict[Span, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        grouped[judgement.report_id, judgement.start, judgement.end].append(judgement)
    return grouped


def judged(claim: Claim, judgements: Mapping[Span, Sequence[Judgement]]) -> list[Judgement]:
    """Pick the judgements that hold of a claim.

    Parameters
    ----------
    claim : Claim
        The claim.
    judgements : Mapping
        As `by_span` groups them.

    Returns
    -------
    list of Judgement
        The last one of each field.
    """
    span = claim.report_id, claim.quote.start, claim.quote.end
    last: dict[str, Judgement] = {}
    for judgement in judgements.get(span, ()):
        if judgement.claim_id in (None, claim.id):
            last[judgement.field] = judgement
    return list(last.values())


def with_corrections(claim: Claim, judgements: Mapping[Span, Sequence[Judgement]]) -> Claim:
    """Read a claim as people corrected it.

    Parameters
    ----------
    claim : Claim
        The claim as it was read.
    judgements : Mapping
        As `by_span` groups them.

    Returns
    -------
    Claim
        With the corrected fields and the same id. A correction that was made to another reading
        and does not fit this one is left aside.
    """
    values = {
        judgement.field: judgement.value or ""
        for judgement in judged(claim, judgements)
        if judgement.outcome is Outcome.CORRECTED
    }
    try:
        return corrected(claim, values) if values else claim
    except InvalidValueError:
        return claim


def corrected(claim: Claim, values: Mapping[str, str]) -> Claim:
    """Replace fields of a claim, and keep its id.

    Parameters
    ----------
    claim : Claim
        The claim.
    values : Mapping of str to str
        Right values by field out of `CORRECTABLE`; empty where nothing is stated.

    Returns
    -------
    Claim
        The claim that the words make when they are read rightly.

    Raises
    ------
    InvalidValueError
        Where a field cannot be corrected, a value is none of its words or numbers, or the values
        contradict each other.
    """
    read = {field: _value(field, text.strip()) for field, text in values.items()}
    size = {field: value for field, value in read.items() if field in {*NUMBERS, *_MEASURE_WORDS}}
    rest = {field: value for field, value in read.items() if field not in size}
    if size and claim.measure is None:
        raise InvalidValueError(f"the claim {claim.id} states no size that could be corrected.")
    if size and claim.measure is not None:
        # A claim is known by the size as written; the words stay what they are.
        rest["measure"] = _sized(replace(claim.measure, text=claim.measure.identity, **size))
    return replace(claim, **rest)


def _sized(measure: Measure) -> Measure:
    stated = {measure.low, measure.high, measure.best} != {None}
    if not stated and measure.qualifier not in _WITHOUT_NUMBER:
        raise InvalidValueError("a size needs a number: correct low, high or best.")
    return measure


def _value(field: str, text: str) -> Any:
    if field not in CORRECTABLE:
        raise InvalidValueError(
            f"{field[:40]!r} cannot be corrected; the fields are {', '.join(CORRECTABLE)}."
        )
    if not text and field in _MAY_BE_EMPTY:
        return None
    if field in NUMBERS:
        return _number(field, text)
    words = {**_MEASURE_WORDS, **_CLAIM_WORDS}.get(field)
    if words is None:
        return text
    if text not in {str(word) for word in words}:
        raise InvalidValueError(f"{field} {text[:40]!r} is none of {', '.join(words)}.")
    return words(text)


def _number(field: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InvalidValueError(f"{field} {text[:40]!r} is no number.") from None
