"""How probable the words of each claim are, for every size on the grid.

Every reading has one closed form: an interval or a bound on the perceived size, which is the size
plus a normal reporting error; with a small share the error is five times as large, and with a
smaller one the report is made up and says nothing of the size.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import log_ndtr, ndtr

from tracker.errors import InvalidValueError
from tracker.estimates.grid import Floats, Masses, SizeGrid
from tracker.estimates.readings import AT_MOST, INTERVAL, Reading

OUTLIER_SHARE = 0.06
OUTLIER_FACTOR = 5.0
"""Share of claims that are gross errors, and how much larger their error is."""
FALSE_REPORT = 0.02
"""Share of reports that are made up: of any size, and of nobody, they say the same. Without it one
report that nobody is there would outweigh any number of others, and a bound far above everything
else would make it likelier that nobody is there."""
FALSE_NOBODY = 0.1
"""Share of the made-up reports that speak of nobody; as of an area of which nothing is known."""
LEAST = 1e-7
"""Least likelihood of any size, relative to the best: no claim rules a size out."""
_ROWS = 2048
"""Claims worked on at a time, to bound memory."""
_NARROW = 1.0
"""Intervals narrower than this many errors need no distribution function."""
_SAFE_RATIO, _SAFE_EXPONENT = 8.0, 600.0
"""Up to here the factors of the exponentially modified normal neither over- nor underflow."""
_SQRT_2PI = float(np.sqrt(2 * np.pi))
_TINY = 1e-300


def log_likelihoods(
    grid: SizeGrid, readings: Sequence[Reading], log_sd: Floats, log_offset: Floats
) -> Masses:
    """Evaluate claims on the grid.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    readings : sequence of n Reading
        What each claim says.
    log_sd : ndarray of shape (n,)
        Reporting error of each, log units, above 0.
    log_offset : ndarray of shape (n,)
        Perceived size less true size: house effect, unit and scope factors, log units.

    Returns
    -------
    ndarray of shape (n, cells + 1)
        Log likelihoods, 0 at each claim's best size and never below the log of `LEAST`.

    Raises
    ------
    InvalidValueError
        Where an error or an offset is not finite, or an error is not above 0.
    """
    table = _table(readings, log_sd, log_offset)
    result = np.empty((len(readings), grid.cells + 1), np.float32)
    for start in range(0, len(readings), _ROWS):
        part = slice(start, start + _ROWS)
        sound, gross = _branches(grid, table[part], log_sd[part], log_offset[part])
        mixed = (1 - OUTLIER_SHARE) * sound + OUTLIER_SHARE * gross
        result[part] = _with_zero(table[part], mixed)
    return result


def gross_error_probability(
    grid: SizeGrid, reading: Reading, log_sd: float, log_offset: float, others: Floats
) -> float:
    """Judge whether a claim is a gross error, from what the other claims say.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    reading : Reading
        What the claim says.
    log_sd, log_offset : float
        As for `log_likelihoods`.
    others : ndarray of shape (cells + 1,)
        Distribution of the size without the claim.

    Returns
    -------
    float
        Probability that its error came from the wide branch.
    """
    sd, offset = np.array([log_sd]), np.array([log_offset])
    sound, gross = _branches(grid, _table([reading], sd, offset), sd, offset)
    above = others[1:] / max(float(others[1:].sum()), _TINY)
    by_chance = (1 - OUTLIER_SHARE) * float(sound[0] @ above)
    mixed = (1 - OUTLIER_SHARE) * sound + OUTLIER_SHARE * gross
    made_up = float(_made_up(_joined(_table([reading], sd, offset), mixed))[0, 0])
    by_error = OUTLIER_SHARE * float(gross[0] @ above) + made_up
    return by_error / max(by_error + by_chance, _TINY)


def _table(readings: Sequence[Reading], log_sd: Floats, log_offset: Floats) -> Floats:
    if not (np.all(np.isfinite(log_sd)) and np.all(np.isfinite(log_offset))):
        raise InvalidValueError("a claim's error and offset have to be finite.")
    if np.any(log_sd <= 0):
        raise InvalidValueError("a claim's error has to be above 0.")
    return np.array(readings, dtype=np.float64).reshape(len(readings), len(Reading._fields))


def _branches(
    grid: SizeGrid, table: Floats, log_sd: Floats, log_offset: Floats
) -> tuple[Floats, Floats]:
    # Likelihoods over the sizes above zero: with the usual error, and with the gross one.
    sizes = grid.log_sizes[None] + log_offset[:, None]
    sound, gross = np.empty((2, len(table), grid.cells))
    width = table[:, 2] - table[:, 1]
    interval = table[:, 0] == INTERVAL
    for branch, sd in ((sound, log_sd), (gross, OUTLIER_FACTOR * log_sd)):
        narrow = interval & (width < _NARROW * sd)
        wide = interval & ~narrow
        branch[narrow] = _narrow_interval(table[narrow], sizes[narrow], sd[narrow, None])
        branch[wide] = _wide_interval(table[wide], sizes[wide], sd[wide, None])
    bound = np.flatnonzero(~interval)
    sound[bound] = _bound(table[bound], sizes[bound], log_sd[bound, None])
    wide_sd = OUTLIER_FACTOR * log_sd[bound, None]
    gross[bound] = _bound(table[bound], sizes[bound], wide_sd)
    return sound, gross


def _with_zero(table: Floats, likelihood: Floats) -> Floats:
    # Prepend the likelihood of 'nobody is there', normalise and take the logarithm.
    joined = _joined(table, likelihood)
    joined += _made_up(joined)
    peak = np.maximum(joined.max(axis=1, keepdims=True), _TINY)
    logs = np.log(joined / peak + LEAST)
    return np.asarray(logs - logs.max(axis=1, keepdims=True))


def _joined(table: Floats, likelihood: Floats) -> Floats:
    # Of true reports: none where nobody is there, but for those that put no floor under a size.
    bare_upper = (table[:, 0] == AT_MOST) & np.isinf(table[:, 5])
    return np.concatenate([np.where(bare_upper, table[:, 4], 0.0)[:, None], likelihood], axis=1)


def _made_up(joined: Floats) -> Floats:
    # Probability of the words where they have nothing to do with the size.
    nobody, somebody = joined[:, :1], joined[:, 1:].mean(axis=1, keepdims=True)
    return np.asarray(FALSE_REPORT * (FALSE_NOBODY * nobody + (1 - FALSE_NOBODY) * somebody))


def _narrow_interval(table: Floats, sizes: Floats, sd: Floats) -> Floats:
    # Simpson's rule; at a width of one standard deviation it is right to 0.1 %.
    low, high = table[:, 1, None], table[:, 2, None]
    density = 4 * np.exp(-0.5 * (((low + high) / 2 - sizes) / sd) ** 2)
    density += np.exp(-0.5 * ((low - sizes) / sd) ** 2)
    density += np.exp(-0.5 * ((high - sizes) / sd) ** 2)
    return np.asarray((high - low) / sd / (6 * _SQRT_2PI) * density)


def _wide_interval(table: Floats, sizes: Floats, sd: Floats) -> Floats:
    low, high = table[:, 1, None], table[:, 2, None]
    return np.asarray(ndtr((high - sizes) / sd) - ndtr((low - sizes) / sd))


def _bound(table: Floats, sizes: Floats, sd: Floats) -> Floats:
    direction, bound, overshoot, share, scale = (
        table[:, column, None] for column in (0, 1, 3, 4, 5)
    )
    distance = direction * (sizes - bound)
    result = np.zeros_like(distance)
    beyond, hinting, bare = table[:, 6] > 0, table[:, 4] < 1, table[:, 4] > 0
    endless = np.isinf(table[:, 5])
    for rows, density, length in (
        (hinting & beyond, well_beyond, overshoot / 2),
        (hinting & ~beyond, overshot, overshoot),
    ):
        hint = density(distance[rows], sd[rows], length[rows])
        result[rows] += (1 - share[rows]) * hint
    rows = bare & ~endless
    result[rows] += share[rows] * overshot(distance[rows], sd[rows], scale[rows])
    rows = bare & endless
    result[rows] += share[rows] * ndtr(distance[rows] / sd[rows])
    return result


def overshot(distance: Floats, sd: Floats, scale: Floats) -> Floats:
    """Density of a bound stated `distance` below the size, for an exponential overshoot.

    Parameters
    ----------
    distance : ndarray
        Size less bound, log units.
    sd : ndarray
        Reporting error, log units.
    scale : ndarray
        Mean overshoot, log units.

    Returns
    -------
    ndarray
        The exponentially modified normal density (Grushka 1972, Analytical Chemistry 44:1733).
    """
    ratio = sd / scale
    exponent = ratio**2 / 2 - distance / scale
    if np.all(ratio < _SAFE_RATIO) and np.all(exponent < _SAFE_EXPONENT):
        return np.asarray(np.exp(exponent) * ndtr(distance / sd - ratio) / scale)
    return np.asarray(np.exp(exponent + log_ndtr(distance / sd - ratio)) / scale)


def well_beyond(distance: Floats, sd: Floats, scale: Floats) -> Floats:
    """Density of a bound stated `distance` below the size, for a gamma overshoot of shape 2.

    Parameters
    ----------
    distance, sd : ndarray
        As for `overshot`.
    scale : ndarray
        Half the mean overshoot, log units.

    Returns
    -------
    ndarray
        Density, which falls to 0 at the bound itself where the error is small.
    """
    shifted = distance - sd**2 / scale
    ratio = shifted / sd
    exponent = (sd / scale) ** 2 / 2 - distance / scale
    tail = np.exp(exponent + log_ndtr(ratio))
    edge = np.exp(-0.5 * (distance / sd) ** 2) / _SQRT_2PI
    return np.asarray(np.maximum(shifted * tail + sd * edge, 0) / scale**2)
