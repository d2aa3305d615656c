"""Measures and times are said as sharply as they are known, never sharper."""

import pytest

from tracker.claims import Measure
from tracker.claims.wording import grade_in_words, measure_in_words, time_in_words
from tracker.timespan import span_of_dates
from tracker.vocabulary import Change, Credibility, Per, Qualifier, Reliability, Unit


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (None, "no number stated"),
        (
            Measure(qualifier=Qualifier.MORE_THAN, unit=Unit.PERSONNEL, low=100_000, best=100_000),
            "more than 100,000 personnel",
        ),
        (
            Measure(qualifier=Qualifier.RANGE, unit=Unit.PERSONNEL, low=130_000, high=170_000),
            "130,000 to 170,000 personnel",
        ),
        (
            Measure(qualifier=Qualifier.SEVERAL, unit=Unit.TRAIN, per=Per.DAY, approx=True),
            "several trains a day",
        ),
        (Measure(qualifier=Qualifier.EXACT, unit=Unit.TRAIN, best=1), "1 train"),
        (Measure(qualifier=Qualifier.EXACT, unit=Unit.ARMY, best=2), "2 armies"),
        (
            Measure(qualifier=Qualifier.UP_TO, unit=Unit.BTG, high=10, change=Change.INCREMENT),
            "up to 10 BTGs more",
        ),
        (
            Measure(qualifier=Qualifier.RATIO, unit=None, best=0.7, relative_to="the force wanted"),
            "70% of the force wanted",
        ),
        (
            Measure(qualifier=Qualifier.RATIO, unit=None, best=4, relative_to="usual", approx=True),
            "roughly 4 times usual",
        ),
    ],
)
def test_a_measure_keeps_its_qualifier(measure, words):
    """The qualifier, the rate and the increment are all said."""
    assert measure_in_words(measure) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2022-01-13", "2022-01-13", "2022-01-13"),
        ("2022-01-06", "2022-01-13", "2022-01-06 to 2022-01-13"),
        ("2022-01", "2022-01", "January 2022"),
    ],
)
def test_a_time_is_said_with_its_precision(first, last, words):
    """A month is not said as a day."""
    assert time_in_words(span_of_dates(first, last)) == words


@pytest.mark.parametrize(
    ("reliability", "credibility", "words"),
    [
        (None, None, "not graded"),
        (Reliability.B, Credibility.PROBABLY_TRUE, "B2"),
        (Reliability.A, None, "A, claim not graded"),
        (None, Credibility.CANNOT_BE_JUDGED, "source not graded, 6"),
    ],
)
def test_the_two_grades_are_kept_apart(make_claim, reliability, credibility, words):
    """A source graded A beside an ungraded claim is no A minus."""
    claim = make_claim(reliability=reliability, credibility=credibility)

    assert grade_in_words(claim) == words
