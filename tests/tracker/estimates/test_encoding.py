"""What claims on several areas have in common is told from what those on one area share."""

import numpy as np
import pytest

from tracker.estimates.encoding import Encoded, shared_errors
from tracker.estimates.house import HOUSE_IN_AREA_SD, HOUSE_SD, Measurements, learn
from tracker.estimates.readings import INTERVAL, Reading

DAYS = 20


def errors_of(source):
    """Give each of two areas one count by a source, and work out what they share."""
    readings = tuple(Reading(INTERVAL, v - 0.01, v + 0.01) for v in (9.0, 10.0))
    data = Measurements(
        area=np.array([0, 1]),
        day=np.array([10, 10]),
        words=np.array(readings, float),
        date_variance=np.zeros(2),
        weight=np.ones(2),
        source=np.array(source),
        factors=np.full((2, 2), -1),
        source_prior_sd=np.full(2, 0.2),
        factor_prior_sd=np.zeros(0),
    )
    encoded = Encoded(readings=readings, log_offset=np.zeros(2), data=data, sources=("a", "b"))
    return shared_errors(encoded, learn(data), DAYS, 2)


def test_two_areas_of_one_source_share_its_leaning():
    """What the source gets wrong everywhere is wrong in both; the rest each area has by itself."""
    found = errors_of([0, 0])

    assert found.everywhere_sd == pytest.approx(HOUSE_SD, rel=0.05)
    assert found.own_sd == pytest.approx(HOUSE_IN_AREA_SD, rel=0.05)


def test_areas_of_different_sources_share_nothing():
    """Leanings of two sources that never spoke of one area are independent."""
    found = errors_of([0, 1])

    assert np.abs(found.everywhere_sd).max() < 0.01
    assert found.own_sd == pytest.approx(found.in_area_sd, rel=0.01)
