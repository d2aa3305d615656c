"""Arrival windows hold what the speeds of published trains allow."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.movements.arrivals import arrival_window
from tracker.movements.speeds import train_travel
from tracker.timespan import Timespan
from tracker.vocabulary import Precision

SEEN = Timespan(
    start=datetime(2022, 1, 10, tzinfo=UTC),
    end=datetime(2022, 1, 10, 23, tzinfo=UTC),
    precision=Precision.DAY,
)
CLOCK = timedelta(microseconds=4)
"""Four datetimes are rounded to the microsecond."""


def test_the_published_transit_lies_in_its_window():
    """Khabarovsk to Belarus took about 13 days over some 9,000 km (C070, C071)."""
    p05, p50, p95 = arrival_window(SEEN, 9_000)

    assert p05 < SEEN.start + timedelta(days=13) < p95
    assert abs((p50 - SEEN.start).days - 13) <= 1


@given(st.floats(0, 10_000), st.floats(1, 2_000))
@example(distance_km=74.75, more_km=1.0)
def test_farther_is_later_and_less_sure(distance_km, more_km):
    """Both ends of the window move on with the distance, and it widens."""
    near, far = arrival_window(SEEN, distance_km), arrival_window(SEEN, distance_km + more_km)

    assert all(one <= other for one, other in zip(near, far, strict=True))
    assert far[2] - far[0] >= near[2] - near[0] - CLOCK


@pytest.mark.parametrize("hours", [0, 1, 23, 24 * 14])
def test_a_window_is_that_of_many_trains_drawn_at_random(hours):
    """Its quantiles are those of random moments of the span plus random travel times."""
    seen = Timespan(
        start=SEEN.start, end=SEEN.start + timedelta(hours=hours), precision=Precision.DAY
    )
    random = np.random.default_rng(20220110)
    drawn = random.uniform(0, seen.length_days, 200_000) + random.choice(
        train_travel().samples_days(700), 200_000
    )

    window = arrival_window(seen, 700)

    days = [(moment - SEEN.start) / timedelta(days=1) for moment in window]
    assert days == pytest.approx(np.quantile(drawn, (0.05, 0.5, 0.95)), rel=0.02)
