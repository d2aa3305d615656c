"""Sums of sizes on the log grid agree with sums of samples."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.estimates.grid import SizeGrid, quantiles
from tracker.estimates.sums import Sums

GRID = SizeGrid(low=30, high=1_200_000)
SUMS = Sums(GRID)
CUTS = np.array([0.1, 0.5, 0.9])
sizes = st.tuples(st.floats(200, 100_000), st.floats(0.1, 1.0), st.floats(0, 0.4))


def draw(rng, mass, count=40_000):
    """Draw sizes from a distribution over the grid."""
    cells = rng.choice(len(mass), count, p=mass / mass.sum())
    return np.where(cells == 0, 0, np.exp(np.append(0, GRID.log_sizes)[cells]))


@settings(max_examples=15)
@given(sizes, sizes)
def test_a_sum_has_the_quantiles_of_the_summed_samples(one, other):
    """Exact sums and sampled sums agree to a cell."""
    a, b = GRID.lognormal(*one), GRID.lognormal(*other)
    rng = np.random.default_rng(0)

    exact = np.exp(quantiles(GRID, SUMS.add(a[None], b[None])[0], CUTS))

    sampled = np.quantile(draw(rng, a) + draw(rng, b), CUTS)
    assert np.abs(np.log((exact + 1) / (sampled + 1))).max() < 0.1 or sampled.min() == 0


@settings(max_examples=20)
@given(sizes, sizes, st.integers(0, 2**32 - 1))
def test_tracing_is_the_transpose_of_adding(one, other, seed):
    """The probability of what is known of a sum is the same from either side."""
    a, b = GRID.lognormal(*one)[None], GRID.lognormal(*other)[None]
    known = np.random.default_rng(seed).uniform(0, 1, (1, GRID.cells + 1))

    forward = (SUMS.add(a, b) * known).sum()

    assert (a * SUMS.trace(b, known)).sum() == pytest.approx(forward, rel=1e-9)


def test_a_sum_keeps_all_mass_even_at_the_edge():
    """What exceeds the grid stays in its last cell."""
    large = GRID.lognormal(1_000_000, 0.3, 0.0)[None]

    total = SUMS.add(large, large)

    assert total.sum() == pytest.approx(1)
    assert total[0, -1] > 0.9
