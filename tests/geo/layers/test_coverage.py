"""What was said, where nobody spoke, and what grows reach the page beside the estimate."""

import numpy as np
import pandas as pd
import pytest
from geopandas import GeoDataFrame
from shapely import box

from geo.errors import InvalidColumnError
from geo.layers import AreaEstimates

AREAS = GeoDataFrame({"id": ["a"], "name": ["A"]}, geometry=[box(30, 50, 31, 51)], crs="EPSG:4326")
QUANTILES = {name: [10.0, 12.0, 9.0] for name in ("p05", "p25", "p50", "p75", "p95")}
DAYS = ["2022-01-01", "2022-01-02", "2022-01-03"]


def numbers(frame=None, **more):
    """Encode three days of one area."""
    plain = {"area_id": ["a"] * 3, "date": DAYS, **QUANTILES}
    estimates = pd.DataFrame(plain | (frame or {}))
    return AreaEstimates(AREAS, estimates, **more).tables()["data"].numbers


def test_likely_regimes_and_forecasts_are_marked():
    """From a half on a day is growing (1) or shrinking (2); a forecast stays one."""
    table = numbers(
        {
            "building_up": [0.6, 0.1, 0.3],
            "drawing_down": [0.1, 0.5, 0.3],
            "forecast": [False, False, True],
        }
    )

    assert table["regime"].tolist() == [1, 2, 0]
    assert table["forecast"].tolist() == [0, 0, 1]


def test_without_regimes_nothing_is_shaded():
    """The columns may be absent."""
    table = numbers()

    assert not table["regime"].any()
    assert not table["forecast"].any()


def test_effort_and_breaks_keep_their_days():
    """Periods reach the page with both ends and their counts."""
    effort = pd.DataFrame(
        {"area_id": ["a"], "date": DAYS[:1], "until": DAYS[2:], "claims": [5], "sources": [3]}
    )
    breaks = pd.DataFrame({"area_id": ["a"], "date": DAYS[:1], "until": DAYS[1:2]})

    table = numbers(effort=effort, breaks=breaks)

    assert np.diff([table["effort_date"][0], table["effort_until"][0]]) == 2
    assert (table["effort_claims"][0], table["effort_sources"][0]) == (5, 3)
    assert np.diff([table["break_date"][0], table["break_until"][0]]) == 1


def test_effort_of_an_unknown_area_is_refused():
    """What is drawn belongs to an area that is there."""
    effort = pd.DataFrame(
        {"area_id": ["z"], "date": DAYS[:1], "until": DAYS[:1], "claims": [1], "sources": [1]}
    )

    with pytest.raises(InvalidColumnError, match="'z' is none of them"):
        numbers(effort=effort)
