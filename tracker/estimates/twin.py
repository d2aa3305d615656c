"""A Gaussian twin of the chain: fast enough to learn what is shared between claims.

The size of an area is a random walk in the logarithm, each claim a normal measurement of it plus
the leaning of its claimant in this area and the errors of its unit and scope factors. The twin
serves to learn those; it is never shown.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import solveh_banded
from scipy.linalg.lapack import dpttrf

from tracker.estimates.grid import Floats

Ints = NDArray[np.int64]

DAILY_SD = 0.05
"""Standard deviation of the daily step: one figure for drift, jumps and diffusion together."""
FIRST_SD = 2.0
"""Standard deviation of the first day's log size."""


class AreaTwin:
    """The claims on one area, with its sizes integrated out.

    Parameters
    ----------
    day : ndarray of shape (n,)
        Day that each claim measures.
    values : ndarray of shape (n,)
        Measured log sizes, less the mean of the first day.
    precision : ndarray of shape (n,)
        Inverse variance of each; 0 leaves it out.
    source : ndarray of shape (n,)
        Claimant of each.
    factors : ndarray of shape (n, 2)
        Unit and scope factor of each; -1 for none.
    """

    def __init__(
        self, *, day: Ints, values: Floats, precision: Floats, source: Ints, factors: Ints
    ) -> None:
        self._values, self._precision = values, precision
        self._days, self._place = np.unique(day, return_inverse=True)
        self.sources, local = np.unique(source, return_inverse=True)
        self.used_factors = np.unique(factors[factors >= 0])
        self._columns = [local]
        for column in factors.T:
            place = len(self.sources) + np.searchsorted(self.used_factors, column)
            self._columns.append(np.where(column >= 0, place, -1))
        self._banded = self._level_precision()
        self._about_levels = self._cross()
        self._solve_leanings()

    def _level_precision(self) -> Floats:
        gaps = np.diff(self._days)
        step = 1 / (DAILY_SD**2 * gaps)
        diagonal = np.bincount(self._place, self._precision, len(self._days)).astype(np.float64)
        diagonal[0] += 1 / FIRST_SD**2
        diagonal[1:] += step
        diagonal[:-1] += step
        return np.stack([diagonal, np.append(-step, 0.0)])

    def _solve(self, right: Floats) -> Floats:
        if len(self._days) == 1:  # the solver needs two unknowns
            return np.asarray(right / self._banded[0, 0])
        solution = solveh_banded(self._banded, right, lower=True, check_finite=False)
        return np.asarray(solution)

    def _cross(self) -> sparse.csr_array:
        # How the claims of each leaning bear on the size of each day.
        rows = np.concatenate([self._place[column >= 0] for column in self._columns])
        columns = np.concatenate([column[column >= 0] for column in self._columns])
        weight = np.concatenate([self._precision[column >= 0] for column in self._columns])
        shape = (len(self._days), len(self.sources) + len(self.used_factors))
        return sparse.csr_array((weight, (rows, columns)), shape=shape)

    def _solve_leanings(self) -> None:
        width = self._about_levels.shape[1]
        within, pull = np.zeros(width * width), np.zeros(width)
        weighted = self._precision * self._values
        for one in self._columns:
            pull += np.bincount(one[one >= 0], weighted[one >= 0], width)
            for other in self._columns:
                both = (one >= 0) & (other >= 0)
                pair = one[both] * width + other[both]
                within += np.bincount(pair, self._precision[both], width * width)
        through = self._solve(self._about_levels.toarray(order="F"))
        by_day = np.bincount(self._place, weighted, len(self._days)).astype(np.float64)
        crossed = np.asarray(self._about_levels.T @ through)
        self._information = within.reshape(width, width) - crossed
        self._pull = pull - through.T @ by_day
        self._inverse: Floats | None = None

    def _blocks(self, in_area_sd: float) -> tuple[Floats, Floats, Floats, Floats]:
        count = len(self.sources)
        if self._inverse is None:
            tied = self._information[:count, :count] + np.eye(count) / in_area_sd**2
            self._inverse = np.asarray(np.linalg.inv(tied), dtype=np.float64)
        cross = self._information[:count, count:]
        return self._inverse, cross, self._pull[:count], self._pull[count:]

    def about_shared(self, in_area_sd: float) -> tuple[Floats, Floats]:
        """Say what the area's claims tell of leanings that hold everywhere.

        Parameters
        ----------
        in_area_sd : float
            Spread of a claimant's leaning in one area around its general one, log units.

        Returns
        -------
        precision : ndarray of shape (sources + factors, sources + factors)
            Information on the general leanings and the factors.
        pull : ndarray of shape (sources + factors,)
            Information times value.
        """
        inverse, cross, pull, factor_pull = self._blocks(in_area_sd)
        count, tie = len(self.sources), 1 / in_area_sd**2
        factor_block = self._information[count:, count:] - cross.T @ inverse @ cross
        link = tie * inverse @ cross
        precision = np.block(
            [[tie * np.eye(count) - tie**2 * inverse, link], [link.T, factor_block]]
        )
        return precision, np.concatenate(
            [tie * inverse @ pull, factor_pull - cross.T @ inverse @ pull]
        )

    def mean_leanings(self, in_area_sd: float, mean: Floats) -> Floats:
        """Work out the leanings in this area from the general ones.

        Parameters
        ----------
        in_area_sd : float
            As for `about_shared`.
        mean : ndarray of shape (sources + factors,)
            General leanings and errors of the factors that occur here.

        Returns
        -------
        ndarray of shape (sources + factors,)
            Leanings of the claimants here, then errors of the factors, log units.
        """
        inverse, cross, pull, _ = self._blocks(in_area_sd)
        count = len(self.sources)
        here = inverse @ (mean[:count] / in_area_sd**2 - cross @ mean[count:] + pull)
        return np.concatenate([here, mean[count:]])

    def leaning_covariance(self, in_area_sd: float, covariance: Floats) -> Floats:
        """Work out how uncertain the leanings in this area are.

        Parameters
        ----------
        in_area_sd : float
            As for `about_shared`.
        covariance : ndarray
            Of the general leanings and the factors that occur here.

        Returns
        -------
        ndarray of shape (sources + factors, sources + factors)
            Covariance of what `mean_leanings` returns.
        """
        inverse, _, _, _ = self._blocks(in_area_sd)
        carry, count = self.carry(in_area_sd), len(self.sources)
        result = carry @ covariance @ carry.T
        result[:count, :count] += inverse
        return np.asarray(result)

    def carry(self, in_area_sd: float) -> Floats:
        """Say how the general leanings act in this area.

        Parameters
        ----------
        in_area_sd : float
            As for `about_shared`.

        Returns
        -------
        ndarray of shape (sources + factors, sources + factors)
            `[here, in general]`: change of what `mean_leanings` returns with the general
            leanings and the factors that occur here.
        """
        inverse, cross, _, _ = self._blocks(in_area_sd)
        count, factors = len(self.sources), len(self.used_factors)
        through = np.concatenate([inverse / in_area_sd**2, -inverse @ cross], axis=1)
        keep = np.concatenate([np.zeros((factors, count)), np.eye(factors)], axis=1)
        return np.concatenate([through, keep])

    def among(self, sources: int) -> Ints:
        """Find the places of this area's leanings among those of all.

        Parameters
        ----------
        sources : int
            Number of all claimants; the factors are numbered after them.

        Returns
        -------
        ndarray of shape (sources + factors,)
            Places of the claimants and factors that occur here.
        """
        return np.concatenate([self.sources, sources + self.used_factors])

    def offsets(self, leanings: Floats) -> Floats:
        """Add up the leanings of each claim.

        Parameters
        ----------
        leanings : ndarray of shape (sources + factors,)
            As `mean_leanings` returns them.

        Returns
        -------
        ndarray of shape (n,)
            Log units.
        """
        padded = np.append(leanings, 0.0)  # -1 picks the zero
        return np.asarray(sum(padded[column] for column in self._columns))

    def levels(self, offset: Floats) -> tuple[Floats, Floats]:
        """Smooth the sizes, given the leanings.

        Parameters
        ----------
        offset : ndarray of shape (n,)
            Leanings of each claim.

        Returns
        -------
        mean, variance : ndarray of shape (n,)
            Of the log size on the day of each claim, less the mean of the first day.
        """
        pull = self._precision * (self._values - offset)
        by_day = np.bincount(self._place, pull, len(self._days)).astype(np.float64)
        mean = self._solve(by_day)
        return mean[self._place], self._level_variance()[self._place]

    def _level_variance(self) -> Floats:
        # The diagonal of the inverse of a tridiagonal matrix follows from its two sequences of
        # pivots, from the first day on and from the last day back.
        diagonal, beside = self._banded[0], self._banded[1, :-1]
        if len(diagonal) == 1:
            return np.asarray(1 / diagonal)
        forward, _, _ = dpttrf(diagonal, beside)
        backward, _, _ = dpttrf(diagonal[::-1], beside[::-1])
        return np.asarray(1 / (forward + backward[::-1] - diagonal))
