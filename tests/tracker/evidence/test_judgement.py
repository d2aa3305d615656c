"""A judgement says what was decided, by whom, when and why; it is a row, never an edit."""

from datetime import UTC, datetime

import pytest

from tracker.errors import InvalidValueError
from tracker.evidence import Judgement
from tracker.vocabulary import Outcome


def judgement(**fields):
    plain = {
        "report_id": "r-1",
        "start": 0,
        "end": 18,
        "field": "claim",
        "outcome": Outcome.CONFIRMED,
        "reason": "seen in two videos",
        "judged_by": "an analyst",
        "judged_at": datetime(2022, 2, 1, 8, tzinfo=UTC),
    }
    return Judgement(**plain | fields)


def test_judging_again_is_another_row():
    """A changed mind leaves the first decision in place."""
    first = judgement()
    second = judgement(judged_at=datetime(2022, 2, 2, 8, tzinfo=UTC))

    assert first.id != second.id
    assert first.id == judgement().id


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"outcome": Outcome.CORRECTED}, "a correction needs the right value."),
        ({"reason": " "}, "a judgement needs a reason and a name."),
        ({"judged_by": ""}, "a judgement needs a reason and a name."),
    ],
)
def test_an_incomplete_judgement_is_refused(fields, message):
    """Nobody can check a decision without name, reason and value."""
    with pytest.raises(InvalidValueError) as refusal:
        judgement(**fields)

    assert str(refusal.value) == message


def test_a_correction_keeps_its_value():
    """The right value is stored as words, beside the field that it corrects."""
    corrected = judgement(outcome=Outcome.CORRECTED, field="measure.best", value="900")

    assert (corrected.field, corrected.value) == ("measure.best", "900")
