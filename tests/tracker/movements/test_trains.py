"""What a train carries is a distribution that agrees with the documented ones."""

from math import exp

import pytest

from tracker.errors import InvalidValueError
from tracker.estimates.priors import seed_factors
from tracker.movements.trains import load_of, published
from tracker.vocabulary import Unit


def test_a_train_carries_what_the_estimates_take():
    """People of a train agree with the factor by which the estimates read a flow of trains."""
    personnel = load_of().personnel

    factor = seed_factors().carried_by(Unit.TRAIN)
    low, median, high = (exp(factor.log_mean + z * factor.log_sd) for z in (-1.645, 0, 1.645))
    assert personnel.p50 == pytest.approx(median, rel=0.1)
    assert (personnel.p05, personnel.p95) == (
        pytest.approx(low, rel=0.15),
        pytest.approx(high, rel=0.15),
    )


def test_counted_passenger_wagons_give_the_published_number():
    """Five of them had about 250 people (C053)."""
    personnel = load_of(passenger_wagons=5).personnel

    assert 235 <= personnel.p05 <= 250 <= personnel.p95 <= 265


def test_many_trains_are_as_uncertain_as_one():
    """What trains carry is unknown for all of them alike: it does not average out."""
    one, ten = load_of(), load_of(10)

    assert ten.personnel.p95 / ten.personnel.p50 == pytest.approx(
        one.personnel.p95 / one.personnel.p50
    )


def test_bounds_come_from_the_table():
    """47 to 53 people ride in a passenger wagon in the published cases."""
    assert published("personnel_per_passenger_wagon") == (47, 53)
    with pytest.raises(InvalidValueError, match="no factor 'dragons'"):
        published("dragons")


@pytest.mark.parametrize("trains", [0, -1, float("nan")])
def test_no_train_carries_nothing(trains):
    """A count that is none is refused."""
    with pytest.raises(InvalidValueError, match="where there are some"):
        load_of(trains)
