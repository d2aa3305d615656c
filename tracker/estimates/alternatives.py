"""The same area as it would look from only some of its claims, all runs side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tracker.estimates.flows import smooth_with_flows
from tracker.estimates.grid import Floats, Masses, widened_quantiles
from tracker.estimates.model import Fit, increments_on, observation_logs
from tracker.estimates.setting import Setting, chain_of, priors_of
from tracker.estimates.twin import Ints

REACH_DAYS = 90
"""Claims this far after the day, and twice as far before it, are looked at."""
_CUTS = np.array([0.05, 0.5, 0.95])


@dataclass(frozen=True, kw_only=True, slots=True)
class Runs:
    """What each run gives.

    Parameters
    ----------
    cuts : ndarray of shape (runs, 3)
        Log sizes at 5, 50 and 95 % on the day.
    on_day : ndarray of shape (runs, cells + 1)
        Smoothed distributions of the day, before the shared error.
    sizes : ndarray of shape (days, runs, cells + 1)
        The same of every day of the window.
    """

    cuts: Floats
    on_day: Masses
    sizes: Masses


class Alternatives:
    """Runs of one area's chain around a day, with the weights and leanings of a fitted model.

    The runs see the area alone, before it is joined with its total or its parts.

    Parameters
    ----------
    fitted : Fit
        The fitted model.
    setting : Setting
        What it was fitted with.
    area : int
        Index of the area.
    day : int
        Days since the first day of the model.
    """

    def __init__(self, fitted: Fit, setting: Setting, area: int, day: int) -> None:
        data = fitted.encoded.data
        self._fitted, self._setting, self._area = fitted, setting, area
        self._first = max(0, day - 2 * REACH_DAYS)
        self._last = min(len(fitted.path.sizes) - 1, day + REACH_DAYS)
        self._day = day - self._first
        inside = (data.area == area) & (fitted.encoded.weight > 0)
        near = (data.day >= self._first) & (data.day <= self._last)
        self.window: Ints = np.flatnonzero(inside & near)
        self.days: Ints = data.day[self.window] - self._first
        self._logs = observation_logs(fitted.grid, fitted.encoded, fitted.leanings, self.window)

    def run(self, keep: NDArray[np.bool_]) -> Runs:
        """Run the chain once per choice of claims.

        Parameters
        ----------
        keep : ndarray of shape (runs, len(window))
            Which claims of the window each run sees.

        Returns
        -------
        Runs
            One per choice.
        """
        fitted, grid = self._fitted, self._fitted.grid
        shape = (self._last - self._first + 1, len(keep), grid.cells + 1)
        table = np.zeros(shape, np.float32)
        for claim, day in enumerate(self.days):
            table[day, keep[:, claim]] += self._logs[claim]
        table -= table.max(axis=2, keepdims=True)
        baseline = self._setting.baseline(fitted.area_ids[self._area])
        prior = priors_of([baseline], grid, self._setting, fitted.target)
        sizes = self._smoothed(prior, np.exp(table))
        shared = fitted.shared.in_area_sd[self._first + self._day, self._area]
        spread = np.full(len(keep), shared)
        cuts = widened_quantiles(grid, sizes[self._day], _CUTS, spread)
        return Runs(cuts=cuts, on_day=sizes[self._day], sizes=sizes)

    def _smoothed(self, prior: Floats, likelihoods: Masses) -> Masses:
        fitted, setting = self._fitted, self._setting
        chain = chain_of(fitted.grid, setting, fitted.target, fitted.usual[[self._area]])
        runs = likelihoods.shape[1]
        increments = increments_on(
            setting,
            fitted.target,
            fitted.area_ids[self._area],
            fitted.first_day + timedelta(days=self._first),
            len(likelihoods),
        )
        if increments is None:
            return chain.smooth(np.repeat(prior, runs, axis=0), likelihoods).sizes
        paths = [
            smooth_with_flows(chain, prior[0], likelihoods[:, run], increments).sizes
            for run in range(runs)
        ]
        return np.concatenate(paths, axis=1)
