"""Normal stand-ins for the words of claims, given what else is known of the size.

A bound, a wide interval and a number that may be a gross error are no normal measurements. Each is
replaced by the one that moves what else is known as far as its own words do (expectation
propagation: Minka 2001, UAI 17:362). The words are those of `likelihoods.py`; a normal error added
to them gives them back with a larger error, so that all is in closed form.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from tracker.estimates.grid import Floats
from tracker.estimates.likelihoods import (
    FALSE_NOBODY,
    FALSE_REPORT,
    OUTLIER_FACTOR,
    OUTLIER_SHARE,
    overshot,
    well_beyond,
)
from tracker.estimates.readings import INTERVAL

LEAST_PRECISION, MOST_PRECISION = 1e-6, 1e4
_SPAN = 10.6
"""Log of the largest over the smallest size: a made-up number lies anywhere between them."""
_NARROW = 0.5
"""Intervals narrower than this many errors are normal themselves, with the variance of both."""
_SHORTEST = 0.05
"""Least distance beyond a bound, in errors: of a shorter one rounding leaves no derivatives."""
_SQRT_2PI = float(np.sqrt(2 * np.pi))
_TINY = 1e-300


class Sites(NamedTuple):
    """Normal measurements in place of claims.

    Attributes
    ----------
    values, precision : ndarray of shape (n,)
        Centre and inverse variance of each.
    sound : ndarray of shape (n,)
        Probability that a claim is no gross error and not made up.
    """

    values: Floats
    precision: Floats
    sound: Floats


class _Evidence(NamedTuple):
    # Probability of words as a function of the expected size, with its first two derivatives.
    value: Floats
    slope: Floats
    bend: Floats

    def times(self, share: Floats | float) -> _Evidence:
        return _Evidence(*(share * part for part in self))

    def plus(self, other: _Evidence) -> _Evidence:
        return _Evidence(*(one + two for one, two in zip(self, other, strict=True)))


def sites(words: Floats, noise_sd: Floats, mean: Floats, variance: Floats) -> Sites:
    """Replace claims by normal measurements.

    Parameters
    ----------
    words : ndarray of shape (n, fields)
        Rows of `Reading`, log units of the estimate.
    noise_sd : ndarray of shape (n,)
        Reporting error of each, log units.
    mean, variance : ndarray of shape (n,)
        What else is known of the size that each perceives, log units.

    Returns
    -------
    Sites
        One measurement per claim; of hardly any precision where the claim leaves more unknown
        than before, as one far from everything else does.
    """
    sound = _evidence(words, noise_sd, mean, variance).times(1 - OUTLIER_SHARE)
    gross = _evidence(words, OUTLIER_FACTOR * noise_sd, mean, variance).times(OUTLIER_SHARE)
    mixed = sound.plus(gross)
    total = np.maximum(mixed.value + _made_up(words), _TINY)
    slope = mixed.slope / total
    bend = mixed.bend / total - slope**2
    tells = (bend < -LEAST_PRECISION) & (1 + variance * bend > 0)
    bend = np.where(tells, bend, -LEAST_PRECISION)
    precision = np.where(tells, -bend / (1 + variance * bend), LEAST_PRECISION)
    return Sites(
        values=np.where(tells, mean - slope / bend, mean),
        precision=np.clip(precision, LEAST_PRECISION, MOST_PRECISION),
        sound=sound.value / total,
    )


def _made_up(words: Floats) -> Floats:
    # Probability of the words where they have nothing to do with the size.
    width, endless = words[:, 2] - words[:, 1], np.isinf(words[:, 5])
    bound = np.where(endless, 1 - words[:, 4] + words[:, 4] * _SPAN / 2, 1.0)
    anywhere = np.where(words[:, 0] == INTERVAL, width, bound) / _SPAN
    return np.asarray(FALSE_REPORT * (1 - FALSE_NOBODY) * anywhere)


def _evidence(words: Floats, noise_sd: Floats, mean: Floats, variance: Floats) -> _Evidence:
    result = _Evidence(*np.zeros((3, len(words))))
    sd = np.sqrt(noise_sd**2 + variance)
    interval = words[:, 0] == INTERVAL
    narrow = words[:, 2] - words[:, 1] < _NARROW * sd
    for rows, probability in (
        (interval & narrow, _narrow_interval),
        (interval & ~narrow, _wide_interval),
        (~interval, _bound),
    ):
        for whole, part in zip(result, probability(words[rows], sd[rows], mean[rows]), strict=True):
            whole[rows] = part
    return result


def _narrow_interval(words: Floats, sd: Floats, mean: Floats) -> _Evidence:
    width = words[:, 2] - words[:, 1]
    variance = sd**2 + width**2 / 12
    distance = (words[:, 1] + words[:, 2]) / 2 - mean
    density = width * np.exp(-0.5 * distance**2 / variance) / np.sqrt(variance) / _SQRT_2PI
    return _Evidence(
        density, density * distance / variance, density * (distance**2 / variance - 1) / variance
    )


def _wide_interval(words: Floats, sd: Floats, mean: Floats) -> _Evidence:
    low, high = ((words[:, column] - mean) / sd for column in (1, 2))
    at_low, at_high = (np.exp(-0.5 * end**2) / _SQRT_2PI for end in (low, high))
    return _Evidence(
        ndtr(high) - ndtr(low), (at_low - at_high) / sd, (low * at_low - high * at_high) / sd**2
    )


def _bound(words: Floats, sd: Floats, mean: Floats) -> _Evidence:
    direction, low, _, overshoot, share, scale, beyond = words.T[:7]
    distance = direction * (mean - low)
    endless, doubled = np.isinf(scale), beyond > 0
    edge = np.exp(-0.5 * (distance / sd) ** 2) / sd / _SQRT_2PI
    bare = _Evidence(ndtr(distance / sd), edge, -distance / sd**2 * edge)
    # An exponential lag behind f obeys g + scale g' = f, so that its derivatives follow from g.
    kernel = _Evidence(edge, bare.bend, ((distance / sd) ** 2 - 1) / sd**2 * edge)
    length = np.maximum(np.where(doubled, overshoot / 2, overshoot), _SHORTEST * sd)
    hint = _lagged(kernel, overshot(distance, sd, length), length)
    twice = _lagged(hint, well_beyond(distance, sd, length), length)
    hint = _Evidence(*(np.where(doubled, b, a) for a, b in zip(hint, twice, strict=True)))
    reach = np.maximum(np.where(endless, 1.0, scale), _SHORTEST * sd)
    open_end = _lagged(kernel, overshot(distance, sd, reach), reach)
    wide = _Evidence(*(np.where(endless, a, b) for a, b in zip(bare, open_end, strict=True)))
    found = hint.times(1 - share).plus(wide.times(share))
    return _Evidence(found.value, direction * found.slope, found.bend)


def _lagged(source: _Evidence, value: Floats, scale: Floats) -> _Evidence:
    slope = (source.value - value) / scale
    return _Evidence(value, slope, (source.slope - slope) / scale)
