"""Sums of independent sizes on the log grid, exact up to the width of a cell.

A cell is an atom at zero or a log size. The sum of sizes i and j = i - lag lies a fixed distance
above the larger one that depends on the lag alone, so all pairs of one lag move together. Where
the lag is so long that the distance is below one cell, all longer lags are summed at once.
"""

from __future__ import annotations

import numpy as np

from tracker.estimates.grid import Floats, SizeGrid


class Sums:
    """Add independent sizes, and trace what a known sum says of a summand.

    Parameters
    ----------
    grid : SizeGrid
        The grid that all distributions lie on.
    """

    def __init__(self, grid: SizeGrid) -> None:
        rise = np.log1p(np.exp(-np.arange(grid.cells) * grid.step)) / grid.step
        self._near = int((rise >= 1).sum())
        self._whole = rise[: self._near].astype(int)
        self._part = rise[: self._near] - self._whole
        self._step = grid.step
        self._size = np.exp(np.arange(grid.cells) * grid.step)

    def _below(self, smaller: Floats) -> tuple[Floats, Floats]:
        # Sum what lies far below each cell: its mass, and its mass times the rise.
        mass = _shifted(np.cumsum(smaller, axis=1), self._near)
        # log(1 + u) = u - u^2/2 + ..., and every power of u is an exponential of the lag.
        rise = np.zeros_like(smaller)
        for power in (1, 2):
            scale = self._size**power
            far = _shifted(np.cumsum(smaller * scale, axis=1), self._near)
            rise += (-1) ** (power + 1) / power / self._step * far / scale
        return mass, rise

    def _above(self, larger: Floats, gained: Floats) -> tuple[Floats, Floats]:
        # Sum over what lies far above each cell: the transpose of `_below`.
        mass = _shifted(np.cumsum(larger[:, ::-1], axis=1), self._near)[:, ::-1]
        rise = np.zeros_like(gained)
        for power in (1, 2):
            scale = self._size**power
            far = _shifted(np.cumsum((gained / scale)[:, ::-1], axis=1), self._near)[:, ::-1]
            rise += (-1) ** (power + 1) / power / self._step * far * scale
        return mass, rise

    def add(self, one: Floats, other: Floats) -> Floats:
        """Distribute the sum of two independent sizes.

        Parameters
        ----------
        one, other : ndarray of shape (days, cells + 1)
            Distributions.

        Returns
        -------
        ndarray of shape (days, cells + 1)
            Distribution of the sum; what exceeds the grid stays in its last cell.
        """
        total = one[:, :1] * other + other[:, :1] * one
        total[:, 0] = one[:, 0] * other[:, 0]
        a, b = one[:, 1:], other[:, 1:]
        into = total[:, 1:]
        for lag, (whole, part) in enumerate(zip(self._whole, self._part, strict=True)):
            pairs = a[:, lag:] * b[:, : b.shape[1] - lag]
            if lag:
                pairs += b[:, lag:] * a[:, : a.shape[1] - lag]
            _pour(into, pairs * (1 - part), lag + whole)
            _pour(into, pairs * part, lag + whole + 1)
        for larger, smaller in ((a, b), (b, a)):
            mass, rise = self._below(smaller)
            moved = larger * rise
            into += larger * mass - moved
            _pour(into, moved, 1)
        return np.asarray(total)

    def trace(self, other: Floats, sum_likelihood: Floats) -> Floats:
        """Say how likely each size of a summand makes what is known of the sum.

        Parameters
        ----------
        other : ndarray of shape (days, cells + 1)
            Distribution of the other summand.
        sum_likelihood : ndarray of shape (days, cells + 1)
            Likelihood of the sum.

        Returns
        -------
        ndarray of shape (days, cells + 1)
            Likelihood of the summand.
        """
        likelihood = other[:, :1] * sum_likelihood
        likelihood[:, 0] = (other * sum_likelihood).sum(axis=1)
        b, wanted = other[:, 1:], sum_likelihood[:, 1:]
        into = likelihood[:, 1:]
        cells = b.shape[1]
        above = np.concatenate([wanted[:, 1:], wanted[:, -1:]], axis=1)
        for lag, (whole, part) in enumerate(zip(self._whole, self._part, strict=True)):
            reached = _drawn(wanted, lag + whole, cells - lag) * (1 - part)
            reached += _drawn(wanted, lag + whole + 1, cells - lag) * part
            into[:, lag:] += b[:, : cells - lag] * reached
            if lag:
                into[:, : cells - lag] += b[:, lag:] * reached
        mass, rise = self._below(b)
        into += mass * wanted + rise * (above - wanted)
        mass, rise = self._above(b * wanted, b * (above - wanted))
        into += mass + rise
        return np.asarray(likelihood)


def _pour(into: Floats, mass: Floats, start: int) -> None:
    # Add mass from a cell on; what lies beyond the last cell goes into it.
    room = into.shape[1] - start
    if room <= 0:
        into[:, -1] += mass.sum(axis=1)
        return
    into[:, start:] += mass[:, :room]
    into[:, -1] += mass[:, room:].sum(axis=1)


def _drawn(wanted: Floats, start: int, length: int) -> Floats:
    # The cells from `start` on, the last one repeated beyond the end.
    cells = np.minimum(np.arange(start, start + length), wanted.shape[1] - 1)
    return np.asarray(wanted[:, cells])


def _shifted(values: Floats, cells: int) -> Floats:
    # Move values up by some cells; nothing comes in from below.
    result = np.zeros_like(values)
    result[:, cells:] = values[:, : values.shape[1] - cells]
    return result
