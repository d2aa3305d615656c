"""Sums of sizes on the log grid agree with sums of samples."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.estimates.grid import SizeGrid
from tracker.estimates.sums import Sums

GRID = SizeGrid(low=30, high=1_200_000)
SUMS = Sums(GRID)
sizes = st.tuples(st.floats(200, 100_000), st.floats(0.1, 1.0), st.floats(0, 0.4))


def draw(rng, mass, count=40_000):
    """Draw sizes from a distribution over the grid."""
    cells = rng.choice(len(mass), count, p=mass / mass.sum())
    return np.where(cells == 0, 0, np.exp(np.append(0, GRID.log_sizes)[cells]))


@settings(max_examples=15)
@given(sizes, sizes)
def test_a_sum_is_distributed_like_the_summed_samples(one, other):
    """Exact and sampled cumulated probabilities agree to a cell and the noise of the samples."""
    a, b = GRID.lognormal(*one), GRID.lognormal(*other)
    rng = np.random.default_rng(0)
    sampled = np.sort(draw(rng, a) + draw(rng, b))

    exact = np.cumsum(SUMS.add(a[None], b[None])[0])

    edges = np.exp(GRID.log_sizes[1:-2] + GRID.step / 2)
    below = np.searchsorted(sampled, edges) / len(sampled)
    assert np.all(exact[1:-3] - 0.01 <= below)
    assert np.all(below <= exact[3:-1] + 0.01)


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
