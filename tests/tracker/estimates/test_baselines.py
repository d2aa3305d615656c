"""The naive methods do what their names say."""

import math

import pytest

from tracker.estimates.baselines import BASELINES, Said, said
from tracker.estimates.model import fit
from tracker.vocabulary import Extent

CLAIMS = [
    Said(day=day, log_size=math.log(size), source=source, sd=0.1)
    for day, size, source in (
        (0, 50_000, "a"),
        (10, 60_000, "b"),
        (20, 72_000, "a"),
        (30, 86_400, "b"),
    )
]


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("last claim", 86_400),
        ("own last claim", 72_000),
        ("median of five", math.sqrt(60_000 * 72_000)),
        ("linear trend", 86_400 * 1.2),
    ],
)
def test_each_method_predicts_what_it_says(name, size):
    """Steady growth by a fifth every ten days tells the methods apart."""
    assert math.exp(BASELINES[name](CLAIMS, 40, "a")) == pytest.approx(size, rel=1e-6)


def test_the_filter_lies_between_the_claims():
    """A Kalman filter weighs the last claims most."""
    assert 72_000 < math.exp(BASELINES["Kalman filter"](CLAIMS, 40, "a")) < 86_400


def test_a_trend_without_days_is_the_median():
    """Claims of one day have no slope."""
    assert BASELINES["linear trend"](CLAIMS[:1], 9, "a") == CLAIMS[0].log_size


def test_parts_are_no_plain_numbers(world):
    """Only levels of the area are compared."""
    claims = [world.said(50_000), world.said(3_000, day=1, extent=Extent.PART, claimant="x")]
    fitted = fit(claims, world.put(claims), world.setting, world.target())

    numbers = said(fitted.observations, fitted.encoded, fitted.area_ids.index("theatre"))

    assert [round(math.exp(number.log_size), -3) for number in numbers] == [50_000]
