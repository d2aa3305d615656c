"""A size is an interval as stated; what cannot be a size is refused."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims import Measure
from tracker.claims.measure import MOST_OF_ANYTHING
from tracker.errors import InvalidValueError
from tracker.vocabulary import Qualifier, Unit

SIZES = st.floats(min_value=0, max_value=MOST_OF_ANYTHING)


def people(qualifier=Qualifier.ABOUT, **numbers):
    return Measure(qualifier=qualifier, unit=Unit.PERSONNEL, **numbers)


@given(numbers=st.tuples(SIZES, SIZES, SIZES).map(sorted))
def test_numbers_are_kept_as_stated(numbers):
    """Nothing is rounded or flattened on the way in."""
    low, best, high = numbers

    measure = people(Qualifier.RANGE, low=low, best=best, high=high)

    assert (measure.low, measure.best, measure.high) == (low, best, high)


def test_what_is_not_stated_stays_unknown():
    """Missing is None, never 0."""
    measure = people(Qualifier.MORE_THAN, low=30_000)

    assert (measure.best, measure.high, measure.per, measure.relative_to) == (None,) * 4


def test_whole_numbers_and_floats_are_one_size():
    """3 and 3.0 must give one id, before and after the database; -0.0 is 0."""
    assert repr(people(best=3)) == repr(people(best=3.0))
    assert math.copysign(1, people(Qualifier.NONE, best=-0.0).best) == 1


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"best": math.nan}, "nan is not a number of anything."),
        ({"high": math.inf}, "inf is not a number of anything."),
        ({"low": -5}, "a size cannot be negative (-5)."),
        (
            {"best": 10**9},
            "1,000,000,000 is beyond any force that exists (the limit is 50,000,000)",
        ),
        ({"low": 7, "high": 3}, "low, best and high are out of order (7, 3)."),
        ({"low": 1, "best": 9, "high": 3}, "low, best and high are out of order (1, 9, 3)."),
    ],
)
def test_an_impossible_number_is_refused_in_one_sentence(numbers, message):
    """The message names the number that is wrong."""
    with pytest.raises(InvalidValueError, match=re.escape(message)):
        people(**numbers)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"qualifier": Qualifier.ABOUT, "best": 5}, "only a ratio may go without a unit."),
        ({"qualifier": Qualifier.RATIO}, "a ratio needs its factor in best."),
        ({"qualifier": Qualifier.RANGE, "low": 1, "unit": Unit.BTG}, "a range needs both"),
    ],
)
def test_a_qualifier_without_what_it_needs_is_refused(fields, message):
    """A range has two ends, a ratio a factor, everything else a unit."""
    with pytest.raises(InvalidValueError, match=message):
        Measure(**{"unit": None} | fields)


def test_a_ratio_may_go_without_a_unit():
    """70 % of "its land forces" counts nothing by itself."""
    share = Measure(
        qualifier=Qualifier.RATIO, unit=None, best=0.7, relative_to="what an invasion needs"
    )

    assert (share.best, share.relative_to) == (0.7, "what an invasion needs")
