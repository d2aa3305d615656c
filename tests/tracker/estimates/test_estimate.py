"""An estimate is a distribution whose quantiles and probabilities are what they say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidValueError
from tracker.estimates.estimate import Estimate
from tracker.vocabulary import Scope, Unit

SIZES = st.lists(st.floats(min_value=0, max_value=1e7), min_size=5, max_size=5)
NAMES = ("p05", "p25", "p50", "p75", "p95")


def estimate(**fields):
    plain = {
        "area": "ukraine",
        "actor": "RU",
        "day": date(2022, 2, 18),
        "as_of": date(2022, 2, 18),
        "unit": Unit.PERSONNEL,
        "scope": Scope.ALL_SERVICES,
        "p05": 1.0,
        "p25": 2.0,
        "p50": 3.0,
        "p75": 4.0,
        "p95": 5.0,
        "p_zero": 0.0,
        "building_up": 0.5,
        "drawing_down": 0.1,
        "forecast": False,
        "method": "test",
    }
    return Estimate(**plain | fields)


@given(sizes=SIZES)
def test_quantiles_stand_in_their_order_or_are_refused(sizes):
    """An interval never crosses itself."""
    numbers = dict(zip(NAMES, sizes, strict=True))

    if sizes == sorted(sizes):
        assert estimate(**numbers).p50 == sizes[2]
    else:
        with pytest.raises(InvalidValueError, match="quantiles of ukraine on 2022-02-18 are out"):
            estimate(**numbers)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -1.0])
def test_a_quantile_is_a_finite_size(number):
    """A failed computation does not become a number on a page."""
    with pytest.raises(InvalidValueError, match="estimate of ukraine on 2022-02-18 is not finite"):
        estimate(p95=number)


@pytest.mark.parametrize("name", ["p_zero", "building_up", "drawing_down"])
@pytest.mark.parametrize("number", [-0.1, 1.1, float("nan")])
def test_a_probability_lies_between_0_and_1(name, number):
    """Each of the three is checked."""
    with pytest.raises(InvalidValueError, match="a probability lies between 0 and 1"):
        estimate(**{name: number})
