"""A Gaussian twin of the chain: fast enough to learn what is shared between claims.

The size of each area is a random walk in the logarithm, each claim a normal measurement of it.
The twin serves to estimate house effects and reporting errors; it is never shown.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solveh_banded

from tracker.estimates.grid import Floats

Ints = NDArray[np.int64]

DAILY_SD = 0.04
"""Standard deviation of the daily step: one figure for drift, jumps and diffusion together."""
FIRST_SD = 2.0
"""Standard deviation of the first day's log size."""


class Twin:
    """Kalman smoother of several areas, written as one banded linear system.

    Parameters
    ----------
    days, areas : int
        Size of the model.
    area, day : ndarray of shape (n,)
        Where and when each claim measures, counted from 0.
    first_mean : float
        Mean log size on the first day.
    """

    def __init__(self, *, days: int, areas: int, area: Ints, day: Ints, first_mean: float) -> None:
        self._days, self._areas = days, areas
        self._cell = area * days + day
        self._first_mean = first_mean

    def smooth(self, values: Floats, precision: Floats) -> tuple[Floats, Floats]:
        """Smooth measurements.

        Parameters
        ----------
        values : ndarray of shape (n,)
            Measured log sizes.
        precision : ndarray of shape (n,)
            Inverse variance of each; 0 leaves it out.

        Returns
        -------
        mean, variance : ndarray of shape (n,)
            Of the log size where and when each claim measures.
        """
        cells = self._days * self._areas
        diagonal = np.bincount(self._cell, precision, cells).astype(np.float64)
        diagonal = diagonal.reshape(self._areas, self._days)
        right = np.bincount(self._cell, precision * values, cells).astype(np.float64)
        right = right.reshape(self._areas, self._days)
        step = 1 / DAILY_SD**2
        if self._days > 1:
            diagonal[:, 1:] += step
            diagonal[:, :-1] += step
        diagonal[:, 0] += 1 / FIRST_SD**2
        right[:, 0] += self._first_mean / FIRST_SD**2
        coupling = np.full((self._areas, self._days), -step)
        coupling[:, -1] = 0
        banded = np.stack([diagonal.ravel(), coupling.ravel()])
        mean = solveh_banded(banded, right.ravel(), lower=True, check_finite=False)
        return mean[self._cell], self._variances(diagonal, step).ravel()[self._cell]

    def _variances(self, diagonal: Floats, step: float) -> Floats:
        # Diagonal of the inverse of a tridiagonal matrix from its two continued fractions.
        forward, backward = diagonal.copy(), diagonal.copy()
        for day in range(1, self._days):
            forward[:, day] -= step**2 / forward[:, day - 1]
            backward[:, -1 - day] -= step**2 / backward[:, -day]
        return np.asarray(1 / (forward + backward - diagonal))
