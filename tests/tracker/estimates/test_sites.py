"""Normal stand-ins for words move what is known as the words themselves do."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims import Measure
from tracker.estimates.grid import SizeGrid
from tracker.estimates.likelihoods import log_likelihoods
from tracker.estimates.readings import AT_LEAST, Reading, read_measure
from tracker.estimates.sites import LEAST_PRECISION, sites
from tracker.vocabulary import Qualifier, Unit

FINE = SizeGrid(low=30, high=1_200_000, cells=4_000)
QUALIFIERS = [
    Qualifier.EXACT,
    Qualifier.ABOUT,
    Qualifier.MORE_THAN,
    Qualifier.WELL_OVER,
    Qualifier.AT_LEAST,
    Qualifier.UP_TO,
    Qualifier.NEARLY,
    Qualifier.THOUSANDS,
]


def words(qualifier, number):
    """Read a claim."""
    vague = qualifier is Qualifier.THOUSANDS
    measure = Measure(
        qualifier=qualifier, unit=Unit.PERSONNEL, best=None if vague else float(number)
    )
    return read_measure(measure)


def stand_in(reading, noise_sd, mean, variance):
    """Replace one claim."""
    arrays = (np.array([value]) for value in (noise_sd, mean, variance))
    return sites(np.array([reading], float), *arrays)


def by_quadrature(reading, noise_sd, mean, variance):
    """Weigh what is known by the likelihood of the words, cell by cell."""
    zero = np.zeros(1)
    logs = log_likelihoods(FINE, [reading], zero + noise_sd, zero)[0, 1:].astype(float)
    mass = np.exp(logs - (FINE.log_sizes - mean) ** 2 / (2 * variance))
    mass /= mass.sum()
    found = mass @ FINE.log_sizes
    return found, mass @ (FINE.log_sizes - found) ** 2


@given(
    qualifier=st.sampled_from(QUALIFIERS),
    number=st.integers(2_000, 40_000),
    noise_sd=st.floats(0.05, 0.4),
    apart=st.floats(-1.0, 1.0),
    log_sd=st.floats(0.05, 0.6),
)
def test_a_stand_in_has_the_moments_of_the_words(qualifier, number, noise_sd, apart, log_sd):
    """Where it narrows what is known, mean and variance are those that the words give."""
    reading, variance = words(qualifier, number), log_sd**2
    mean = (reading.low + reading.high) / 2 + apart
    exact_mean, exact_variance = by_quadrature(reading, noise_sd, mean, variance)

    found = stand_in(reading, noise_sd, mean, variance)

    if exact_variance < 0.95 * variance:
        joint = 1 / (1 / variance + found.precision[0])
        joint_mean = joint * (mean / variance + found.precision[0] * found.values[0])
        assert joint_mean == pytest.approx(exact_mean, abs=0.1 * log_sd)
        assert joint == pytest.approx(exact_variance, rel=0.15)


def test_a_number_far_from_all_others_says_nothing():
    """A hundred thousand where three hundred are known is taken for a gross error."""
    found = stand_in(words(Qualifier.EXACT, 100_000), 0.2, math.log(300), 0.01)

    assert found.precision[0] == LEAST_PRECISION
    assert found.sound[0] < 1e-6


def test_a_floor_far_below_says_nothing():
    """More than 1,000 is no news of 50,000, and no error either."""
    bare = Reading(AT_LEAST, math.log(1_000), math.log(1_000)).bare()

    found = stand_in(bare, 0.2, math.log(50_000), 0.04)

    assert found.precision[0] < 0.001
    assert found.sound[0] > 0.9


def test_a_floor_above_what_is_known_lifts_it():
    """More than 20,000 moves 15,000 up."""
    found = stand_in(words(Qualifier.MORE_THAN, 20_000), 0.2, math.log(15_000), 0.09)

    assert found.values[0] > math.log(20_000)
    assert found.precision[0] > 1
