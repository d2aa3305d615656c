"""What claims have in common: how a claimant, a unit or a scope leans, and how widely it scatters.

House effects as in pooled election polls (Jackman 2005, Australian Journal of Political Science
40:499), learnt by expectation-maximisation on the Gaussian twin. Only relative leanings can be
learnt; what all sources share stays as a common error (Shirani-Mehr, Rothschild, Goel & Gelman
2018, JASA 113:607).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tracker.estimates.grid import Floats
from tracker.estimates.twin import Ints, Twin

HOUSE_SD = 0.15
HOUSE_IN_AREA_SD = 0.10
"""Spread of the leanings of claimants, and of theirs in one area, log units."""
REPORTING_SD: Mapping[str, float] = {
    "government": 0.12,
    "military": 0.12,
    "intelligence": 0.12,
    "international": 0.15,
    "osint_group": 0.19,
    "imagery": 0.19,
    "think_tank": 0.27,
    "news_agency": 0.33,
    "press": 0.33,
    "state_media": 0.33,
    "aggregator": 0.33,
    "eyewitness": 0.33,
}
"""Reporting error by type of claimant, log units, before its own claims are looked at."""
UNKNOWN_SD = 0.25
COMMON_SD = 0.06
"""Error that all claims share and that no amount of claims averages out, log units."""
PSEUDO_CLAIMS = 8
"""Weight of the prior reporting error, in claims."""
LEAST_SD, MOST_SD = 0.05, 0.6
ROUNDS = 5
_STUDENT_DEGREES = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """One kind of shared leaning.

    Parameters
    ----------
    index : ndarray of shape (n,)
        Which leaning each claim shares, counted from 0; -1 for none.
    prior_sd : ndarray of shape (levels,)
        Spread of each before any claim, log units.
    """

    index: Ints
    prior_sd: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Leanings:
    """What was learnt.

    Parameters
    ----------
    means, variances : tuple of ndarray
        Posterior of the leanings of each effect, log units.
    source_sd : ndarray of shape (sources,)
        Reporting error of each claimant, log units.
    """

    means: tuple[Floats, ...]
    variances: tuple[Floats, ...]
    source_sd: Floats

    def offsets(self, effects: Sequence[Effect]) -> Floats:
        """Add up the leanings of each claim.

        Parameters
        ----------
        effects : sequence of Effect
            The same effects, of any claims.

        Returns
        -------
        ndarray of shape (n,)
            Log units.
        """
        total = np.zeros(len(effects[0].index))
        for effect, mean in zip(effects, self.means, strict=True):
            total += _level_of(effect, mean)
        return total


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurements:
    """Claims as normal measurements.

    Parameters
    ----------
    values : ndarray of shape (n,)
        Centre of each, log units of the estimate.
    word_variance : ndarray of shape (n,)
        From the width of the interval, rounding included.
    date_variance : ndarray of shape (n,)
        From what the date leaves open.
    sd_factor, least_sd : ndarray of shape (n,)
        How the reporting error of the claimant enters.
    weight : ndarray of shape (n,)
        How much each counts; 0 for bounds, whose one-sidedness would lift the level.
    source : ndarray of shape (n,)
        Claimant of each, counted from 0.
    """

    values: Floats
    word_variance: Floats
    date_variance: Floats
    sd_factor: Floats
    least_sd: Floats
    weight: Floats
    source: Ints

    def variance(self, source_sd: Floats) -> Floats:
        """Return the full variance of each measurement.

        Parameters
        ----------
        source_sd : ndarray of shape (sources,)
            Reporting error of each claimant.

        Returns
        -------
        ndarray of shape (n,)
            Log units squared.
        """
        return np.asarray(
            self.reporting_sd(source_sd) ** 2 + self.word_variance + self.date_variance
        )

    def reporting_sd(self, source_sd: Floats) -> Floats:
        """Return the reporting error of each claim.

        Parameters
        ----------
        source_sd : ndarray of shape (sources,)
            Reporting error of each claimant.

        Returns
        -------
        ndarray of shape (n,)
            Log units.
        """
        return np.maximum(source_sd[self.source] * self.sd_factor, self.least_sd)


def prior_reporting_sd(claimant_type: str | None) -> float:
    """Look up how widely a type of claimant scatters.

    Parameters
    ----------
    claimant_type : str or None
        A key of `REPORTING_SD`, or anything else.

    Returns
    -------
    float
        Standard deviation, log units, before the claimant's own claims are looked at.
    """
    return REPORTING_SD.get(claimant_type or "", UNKNOWN_SD)


def learn(twin: Twin, data: Measurements, effects: Sequence[Effect], prior_sd: Floats) -> Leanings:
    """Estimate leanings and reporting errors.

    Parameters
    ----------
    twin : Twin
        The Gaussian model of the sizes, made for the same claims.
    data : Measurements
        The claims.
    effects : sequence of Effect
        What they share.
    prior_sd : ndarray of shape (sources,)
        Reporting error of each claimant before any claim, log units.

    Returns
    -------
    Leanings
        Posterior means and variances.
    """
    means = [np.zeros(len(effect.prior_sd)) for effect in effects]
    variances = [effect.prior_sd**2 for effect in effects]
    source_sd = prior_sd.copy()
    robust = np.ones(len(data.values))
    for _ in range(ROUNDS):
        state = Leanings(means=tuple(means), variances=tuple(variances), source_sd=source_sd)
        noise = data.variance(source_sd)
        offsets = state.offsets(effects)
        level, level_variance = twin.smooth(data.values - offsets, data.weight * robust / noise)
        total = noise + level_variance
        residual = data.values - level
        robust = _student_weight(residual - offsets, total)
        for number, effect in enumerate(effects):
            others = offsets - _level_of(effect, means[number])
            precision = data.weight * robust / total
            means[number], variances[number] = _posterior(effect, precision, residual - others)
            offsets = others + _level_of(effect, means[number])
        excess = (residual - offsets) ** 2 - level_variance - data.word_variance
        source_sd = _source_sd(data, prior_sd, excess, robust)
    return Leanings(means=tuple(means), variances=tuple(variances), source_sd=source_sd)


def _level_of(effect: Effect, mean: Floats) -> Floats:
    # Index -1 picks the zero that is appended.
    return np.asarray(np.append(mean, 0.0)[effect.index])


def _student_weight(residual: Floats, variance: Floats) -> Floats:
    # Weight of a normal scale mixture that makes the errors Student's t.
    square = residual**2 / variance
    return np.asarray(1 / np.maximum(1, (square + _STUDENT_DEGREES) / (_STUDENT_DEGREES + 1)))


def _posterior(effect: Effect, precision: Floats, residual: Floats) -> tuple[Floats, Floats]:
    shared = effect.index >= 0
    index, levels = effect.index[shared], len(effect.prior_sd)
    information = np.bincount(index, precision[shared], levels)
    pull = np.bincount(index, (precision * residual)[shared], levels)
    variance = 1 / (1 / effect.prior_sd**2 + information)
    return variance * pull, variance


def _source_sd(data: Measurements, prior_sd: Floats, excess: Floats, robust: Floats) -> Floats:
    weight = data.weight * robust
    squares = np.bincount(data.source, weight * np.maximum(excess, 0), len(prior_sd))
    counts = np.bincount(data.source, weight, len(prior_sd))
    learnt = (PSEUDO_CLAIMS * prior_sd**2 + squares) / (PSEUDO_CLAIMS + counts)
    return np.clip(np.sqrt(learnt), LEAST_SD, MOST_SD)
