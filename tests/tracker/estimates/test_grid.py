"""Distributions over the log grid give back the quantiles that were put in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from tracker.errors import InvalidValueError
from tracker.estimates.grid import SizeGrid, moments, quantiles, widened_quantiles

GRID = SizeGrid(low=30, high=1_200_000)
CUTS = np.array([0.05, 0.25, 0.5, 0.75, 0.95])


@given(median=st.floats(500, 100_000), log_sd=st.floats(0.15, 0.8))
def test_quantiles_of_a_lognormal_are_its_own(median, log_sd):
    """Reading quantiles off the grid agrees with the closed form within a fifth of a cell."""
    mass = GRID.lognormal(median, log_sd, 0.0)

    found = quantiles(GRID, mass, CUTS)

    expected = np.log(median) + log_sd * ndtri(CUTS)
    assert np.abs(found - expected).max() < GRID.step / 5


def test_quantiles_below_the_atom_are_zero():
    """Where nobody is there with 30 % probability, the lowest quantiles are zero."""
    mass = GRID.lognormal(5_000, 0.3, 0.3)

    sizes = np.exp(quantiles(GRID, mass, CUTS))

    assert list(sizes[:2]) == [0, 0]
    assert 1_000 < sizes[2] < 5_000


@given(extra=st.floats(0.01, 0.6), log_sd=st.floats(0.15, 0.6))
def test_an_added_error_widens_as_variances_add(extra, log_sd):
    """For a normal distribution the widened quantiles are exact."""
    mass = GRID.lognormal(10_000, log_sd, 0.0)

    found = widened_quantiles(GRID, mass, CUTS, np.array(extra))

    expected = np.log(10_000) + np.hypot(log_sd, extra) * ndtri(CUTS)
    assert np.abs(found - expected).max() < GRID.step / 4


def test_moments_of_a_lognormal_are_its_own():
    """Mean and variance of the log size ignore the atom at zero."""
    mean, variance = moments(GRID, GRID.lognormal(10_000, 0.4, 0.2))

    assert mean == pytest.approx(np.log(10_000), abs=1e-3)
    assert variance == pytest.approx(0.16, abs=1e-3)


@pytest.mark.parametrize(
    ("bounds", "word"),
    [
        ({"low": 0, "high": 5}, "cannot run"),
        ({"low": 1, "high": float("nan")}, "cannot run"),
        ({"low": 1, "high": 9, "cells": 3}, "16 cells"),
    ],
)
def test_an_impossible_grid_is_refused(bounds, word):
    """Bounds that are no sizes and too few cells are named."""
    with pytest.raises(InvalidValueError, match=word):
        SizeGrid(**bounds)
