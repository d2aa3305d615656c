"""What people corrected is read as they say, under the same id, and only where it makes sense."""

from datetime import UTC, datetime

import pytest

from tracker.claims import Measure
from tracker.errors import InvalidValueError
from tracker.evidence import Judgement, by_span, corrected, with_corrections
from tracker.vocabulary import Extent, Outcome, Qualifier, Status, Unit

SIZE = Measure(qualifier=Qualifier.EXACT, unit=Unit.PERSONNEL, best=900)


def judgement(claim, field, value=None, outcome=Outcome.CORRECTED, **fields):
    """Judge one field of a claim's words."""
    plain = {
        "report_id": claim.report_id,
        "start": claim.quote.start,
        "end": claim.quote.end,
        "field": field,
        "value": value,
        "outcome": outcome,
        "reason": "read again",
        "judged_by": "an analyst",
        "judged_at": datetime(2022, 2, 1, tzinfo=UTC),
    }
    return Judgement(**plain | fields)


def test_a_corrected_claim_keeps_its_id(make_claim):
    """Places and links find a claim by its id, also one that is known by its numbers alone."""
    claim = make_claim(measure=SIZE)

    read = corrected(claim, {"best": "9000", "qualifier": "about", "status": "planned"})

    assert read.id == claim.id
    assert read.measure is not None
    assert (read.measure.best, read.measure.qualifier) == (9000, Qualifier.ABOUT)
    assert read.status is Status.PLANNED


def test_the_last_correction_of_a_field_holds(make_claim):
    """A changed mind, or a confirmation of the first reading, takes the place of a correction."""
    claim = make_claim(measure=SIZE)
    first, second = judgement(claim, "best", "800"), judgement(claim, "best", "850")
    restored = judgement(claim, "best", outcome=Outcome.CONFIRMED)

    assert with_corrections(claim, by_span([first, second])).measure.best == 850
    assert with_corrections(claim, by_span([first, second, restored])) == claim


def test_a_judgement_may_mean_one_of_two_claims_of_a_quote(make_claim):
    """'20 tanks and 10 IFVs' are judged apart."""
    tanks = make_claim(measure=Measure(qualifier=Qualifier.EXACT, unit=Unit.TANK, best=20))
    others = make_claim(measure=Measure(qualifier=Qualifier.EXACT, unit=Unit.IFV, best=10))
    made = by_span([judgement(tanks, "best", "22", claim_id=tanks.id)])

    assert with_corrections(tanks, made).measure.best == 22
    assert with_corrections(others, made) == others


def test_what_was_not_stated_can_be_emptied(make_claim):
    """An empty value stands for what the words leave open."""
    claim = make_claim(extent=Extent.WHOLE)

    assert corrected(claim, {"extent": ""}).extent is None


def test_a_correction_of_another_reading_is_left_aside(make_claim):
    """Bounds that no longer fit do not break the reading of claims."""
    claim = make_claim(measure=SIZE)

    assert with_corrections(claim, by_span([judgement(claim, "low", "1000")])) == claim


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kind": "movement"}, "'kind' cannot be corrected; the fields are low, high, best"),
        ({"best": "many"}, "best 'many' is no number."),
        ({"best": "nan"}, "nan is not a number of anything."),
        ({"best": ""}, "a size needs"),
        ({"status": "true"}, "status 'true' is none of actual"),
        ({"actor": " "}, "a claim needs an actor"),
        ({"low": "1000"}, "out of order"),
    ],
)
def test_a_senseless_correction_is_refused(make_claim, values, message):
    """What cannot be a claim is said when it is written, not when it is read."""
    with pytest.raises(InvalidValueError) as refusal:
        corrected(make_claim(measure=SIZE), values)

    assert message in str(refusal.value)


def test_a_claim_without_a_size_has_none_to_correct(make_claim):
    """A number that nobody stated is not made up by a correction."""
    with pytest.raises(InvalidValueError, match="states no size"):
        corrected(make_claim(), {"best": "900"})
