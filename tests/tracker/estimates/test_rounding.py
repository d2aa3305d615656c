"""Digits tell how coarsely a number was rounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.estimates.rounding import rounding_unit


@pytest.mark.parametrize(
    ("number", "unit"),
    [(94_300, 100), (127_000, 1_000), (150_000, 10_000), (100_000, 10_000), (4_000, 500), (41, 1)],
)
def test_the_unit_is_the_one_that_a_reader_would_name(number, unit):
    """Numbers of the record are read as people round."""
    assert rounding_unit(number) == unit


@given(st.integers(1, 50_000_000))
def test_the_unit_divides_a_whole_number(number):
    """A whole number is a whole multiple of its rounding unit, which is at most the number."""
    unit = rounding_unit(number)

    assert 1 <= unit <= number
    assert number / unit == pytest.approx(round(number / unit))


@given(st.floats(0.001, 1e7))
def test_any_number_above_zero_has_a_unit(number):
    """Odd fractions do not stop the reading."""
    assert 0 < rounding_unit(number) <= max(1.0, number)
