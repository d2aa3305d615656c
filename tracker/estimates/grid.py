"""The log-size grid on which the strength of an area is a distribution, with an atom at zero."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tracker.errors import InvalidValueError

Floats = NDArray[np.float64]
Masses = NDArray[np.float32]

_ROWS = 1024
"""Distributions worked on at a time, to stay in the processor's cache."""
CELLS = 160
"""Cells between the smallest and the largest size; scores do not change from 96 to 256 cells
(`docs/method/estimates.md`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SizeGrid:
    """Cells of equal width in the logarithm of a size, after one cell for 'nobody is there'.

    A distribution over it is an array whose last axis has `cells + 1` entries: the atom at zero,
    then the cells in ascending order.

    Parameters
    ----------
    low, high : float
        Centres of the first and last cell, in the unit that is estimated.
    cells : int
        Number of cells above zero.

    Raises
    ------
    InvalidValueError
        Where the bounds are not finite and ascending, or fewer than 16 cells are asked for.
    """

    low: float
    high: float
    cells: int = CELLS

    def __post_init__(self) -> None:
        if not (0 < self.low < self.high < math.inf):
            raise InvalidValueError(f"a grid cannot run from {self.low} to {self.high}.")
        if self.cells < 16:
            raise InvalidValueError("a grid needs at least 16 cells.")

    @property
    def log_sizes(self) -> Floats:
        """Natural logarithm of the centre of each cell above zero, ascending."""
        return np.linspace(math.log(self.low), math.log(self.high), self.cells)

    @property
    def step(self) -> float:
        """Width of a cell in log units."""
        return math.log(self.high / self.low) / (self.cells - 1)

    def lognormal(self, median: float, log_sd: float, p_zero: float) -> Floats:
        """Lay a lognormal distribution with an atom at zero over the grid.

        Parameters
        ----------
        median : float
            Median of the part above zero, in the unit of the grid.
        log_sd : float
            Standard deviation of its logarithm.
        p_zero : float
            Mass of the atom.

        Returns
        -------
        ndarray of shape (cells + 1,)
            Probabilities that sum to 1.
        """
        density = np.exp(-0.5 * ((self.log_sizes - math.log(median)) / log_sd) ** 2)
        return np.concatenate([[p_zero], (1 - p_zero) * density / density.sum()])


def quantiles(grid: SizeGrid, mass: NDArray[np.floating], probabilities: Floats) -> Floats:
    """Read quantiles off distributions over the grid.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    mass : ndarray of shape (..., cells + 1)
        Distributions, not necessarily normalised.
    probabilities : ndarray of shape (q,)
        Ascending, in (0, 1).

    Returns
    -------
    ndarray of shape (..., q)
        Log sizes, interpolated inside cells; minus infinity where the quantile is zero.
    """
    return widened_quantiles(grid, mass, probabilities, np.zeros(mass.shape[:-1]))


def widened_quantiles(
    grid: SizeGrid, mass: NDArray[np.floating], probabilities: Floats, log_sd: Floats
) -> Floats:
    """Read quantiles as if an independent normal error were added to the logarithm.

    Each quantile's distance from the median above zero is added in quadrature to that of the
    error, which is exact for a normal distribution and keeps the order and the skew of any other.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    mass : ndarray of shape (..., cells + 1)
        Distributions, not necessarily normalised.
    probabilities : ndarray of shape (q,)
        Ascending, in (0, 1).
    log_sd : ndarray of shape (...)
        Standard deviation of the error, log units.

    Returns
    -------
    ndarray of shape (..., q)
        Log sizes; minus infinity where the quantile is zero.
    """
    rows = np.asarray(mass).reshape(-1, grid.cells + 1)
    extra_sd = np.broadcast_to(np.asarray(log_sd, dtype=np.float64), mass.shape[:-1]).reshape(-1)
    result = np.empty((len(rows), len(probabilities)))
    for start in range(0, len(rows), _ROWS):
        part = slice(start, start + _ROWS)
        result[part] = _widened(grid, rows[part], probabilities, extra_sd[part])
    return result.reshape(*mass.shape[:-1], len(probabilities))


def _widened(
    grid: SizeGrid, rows: NDArray[np.floating], probabilities: Floats, extra_sd: Floats
) -> Floats:
    cumulated = np.cumsum(rows, axis=1, dtype=np.float64)
    cumulated /= cumulated[:, -1:]
    at_zero = cumulated[:, 0]
    above = 1 - at_zero
    median = _cut(grid, cumulated, at_zero + 0.5 * above)
    result = np.empty((len(rows), len(probabilities)))
    for column, probability in enumerate(probabilities):
        inner = (probability - at_zero) / np.maximum(above, 1e-12)
        distance = _cut(grid, cumulated, np.full(len(rows), probability)) - median
        error = extra_sd * ndtri(np.clip(inner, 1e-9, 1 - 1e-9))
        widened = median + np.sign(distance) * np.hypot(distance, error)
        result[:, column] = np.where(inner > 0, widened, -np.inf)
    return result


def _cut(grid: SizeGrid, cumulated: Floats, targets: Floats) -> Floats:
    # Find where each row's cumulated mass reaches its target, as a log size.
    cell = np.clip((cumulated < targets[:, None]).sum(axis=1), 1, grid.cells)
    row = np.arange(len(cumulated))
    below = cumulated[row, cell - 1]
    inside = (targets - below) / np.maximum(cumulated[row, cell] - below, 1e-12)
    edges = grid.log_sizes + grid.step / 2
    return np.asarray(edges[cell - 1] - grid.step * (1 - np.clip(inside, 0, 1)))


def moments(grid: SizeGrid, mass: NDArray[np.floating]) -> tuple[Floats, Floats]:
    """Return mean and variance of the log size, given that somebody is there.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    mass : ndarray of shape (..., cells + 1)
        Distributions, not necessarily normalised.

    Returns
    -------
    mean, variance : ndarray of shape (...)
        Log units; the variance is at least that of one cell.
    """
    above = np.asarray(mass[..., 1:], dtype=np.float64)
    total = np.maximum(above.sum(axis=-1), 1e-300)
    mean = above @ grid.log_sizes / total
    square = above @ grid.log_sizes**2 / total
    return mean, np.maximum(square - mean**2, grid.step**2 / 12)
