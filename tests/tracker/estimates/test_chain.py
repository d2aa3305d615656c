"""The chain is exact, follows its claims, and nothing can break it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.estimates.chain import BUILDING_UP, DRAWING_DOWN, Chain, Dynamics, transition_matrices
from tracker.estimates.grid import SizeGrid, moments, quantiles

GRID = SizeGrid(low=100, high=100_000, cells=48)
CHAIN = Chain(GRID)
PRIOR = GRID.lognormal(3_000, 1.5, 0.1)[None]


def likelihoods(days, **peaks):
    """Make one area's likelihoods: `d7=5000` says that the size on day 7 is about 5,000."""
    table = np.ones((days, 1, GRID.cells + 1), np.float32)
    for name, size in peaks.items():
        day = int(name[1:])
        table[day, 0, 1:] = np.exp(-0.5 * ((GRID.log_sizes - np.log(size)) / 0.15) ** 2)
        table[day, 0, 0] = 1e-6
    return table


def test_transitions_keep_all_mass():
    """From every state of every regime the probabilities of the next day sum to 1."""
    sums = transition_matrices(GRID, Dynamics()).sum(axis=2)

    assert np.abs(sums - 1).max() < 1e-5


def test_smoothing_equals_the_sum_over_all_paths():
    """On a chain small enough to enumerate, forward-backward gives Bayes' rule exactly."""
    grid = SizeGrid(low=100, high=10_000, cells=16)
    chain = Chain(grid)
    prior = grid.lognormal(1_000, 1.0, 0.1)[None]
    rng = np.random.default_rng(4)
    table = rng.uniform(0.05, 1, (4, 1, 17)).astype(np.float32)

    path = chain.smooth(prior, table)

    assert np.abs(path.sizes[:, 0] - by_enumeration(chain, prior, table)).max() < 1e-5


def by_enumeration(chain, prior, table):
    """Multiply out all paths as one tensor per day, without messages that are normalised."""
    mix = np.full((3, 3), float(chain._switch)) + np.eye(3) * float(chain._stay)
    step = np.einsum("kl,lij->kilj", mix, chain._forward.astype(np.float64)).reshape(51, 51)
    start = (np.array([0.8, 0.1, 0.1])[:, None] * prior).reshape(51)
    seen = np.tile(table[:, 0].astype(np.float64), (1, 3))
    joint = np.einsum(
        "a,ab,bc,cd->abcd", start * seen[0], step * seen[1], step * seen[2], step * seen[3]
    )
    margins = [joint.sum(axis=tuple(d for d in range(4) if d != day)) for day in range(4)]
    sizes = np.array([margin.reshape(3, 17).sum(axis=0) for margin in margins])
    return sizes / sizes.sum(axis=1, keepdims=True)


def test_a_claim_moves_the_days_around_it():
    """The smoothed path passes near the claims and is widest far from them."""
    path = CHAIN.smooth(PRIOR, likelihoods(60, d10=4_000, d30=4_000))

    mean, variance = moments(GRID, path.sizes[:, 0])
    assert np.abs(mean[10:31] - np.log(4_000)).max() < 0.1
    assert variance[59] > variance[20] > variance[10]


@pytest.mark.parametrize(
    ("sizes", "regime"),
    [((2_000, 4_000, 8_000), BUILDING_UP), ((8_000, 4_000, 2_000), DRAWING_DOWN)],
)
def test_a_steady_change_is_named(sizes, regime):
    """Doubling or halving every fortnight twice is recognised as the regime that it is."""
    first, second, third = sizes

    path = CHAIN.smooth(PRIOR, likelihoods(60, d10=first, d28=second, d46=third))

    assert path.regimes[28, 0].argmax() == regime


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 39), st.floats(50, 200_000)), min_size=1, max_size=12))
def test_no_claims_break_the_chain(claims):
    """However claims contradict each other, every probability stays a probability."""
    table = likelihoods(40)
    for day, size in claims:
        table[day] *= likelihoods(40, **{f"d{day}": size})[day]

    path = CHAIN.smooth(PRIOR, table)

    assert np.isfinite(path.sizes).all()
    assert np.abs(path.sizes.sum(axis=2) - 1).max() < 1e-4
    assert np.abs(path.regimes.sum(axis=2) - 1).max() < 1e-4


def test_an_impossible_day_does_not_end_the_model():
    """A day on which every size is impossible leaves the days after it alive."""
    table = likelihoods(30, d20=5_000)
    table[10] = 0

    path = CHAIN.smooth(PRIOR, table)

    median = np.exp(quantiles(GRID, path.sizes[20, 0], np.array([0.5])))
    assert 4_000 < median[0] < 6_000


def test_areas_do_not_touch_each_other():
    """An area's path is the same whether or not another area is modelled beside it."""
    alone = CHAIN.smooth(PRIOR, likelihoods(30, d5=4_000)).sizes
    both = np.concatenate([likelihoods(30, d5=4_000), likelihoods(30, d9=90_000)], axis=1)

    together = CHAIN.smooth(np.repeat(PRIOR, 2, axis=0), both).sizes

    assert np.abs(alone[:, 0] - together[:, 0]).max() < 1e-5


def test_a_long_silence_leads_back_to_what_is_usual():
    """A size far above the usual one comes down in years; without a usual size it stays."""
    usual = np.log([2_000.0, np.nan])
    table = likelihoods(900, d0=20_000).repeat(2, axis=1)

    path = Chain(GRID, usual=usual).smooth(PRIOR.repeat(2, axis=0), table)

    mean, variance = moments(GRID, path.sizes[-1])
    assert mean[0] < np.log(6_000) < mean[1]
    assert variance[0] < variance[1]
    assert path.sizes.sum(axis=2) == pytest.approx(1, abs=1e-4)


def test_turning_back_is_smoothed_exactly():
    """With a usual size, too, forward-backward gives the sum over all paths."""
    grid = SizeGrid(low=100, high=10_000, cells=16)
    chain = Chain(grid, Dynamics(drift=0.2), np.log([700.0]))
    prior = grid.lognormal(1_000, 1.0, 0.1)[None]
    table = np.random.default_rng(5).uniform(0.05, 1, (4, 1, 17)).astype(np.float32)

    path = chain.smooth(prior, table)

    states = np.eye(51, dtype=np.float32).reshape(51, 3, 17).transpose(1, 0, 2)
    wide = Chain(grid, Dynamics(drift=0.2), np.full(1, np.log(700.0)))
    step = wide.step(states).transpose(1, 0, 2).reshape(51, 51).astype(np.float64)
    start = (np.array([0.8, 0.1, 0.1])[:, None] * prior).reshape(51)
    seen = np.tile(table[:, 0].astype(np.float64), (1, 3))
    behind = [np.ones(51)]
    for day in (3, 2, 1):
        behind.insert(0, step @ (seen[day] * behind[0]))
    forward, exact = start * seen[0], []
    for day in range(4):
        joint = (forward * behind[day]).reshape(3, 17).sum(axis=0)
        exact.append(joint / joint.sum())
        forward = forward @ step * seen[min(day + 1, 3)]
    assert np.abs(path.sizes[:, 0] - np.array(exact)).max() < 1e-5
