"""The Gaussian twin integrates sizes and leanings exactly."""

import numpy as np
import pytest

from tracker.estimates.twin import DAILY_SD, FIRST_SD, AreaTwin

DAY = np.array([0, 3, 3, 8, 8, 15])
SOURCE = np.array([0, 1, 0, 1, 2, 2])
FACTORS = np.stack([np.array([-1, 0, -1, 0, 0, -1]), np.array([1, -1, -1, 1, -1, -1])], axis=1)
PRECISION = np.array([20.0, 50.0, 5.0, 30.0, 11.0, 8.0])
VALUES = np.random.default_rng(1).normal(0, 0.3, 6)
IN_AREA_SD, GENERAL_SD = 0.1, np.array([0.15, 0.15, 0.15, 0.24, 0.05])


def twin(**changes):
    """Make the twin of six claims."""
    plain = {
        "day": DAY,
        "values": VALUES,
        "precision": PRECISION,
        "source": SOURCE,
        "factors": FACTORS,
    }
    return AreaTwin(**plain | changes)


def joint():
    """Write the covariance of claims and leanings out by hand."""
    walk = FIRST_SD**2 + DAILY_SD**2 * np.minimum.outer(DAY, DAY)
    general, own = np.zeros((6, 5)), np.zeros((6, 3))
    for claim in range(6):
        general[claim, SOURCE[claim]] = own[claim, SOURCE[claim]] = 1
        for factor in FACTORS[claim]:
            if factor >= 0:
                general[claim, 3 + factor] = 1
    spread = np.diag(GENERAL_SD**2)
    seen = walk + general @ spread @ general.T + IN_AREA_SD**2 * own @ own.T
    return seen + np.diag(1 / PRECISION), general, own, spread


def test_general_leanings_equal_conditioning_by_hand():
    """Information from the area and the prior give the posterior of the joint distribution."""
    seen, general, _, spread = joint()
    gain = spread @ general.T @ np.linalg.inv(seen)

    precision, pull = twin().about_shared(IN_AREA_SD)

    covariance = np.linalg.inv(precision + np.linalg.inv(spread))
    assert covariance @ pull == pytest.approx(gain @ VALUES)
    assert covariance == pytest.approx(spread - gain @ general @ spread)


def test_leanings_in_the_area_equal_conditioning_by_hand():
    """A claimant's leaning here is its general one and what this area adds."""
    seen, general, own, spread = joint()
    precision, pull = twin().about_shared(IN_AREA_SD)
    covariance = np.linalg.inv(precision + np.linalg.inv(spread))

    mean = twin().mean_leanings(IN_AREA_SD, covariance @ pull)
    variance = twin().leaning_covariance(IN_AREA_SD, covariance)

    here = np.concatenate([spread[:3], spread[3:]]) @ general.T
    here[:3] += IN_AREA_SD**2 * own.T
    prior = spread.copy()
    prior[:3, :3] += IN_AREA_SD**2 * np.eye(3)
    gain = here @ np.linalg.inv(seen)
    assert mean == pytest.approx(gain @ VALUES)
    assert variance == pytest.approx(prior - gain @ here.T)


def test_sizes_equal_conditioning_by_hand():
    """Given the leanings, the sizes are those of an exact smoother of a random walk."""
    walk = FIRST_SD**2 + DAILY_SD**2 * np.minimum.outer(DAY, DAY)
    gain = walk @ np.linalg.inv(walk + np.diag(1 / PRECISION))

    mean, variance = twin().levels(np.full(6, 0.05))

    assert mean == pytest.approx(gain @ (VALUES - 0.05))
    assert variance == pytest.approx(np.diag(walk - gain @ walk))


def test_one_day_is_enough():
    """All claims on a single day make no singular system."""
    mean, variance = twin(day=np.zeros(6, int)).levels(np.zeros(6))

    assert mean[0] == pytest.approx(np.average(VALUES, weights=PRECISION), abs=1e-3)
    assert variance[0] == pytest.approx(1 / (PRECISION.sum() + 1 / FIRST_SD**2))
