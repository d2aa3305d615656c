"""Leanings that sources, units and scopes share are found, as far as they can be."""

from dataclasses import replace

import numpy as np
import pytest

from tracker.estimates.house import (
    HOUSE_SD,
    REPORTING_SD,
    UNKNOWN_SD,
    Measurements,
    learn,
    prior_reporting_sd,
)
from tracker.estimates.readings import AT_LEAST, INTERVAL, Reading

DAYS, COUNT, SOURCES = 300, 2_000, 20


def simulate(noise_sd=0.15, factor=0.0, factor_share=0.0):
    """Simulate claims of twenty sources on one slowly changing area; some in another unit."""
    rng = np.random.default_rng(0)
    truth = 10 + np.cumsum(rng.normal(0, 0.01, DAYS))
    lean = rng.normal(0, 0.12, SOURCES)
    day, source = rng.integers(0, DAYS, COUNT), rng.integers(0, SOURCES, COUNT)
    converted = rng.random(COUNT) < factor_share
    values = truth[day] + lean[source] + factor * converted + rng.normal(0, noise_sd, COUNT)
    zeros = np.zeros(COUNT)
    data = Measurements(
        area=np.zeros(COUNT, int),
        day=day,
        words=np.array([Reading(INTERVAL, v - 0.01, v + 0.01) for v in values], float),
        date_variance=zeros,
        weight=zeros + 1,
        source=source,
        factors=np.stack([np.where(converted, 0, -1), np.full(COUNT, -1)], axis=1),
        source_prior_sd=np.full(SOURCES, 0.2),
        factor_prior_sd=np.array([0.24]),
    )
    return data, lean


def test_leanings_are_found_up_to_what_all_share():
    """Differences between sources come out right; the common level cannot be known."""
    data, lean = simulate()

    found = learn(data)

    here = found.areas[0].mean
    error = (here - here.mean()) - (lean - lean.mean())
    assert np.sqrt((error**2).mean()) < 0.03
    assert np.all(found.source_variance < HOUSE_SD**2)


def test_the_reporting_error_is_found():
    """Sources that scatter by 0.15 are told from the 0.30 that was thought beforehand."""
    data, _ = simulate()

    found = learn(replace(data, source_prior_sd=np.full(SOURCES, 0.30)))

    assert found.source_sd.mean() == pytest.approx(0.15, abs=0.02)


def test_without_claims_that_count_nothing_is_learnt():
    """With all weights 0 the leanings keep their prior."""
    data, _ = simulate()

    found = learn(replace(data, weight=np.zeros(COUNT)))

    assert np.abs(found.source_mean).max() == 0
    assert found.source_variance == pytest.approx(np.full(SOURCES, HOUSE_SD**2))


def test_a_factor_is_learnt_where_both_units_are_counted():
    """Where half of the claims need no factor, the error of the others' factor shows."""
    data, _ = simulate(factor=0.3, factor_share=0.5)

    area = learn(data).areas[0]

    assert area.mean[-1] == pytest.approx(0.3, abs=0.03)
    assert np.sqrt(area.covariance[-1, -1]) < 0.03


def test_a_factor_that_every_claim_needs_keeps_its_spread():
    """Two thousand claims in one unit say nothing of what the unit stands for."""
    data, _ = simulate(factor=0.3, factor_share=1.0)

    area = learn(data).areas[0]

    assert np.sqrt(area.covariance[-1, -1]) > 0.9 * 0.24


def test_types_of_claimants_have_their_scatter():
    """A ministry scatters less than a paper; who is unknown gets what lies between."""
    assert prior_reporting_sd("government") == REPORTING_SD["government"]
    assert prior_reporting_sd("government") < prior_reporting_sd(None) < prior_reporting_sd("press")
    assert prior_reporting_sd("circus") == UNKNOWN_SD


def test_floors_teach_the_leaning_of_who_states_them():
    """A source that says 'more than' a third too much is found out by the counts of others."""
    data, lean = simulate()
    floors = data.source == 0
    words = data.words.copy()
    bound = words[floors, 1] - 0.1 + 0.3 - lean[0]
    words[floors] = [Reading(AT_LEAST, v, v, 0.1, 0.3) for v in bound]

    found = learn(replace(data, words=words)).areas[0].mean

    assert found[0] - found[1:].mean() == pytest.approx(0.3 - lean[1:].mean(), abs=0.08)


def test_a_source_that_halves_its_numbers_is_less_certain_to_lean_as_usual():
    """Leanings have heavy tails: one of log 2 is found, and may be further off than others."""
    data, lean = simulate()
    own = np.flatnonzero(data.source == 0)
    words, weight = data.words.copy(), data.weight.copy()
    words[own, 1:3] -= np.log(2)
    weight[own[12:]] = 0

    found = learn(replace(data, words=words, weight=weight))

    here = found.areas[0].mean
    apart = lean[0] - np.log(2) - lean[1:].mean()
    assert here[0] - here[1:].mean() == pytest.approx(apart, abs=0.1)
    assert found.source_variance[0] > 1.3 * found.source_variance[1]
