"""Times on the line are distributions with the published spread of speeds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InvalidSpeedError
from geo.railways import TravelTime


def test_nine_of_ten_trains_go_between_the_two_speeds():
    """Without a wait the 5 % and 95 % times are those of the two speeds."""
    law = TravelTime.between(325, 1550)

    fast, slow = law.quantiles_days(3900, [0.05, 0.95])

    assert (fast, slow) == (pytest.approx(3900 / 1550, rel=0.05), pytest.approx(12, rel=0.05))


@given(st.floats(0, 12_000), st.floats(0, 60))
def test_probability_is_the_inverse_of_the_quantile(distance_km, days):
    """What is done with probability p by a day is the p-quantile of the time, or below it."""
    law = TravelTime.between(325, 1550, wait_days=0.5)

    probability = law.probability(distance_km, days)

    assert 0 <= probability <= 1
    assert law.quantiles_days(distance_km, [max(probability - 0.01, 0)])[0] <= days + 1e-6 or (
        probability == 0
    )


@pytest.mark.parametrize("numbers", [(0, 1, 0), (700, 0, 0), (700, 0.4, -1), (float("nan"), 1, 0)])
def test_a_law_that_no_train_follows_is_refused(numbers):
    """Speeds are positive and waits are not negative."""
    median, log_sd, wait = numbers

    with pytest.raises(InvalidSpeedError, match="give positive numbers"):
        TravelTime(median_km_day=median, log_sd=log_sd, wait_days=wait)
