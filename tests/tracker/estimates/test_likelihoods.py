"""The likelihood of a claim says what its words say, and never rules anything out."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims import Measure
from tracker.errors import InvalidValueError
from tracker.estimates.grid import SizeGrid
from tracker.estimates.likelihoods import (
    LEAST,
    gross_error_probability,
    log_likelihoods,
    overshot,
    well_beyond,
)
from tracker.estimates.readings import MAGNITUDES, read_measure
from tracker.vocabulary import Qualifier, Unit

GRID = SizeGrid(low=30, high=1_200_000)
POINTS = (Qualifier.EXACT, Qualifier.ABOUT)
FLOORS = (Qualifier.MORE_THAN, Qualifier.AT_LEAST, Qualifier.WELL_OVER)
CEILINGS = (Qualifier.UP_TO, Qualifier.AS_MANY_AS, Qualifier.NEARLY)


def read(qualifier, number=100_000, **fields):
    """Read a number with a qualifier."""
    stated = {} if qualifier in MAGNITUDES or "low" in fields else {"best": number}
    return read_measure(Measure(qualifier=qualifier, unit=Unit.PERSONNEL, **stated, **fields))


def curve(reading, sd=0.15, offset=0.0):
    """Evaluate one reading: likelihood of zero, then of every cell."""
    return log_likelihoods(GRID, [reading], np.array([sd]), np.array([offset]))[0]


def peak(reading, **error):
    """Find the size that a reading fits best."""
    return math.exp(GRID.log_sizes[curve(reading, **error)[1:].argmax()])


@pytest.mark.parametrize("qualifier", POINTS)
def test_a_point_peaks_at_its_number(qualifier):
    """'100,000' and 'about 100,000' fit 100,000 best."""
    assert peak(read(qualifier)) == pytest.approx(100_000, rel=0.05)


@pytest.mark.parametrize("qualifier", FLOORS)
def test_a_floor_leans_above_its_number(qualifier):
    """'More than 100,000' fits 120,000 better than 85,000."""
    likelihood = np.interp(np.log([85_000, 120_000]), GRID.log_sizes, curve(read(qualifier))[1:])

    assert likelihood[1] > likelihood[0] + 0.5


@pytest.mark.parametrize("qualifier", CEILINGS)
def test_a_ceiling_leans_below_its_number(qualifier):
    """'Up to 100,000' fits 88,000 better than 125,000."""
    likelihood = np.interp(np.log([88_000, 125_000]), GRID.log_sizes, curve(read(qualifier))[1:])

    assert likelihood[0] > likelihood[1] + 0.5


def test_about_is_wider_than_exact():
    """A hedge spreads the likelihood of the same number."""
    far = np.log(130_000)

    hedged, bare = (np.interp(far, GRID.log_sizes, curve(read(q))[1:]) for q in reversed(POINTS))

    assert hedged > bare


@given(
    qualifier=st.sampled_from([*FLOORS, Qualifier.AT_MOST, Qualifier.FEWER_THAN]),
    number=st.integers(100, 1_000_000),
    sd=st.floats(0.05, 0.6),
)
def test_a_bare_bound_is_monotone(qualifier, number, sd):
    """Stripped of what it hints at, a bound prefers no size inside it to another."""
    reading = read(qualifier, number).bare()

    steps = np.diff(curve(reading, sd=sd)[1:]) * reading.direction

    assert steps.min() > -1e-4


@given(
    qualifier=st.sampled_from([*POINTS, *FLOORS, *CEILINGS, *MAGNITUDES, Qualifier.NONE]),
    number=st.one_of(st.integers(1, 50_000_000), st.floats(0.01, 5e7)),
    sd=st.floats(0.02, 2),
    offset=st.floats(-8, 8),
)
def test_no_claim_rules_a_size_out(qualifier, number, sd, offset):
    """Whatever is said, every size keeps a finite likelihood above the floor, and one is best."""
    likelihood = curve(read(qualifier, number), sd=sd, offset=offset)

    assert np.isfinite(likelihood).all()
    assert likelihood.min() >= math.log(LEAST) - 0.01
    assert likelihood.max() == pytest.approx(0, abs=1e-3)


def test_nobody_there_is_most_likely_where_somebody_says_so():
    """'None' prefers zero to any force; a number prefers the force."""
    assert curve(read(Qualifier.NONE))[0] == pytest.approx(0, abs=1e-3)
    assert curve(read(Qualifier.EXACT))[0] < -5


@pytest.mark.parametrize("scale", [0.05, 0.3, 1.0])
@pytest.mark.parametrize("density", [overshot, well_beyond])
def test_bounds_are_densities_of_the_bound(density, scale):
    """Over all bounds that could have been stated, the probabilities sum to 1."""
    distance = np.linspace(-4, 30, 200_001)

    total = np.trapezoid(density(distance, np.array(0.2), np.array(scale)), distance)

    assert total == pytest.approx(1, abs=1e-4)


def test_a_claim_far_from_all_others_is_probably_a_gross_error():
    """400,000 against a size of about 100,000 is; 110,000 is not."""
    others = GRID.lognormal(100_000, 0.1, 0.0)

    far, near = (
        gross_error_probability(GRID, read(Qualifier.EXACT, number), 0.15, 0.0, others)
        for number in (400_000, 110_000)
    )

    assert far > 0.95
    assert near < 0.1


@pytest.mark.parametrize(("sd", "offset"), [(math.nan, 0.0), (0.1, math.inf), (0.0, 0.0)])
def test_an_error_that_is_no_number_is_refused(sd, offset):
    """NaN, infinity and an error of zero do not enter the model."""
    with pytest.raises(InvalidValueError, match="a claim's error"):
        curve(read(Qualifier.EXACT), sd=sd, offset=offset)
