"""Leanings that sources, units and scopes share are found, as far as they can be."""

import numpy as np
import pytest

from tracker.estimates.house import (
    HOUSE_SD,
    REPORTING_SD,
    UNKNOWN_SD,
    Effect,
    Measurements,
    learn,
    prior_reporting_sd,
)
from tracker.estimates.twin import Twin

DAYS, COUNT, SOURCES = 300, 2_000, 20


def simulate(seed=0, noise_sd=0.15):
    """Simulate claims of twenty sources on one slowly changing area."""
    rng = np.random.default_rng(seed)
    truth = 10 + np.cumsum(rng.normal(0, 0.01, DAYS))
    lean = rng.normal(0, 0.12, SOURCES)
    day, source = rng.integers(0, DAYS, COUNT), rng.integers(0, SOURCES, COUNT)
    values = truth[day] + lean[source] + rng.normal(0, noise_sd, COUNT)
    zeros = np.zeros(COUNT)
    data = Measurements(
        values=values,
        word_variance=zeros,
        date_variance=zeros,
        sd_factor=zeros + 1,
        least_sd=zeros,
        weight=zeros + 1,
        source=source,
    )
    twin = Twin(days=DAYS, areas=1, area=np.zeros(COUNT, int), day=day, first_mean=10.0)
    effect = Effect(index=source, prior_sd=np.full(SOURCES, HOUSE_SD))
    return twin, data, effect, lean


def test_leanings_are_found_up_to_what_all_share():
    """Differences between sources come out right; the common level cannot be known."""
    twin, data, effect, lean = simulate()

    found = learn(twin, data, [effect], np.full(SOURCES, 0.2))

    error = (found.means[0] - found.means[0].mean()) - (lean - lean.mean())
    assert np.sqrt((error**2).mean()) < 0.03
    assert np.all(found.variances[0] < HOUSE_SD**2 / 10)


def test_the_reporting_error_is_found():
    """Sources that scatter by 0.15 are told from the 0.30 that was thought beforehand."""
    twin, data, effect, _ = simulate()

    found = learn(twin, data, [effect], np.full(SOURCES, 0.30))

    assert found.source_sd.mean() == pytest.approx(0.15, abs=0.02)


def test_without_claims_that_count_nothing_is_learnt():
    """With all weights 0 the leanings keep their prior."""
    twin, data, effect, _ = simulate()
    silent = Measurements(
        **{name: getattr(data, name) for name in data.__slots__} | {"weight": np.zeros(COUNT)}
    )

    found = learn(twin, silent, [effect], np.full(SOURCES, 0.2))

    assert np.abs(found.means[0]).max() == 0
    assert found.variances[0] == pytest.approx(np.full(SOURCES, HOUSE_SD**2))


def test_claims_that_share_nothing_get_no_offset():
    """An index of -1 is no leaning."""
    twin, data, _, _ = simulate()
    nobody = Effect(index=np.full(COUNT, -1), prior_sd=np.ones(0))

    found = learn(twin, data, [nobody], np.full(SOURCES, 0.2))

    assert np.abs(found.offsets([nobody])).max() == 0


def test_types_of_claimants_have_their_scatter():
    """A ministry scatters less than a paper; who is unknown gets what lies between."""
    assert prior_reporting_sd("government") == REPORTING_SD["government"]
    assert prior_reporting_sd("government") < prior_reporting_sd(None) < prior_reporting_sd("press")
    assert prior_reporting_sd("circus") == UNKNOWN_SD
