"""How long a way takes: a distribution from the spread of speeds and the wait before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from geo.errors import InvalidSpeedError

NODES = 41
"""Quantiles of speed, and of the wait, that a distribution is made of."""


@dataclass(frozen=True, kw_only=True)
class TravelTime:
    """Days that a way takes: distance over a log-normal speed, and an exponential wait.

    Parameters
    ----------
    median_km_day : float
        Median of the speed from departure to arrival, stops on the way included.
    log_sd : float
        Standard deviation of its natural logarithm.
    wait_days : float
        Mean wait before it goes on: loading, a free path, another engine.

    Raises
    ------
    InvalidSpeedError
        Where a number is not positive, or the wait negative.
    """

    median_km_day: float
    log_sd: float
    wait_days: float = 0.0

    def __post_init__(self) -> None:
        if not (self.median_km_day > 0 and self.log_sd > 0 and self.wait_days >= 0):
            raise InvalidSpeedError(
                median_km_day=self.median_km_day, log_sd=self.log_sd, wait_days=self.wait_days
            )

    @classmethod
    def between(
        cls, slow_km_day: float, fast_km_day: float, *, wait_days: float = 0.0
    ) -> TravelTime:
        """Take the 5 % and the 95 % speed for the spread.

        Parameters
        ----------
        slow_km_day, fast_km_day : float
            Speeds below and above which one train in twenty goes.
        wait_days : float
            Mean wait.

        Returns
        -------
        TravelTime
            The law whose quantiles these are.
        """
        return cls(
            median_km_day=float(np.sqrt(slow_km_day * fast_km_day)),
            log_sd=float(np.log(fast_km_day / slow_km_day) / (2 * ndtri(0.95))),
            wait_days=wait_days,
        )

    @cached_property
    def _nodes(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        level = (np.arange(NODES) + 0.5) / NODES
        pace = np.exp(self.log_sd * ndtri(level)) / self.median_km_day
        return pace, -self.wait_days * np.log1p(-level)

    def samples_days(self, distance_km: float) -> NDArray[np.float64]:
        """List equally likely times.

        Parameters
        ----------
        distance_km : float
            Distance along the line.

        Returns
        -------
        ndarray of float
            Days, ascending: every quantile of the speed with every one of the wait.
        """
        pace, wait = self._nodes
        return np.sort((distance_km * pace[:, None] + wait[None, :]).ravel())

    def quantiles_days(self, distance_km: float, levels: ArrayLike) -> NDArray[np.float64]:
        """Return quantiles of the time.

        Parameters
        ----------
        distance_km : float
            Distance along the line.
        levels : array of float
            Probabilities.

        Returns
        -------
        ndarray of float
            Days.
        """
        return np.asarray(np.quantile(self.samples_days(distance_km), np.asarray(levels, float)))

    def probability(self, distance_km: float, days: float) -> float:
        """Return the probability that the way is done by then.

        Parameters
        ----------
        distance_km : float
            Distance along the line.
        days : float
            Days since departure.

        Returns
        -------
        float
            Probability.
        """
        samples = self.samples_days(distance_km)
        return float(np.searchsorted(samples, days, side="right") / len(samples))
