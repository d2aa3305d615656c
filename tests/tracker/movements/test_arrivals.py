"""Arrival windows hold what the speeds of published trains allow."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.movements.arrivals import arrival_window
from tracker.timespan import Timespan
from tracker.vocabulary import Precision

SEEN = Timespan(
    start=datetime(2022, 1, 10, tzinfo=UTC),
    end=datetime(2022, 1, 10, 23, tzinfo=UTC),
    precision=Precision.DAY,
)


def test_the_published_transit_lies_in_its_window():
    """Khabarovsk to Belarus took about 13 days over some 9,000 km (C070, C071)."""
    p05, p50, p95 = arrival_window(SEEN, 9_000)

    assert p05 < SEEN.start + timedelta(days=13) < p95
    assert abs((p50 - SEEN.start).days - 13) <= 1


@given(st.floats(0, 10_000), st.floats(1, 2_000))
def test_farther_is_later_and_less_sure(distance_km, more_km):
    """Both ends of the window move on with the distance, and it widens."""
    near, far = arrival_window(SEEN, distance_km), arrival_window(SEEN, distance_km + more_km)

    assert all(one <= other for one, other in zip(near, far, strict=True))
    assert far[2] - far[0] >= near[2] - near[0]
