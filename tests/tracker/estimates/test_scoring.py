"""Scores reward calibrated and sharp predictions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from tracker.estimates.scoring import (
    LEVELS,
    block_bootstrap,
    covered,
    interval_score,
    log_score,
    normal_quantiles,
    probability_transform,
)

RNG = np.random.default_rng(0)
OUTCOMES = RNG.normal(10, 0.3, 20_000)


@pytest.mark.parametrize("sd", [0.1, 0.2, 0.5, 0.9])
def test_the_true_spread_scores_best(sd):
    """Neither over- nor underconfidence pays."""
    honest, other = (
        interval_score(normal_quantiles(np.full(20_000, 10.0), s), OUTCOMES).mean()
        for s in (0.3, sd)
    )

    assert honest < other


@given(st.floats(8, 12), st.floats(0.05, 1), st.floats(8, 12))
def test_the_score_approximates_the_continuous_one(mean, sd, outcome):
    """For a normal prediction it is near the closed form of the CRPS."""
    z = (outcome - mean) / sd
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    crps = sd * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi))

    score = interval_score(normal_quantiles(np.array(mean), sd), np.array(outcome))

    assert score == pytest.approx(crps, rel=0.12)


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_calibrated_intervals_cover_their_share(share):
    """Half of all outcomes lie in the 50 % interval, nine tenths in the 90 % interval."""
    inside = covered(normal_quantiles(np.full(20_000, 10.0), 0.3), OUTCOMES, share)

    assert inside.mean() == pytest.approx(share, abs=0.01)


def test_calibrated_predictions_have_a_flat_transform():
    """Each tenth of the probability holds a tenth of the outcomes."""
    found = probability_transform(normal_quantiles(np.full(2_000, 10.0), 0.3), OUTCOMES[:2_000])

    shares = np.histogram(found, bins=[0.1, 0.3, 0.5, 0.7, 0.9])[0] / 2_000
    assert np.abs(shares - 0.2).max() < 0.03


def test_the_log_score_prefers_the_nearer_outcome():
    """What came as predicted scores better than what did not."""
    quantiles = normal_quantiles(np.array(10.0), 0.2)

    assert log_score(quantiles, np.array(10.0)) < log_score(quantiles, np.array(10.5))


def test_a_predicted_zero_is_scored_as_ten():
    """The logarithm of zero does not spoil a mean."""
    quantiles = np.full(len(LEVELS), -np.inf)

    assert interval_score(quantiles, np.array(np.log(10.0))) == pytest.approx(0)


def test_the_bootstrap_tells_a_gain_from_noise():
    """A constant gain is bounded away from zero, noise around zero is not."""
    gain = block_bootstrap(-0.05 + RNG.normal(0, 0.02, 30))
    noise = block_bootstrap(RNG.normal(0, 0.02, 30))

    assert gain[1] < 0
    assert noise[0] < 0 < noise[1]
