"""The Gaussian twin is the exact smoother of a random walk."""

import numpy as np

from tracker.estimates.twin import DAILY_SD, FIRST_SD, Twin


def test_the_twin_equals_conditioning_by_hand():
    """Means and variances equal those of the joint normal distribution."""
    rng = np.random.default_rng(1)
    days, day = 12, np.array([0, 3, 3, 8])
    values, precision = rng.normal(10, 0.3, 4), np.array([20.0, 50.0, 5.0, 30.0])

    mean, variance = Twin(
        days=days, areas=1, area=np.zeros(4, int), day=day, first_mean=10.0
    ).smooth(values, precision)

    steps = np.minimum.outer(np.arange(days), np.arange(days))
    prior = FIRST_SD**2 + DAILY_SD**2 * steps
    seen = prior[:, day]
    gain = seen @ np.linalg.inv(prior[np.ix_(day, day)] + np.diag(1 / precision))
    by_hand = 10 + gain @ (values - 10)
    spread = np.diag(prior - gain @ seen.T)
    assert np.abs(mean - by_hand[day]).max() < 1e-9
    assert np.abs(variance - spread[day]).max() < 1e-9


def test_areas_are_smoothed_apart():
    """A claim on one area leaves the other as it was."""
    twin = Twin(days=5, areas=2, area=np.array([0, 1]), day=np.array([2, 2]), first_mean=10.0)

    mean, _ = twin.smooth(np.array([11.0, 99.0]), np.array([1e6, 0.0]))

    assert abs(mean[0] - 11) < 1e-3
    assert abs(mean[1] - 10) < 1e-9
