"""Numbers that are set against another one."""

import pytest

from tests.tracker.extraction.reading import claims_of, only_claim
from tracker.vocabulary import Status


@pytest.mark.parametrize(
    "text",
    [
        "Russia has 100,000 troops near the border, up from 60,000.",
        "Some 12,000 troops took part, compared with 13,000 in the 2019 exercise.",
        "У границы 100 тысяч российских военных против 60 тысяч.",
    ],
)
def test_what_a_number_is_compared_with_is_background(text):
    """The number it is set against is not there now."""
    assert [claim.status for claim in claims_of(text)] == [Status.ACTUAL, Status.BACKGROUND]


def test_an_earlier_number_with_its_own_time_is_a_claim_of_that_time():
    """'Up from 60 two weeks earlier' says how many there were then."""
    earlier = claims_of("There are 83 BTGs near the border, up from 60 two weeks earlier.")[1]

    assert (earlier.status, earlier.observed.text) == (Status.ACTUAL, "two weeks earlier")


def test_what_was_not_denied_is_not_denied():
    """Two negations leave what was asserted."""
    text = "Some 3,000 Rwandan soldiers are in North Kivu, a number Kigali did not deny."

    assert only_claim(text).status is Status.ACTUAL


def test_a_contrast_ends_what_a_plan_bears_on():
    """No order in one part says nothing of the troops in the next."""
    text = "No plan was approved, but 4,000 Serbian soldiers are near the border."

    assert only_claim(text).status is Status.ACTUAL
