"""A maker of estimates."""

from datetime import date

import pytest

from tracker.estimates.estimate import Estimate
from tracker.vocabulary import Scope, Unit


@pytest.fixture
def make_estimate():
    """Return a maker of a plain estimate."""

    def make():
        sizes = {"p05": 70.0, "p25": 80.0, "p50": 90.0, "p75": 100.0, "p95": 110.0}
        return Estimate(
            area="around-ukraine",
            actor="RU",
            day=date(2022, 1, 8),
            as_of=date(2022, 1, 10),
            unit=Unit.PERSONNEL,
            scope=Scope.ALL_SERVICES,
            p_zero=0.0,
            building_up=0.5,
            drawing_down=0.1,
            forecast=False,
            method="test 1",
            **sizes,
        )

    return make
