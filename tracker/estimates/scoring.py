"""How good a predictive distribution was, in log units: 0.10 is about 10 %."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from tracker.estimates.grid import Floats

LEVELS = np.linspace(0.05, 0.95, 19)
"""Quantile levels of the weighted interval score."""
_SMALLEST_LOG = float(np.log(10.0))
"""Quantiles at or below ten persons are scored as ten: zero has no logarithm."""


def interval_score(quantiles: Floats, outcome: Floats) -> Floats:
    """Score quantiles by the weighted interval score, which approximates the CRPS.

    Parameters
    ----------
    quantiles : ndarray of shape (..., 19)
        Log sizes at `LEVELS`.
    outcome : ndarray of shape (...)
        What came, log size.

    Returns
    -------
    ndarray of shape (...)
        Twice the mean pinball loss, log units; smaller is better (Bracher, Ray, Gneiting & Reich
        2021, PLOS Computational Biology 17:e1008618; on the log scale: Bosse et al. 2023, PLOS
        Computational Biology 19:e1011393).
    """
    cuts = np.maximum(quantiles, _SMALLEST_LOG)
    above = np.asarray(outcome)[..., None] - cuts
    return np.asarray(2 * np.where(above >= 0, LEVELS * above, (LEVELS - 1) * above).mean(axis=-1))


def covered(quantiles: Floats, outcome: Floats, share: float) -> Floats:
    """Tell which outcomes lie in the central interval.

    Parameters
    ----------
    quantiles : ndarray of shape (..., 19)
        Log sizes at `LEVELS`.
    outcome : ndarray of shape (...)
        What came, log size.
    share : float
        Mass of the interval, 0.5 or 0.9.

    Returns
    -------
    ndarray of shape (...)
        1 inside, 0 outside.
    """
    low = int(np.argmin(np.abs(LEVELS - (1 - share) / 2)))
    high = int(np.argmin(np.abs(LEVELS - (1 + share) / 2)))
    inside = (quantiles[..., low] <= outcome) & (outcome <= quantiles[..., high])
    return np.asarray(inside, dtype=np.float64)


def probability_transform(quantiles: Floats, outcome: Floats) -> Floats:
    """Find the predicted probability of an outcome at most as large.

    Parameters
    ----------
    quantiles : ndarray of shape (n, 19)
        Log sizes at `LEVELS`.
    outcome : ndarray of shape (n,)
        What came, log size.

    Returns
    -------
    ndarray of shape (n,)
        Uniform between 0.05 and 0.95 where the predictions are calibrated; 0.025 or 0.975
        beyond the outermost quantiles.
    """
    pairs = zip(quantiles, outcome, strict=True)
    return np.array([np.interp(y, q, LEVELS, left=0.025, right=0.975) for q, y in pairs])


def log_score(quantiles: Floats, outcome: Floats) -> Floats:
    """Score an outcome by its predictive density on the log scale.

    Parameters
    ----------
    quantiles : ndarray of shape (..., 19)
        Log sizes at `LEVELS`; taken as a normal distribution with their median and 90 % width.
    outcome : ndarray of shape (...)
        What came, log size.

    Returns
    -------
    ndarray of shape (...)
        Negative log density; smaller is better.
    """
    sd = np.maximum((quantiles[..., -1] - quantiles[..., 0]) / (2 * ndtri(0.95)), 1e-6)
    z = (outcome - quantiles[..., 9]) / sd
    return np.asarray(0.5 * z**2 + np.log(sd) + 0.5 * np.log(2 * np.pi))


def normal_quantiles(mean: Floats, sd: float) -> Floats:
    """Lay out the quantiles of a normal prediction.

    Parameters
    ----------
    mean : ndarray of shape (...)
        Log sizes.
    sd : float
        Standard deviation, log units.

    Returns
    -------
    ndarray of shape (..., 19)
        Log sizes at `LEVELS`.
    """
    return np.asarray(np.asarray(mean)[..., None] + sd * ndtri(LEVELS))


def block_bootstrap(
    difference: Floats, *, block: int = 4, draws: int = 4000, seed: int = 0
) -> tuple[float, float]:
    """Bound a mean difference of scores whose neighbours depend on each other.

    Parameters
    ----------
    difference : ndarray of shape (n,)
        Score of one method less that of another, in order of time.
    block : int
        Length of the blocks that are drawn together.
    draws : int
        Number of resamples.
    seed : int
        Seed of the random numbers.

    Returns
    -------
    low, high : float
        5 and 95 % bounds of the mean (moving blocks: Kuensch 1989, Annals of Statistics 17:1217).
    """
    rng = np.random.default_rng(seed)
    count = len(difference)
    length = min(block, count)
    starts = rng.integers(0, count - length + 1, size=(draws, -(-count // length)))
    picks = (starts[..., None] + np.arange(length)).reshape(draws, -1)[:, :count]
    low, high = np.quantile(difference[picks].mean(axis=1), [0.05, 0.95])
    return float(low), float(high)
