"""Observations as arrays: where and when each measures, what it says, what it shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy import sparse

from tracker.estimates.grid import Floats
from tracker.estimates.house import (
    HOUSE_IN_AREA_SD,
    HOUSE_SD,
    Effect,
    Measurements,
    prior_reporting_sd,
)
from tracker.estimates.observations import Observation
from tracker.estimates.readings import INTERVAL, Reading
from tracker.estimates.twin import Ints
from tracker.estimates.weights import Weight

STALE_SD = 0.05
"""What a number loses between the count and its publication, log units."""
DRIFT_PER_DAY = 0.013
"""How fast a size changes while the date of a claim is uncertain, log units."""
LONGEST_DAYS = 365.0
"""Spans longer than a year are no more uncertain than a year."""

SHARE_MEMORY_DAYS = 30.0
"""How far around a day claims carry its estimate."""
_MOST_KNOTS = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Encoded:
    """Observations as arrays of equal length.

    Parameters
    ----------
    area, day : ndarray of shape (n,)
        Index of the area, and days since the first day of the model.
    readings : tuple of Reading
        What each says.
    log_offset : ndarray of shape (n,)
        Expected log of claimed over wanted size.
    weight : ndarray of shape (n,)
        Exponent of each likelihood.
    data : Measurements
        The same as normal measurements.
    effects : tuple of Effect
        Leanings of the claimant, of the claimant in the area, of the unit and of the scope.
    source_prior_sd : ndarray of shape (sources,)
        Reporting error of each claimant before any claim.
    sources : tuple of str
        Claimants.
    """

    area: Ints
    day: Ints
    readings: tuple[Reading, ...]
    log_offset: Floats
    weight: Floats
    data: Measurements
    effects: tuple[Effect, ...]
    source_prior_sd: Floats
    sources: tuple[str, ...]

    def noise_sd(self, source_sd: Floats) -> Floats:
        """Combine the reporting error with what the date leaves open.

        Parameters
        ----------
        source_sd : ndarray of shape (sources,)
            Reporting error of each claimant.

        Returns
        -------
        ndarray of shape (n,)
            Log units.
        """
        return np.hypot(self.data.reporting_sd(source_sd), np.sqrt(self.data.date_variance))


def encode(
    observations: Sequence[Observation],
    weights: Sequence[Weight],
    area_ids: Sequence[str],
    first_day: date,
    claimant_types: Mapping[str, str],
) -> Encoded:
    """Turn observations into arrays.

    Parameters
    ----------
    observations : sequence of n Observation
        The observations.
    weights : sequence of n Weight
        How much each counts.
    area_ids : sequence of str
        Areas of the model.
    first_day : date
        Day 0 of the model.
    claimant_types : Mapping of str to str
        Type of each claimant, as `prior_reporting_sd` knows them.

    Returns
    -------
    Encoded
        The arrays.
    """
    readings = tuple(
        observation.reading.bare()
        if weight.repeated and observation.reading.direction != INTERVAL
        else observation.reading
        for observation, weight in zip(observations, weights, strict=True)
    )
    sources, source = _levels(observations, lambda o: o.source)
    offset = np.array([observation.log_offset for observation in observations])
    value = np.array([weight.value for weight in weights])
    return Encoded(
        area=np.array([area_ids.index(o.area) for o in observations], dtype=np.int64),
        day=np.array([(o.day - first_day).days for o in observations], dtype=np.int64),
        readings=readings,
        log_offset=offset,
        weight=value,
        data=_measurements(observations, readings, offset, value, source),
        effects=_effects(observations),
        source_prior_sd=np.array(
            [prior_reporting_sd(claimant_types.get(name)) for name in sources]
        ),
        sources=tuple(sources),
    )


def _levels(
    observations: Sequence[Observation], key: Callable[[Observation], str | None]
) -> tuple[list[str], Ints]:
    numbers: dict[str, int] = {}
    index = [
        -1 if name is None else numbers.setdefault(name, len(numbers))
        for name in map(key, observations)
    ]
    return list(numbers), np.array(index, dtype=np.int64)


def _effects(observations: Sequence[Observation]) -> tuple[Effect, ...]:
    keys: tuple[Callable[[Observation], str | None], ...] = (
        lambda o: o.source,
        lambda o: f"{o.source}\n{o.area}",
        lambda o: o.unit,
        lambda o: o.scope,
    )
    spreads: tuple[Callable[[Observation], float], ...] = (
        lambda _: HOUSE_SD,
        lambda _: HOUSE_IN_AREA_SD,
        lambda o: o.unit_sd,
        lambda o: o.scope_sd,
    )
    effects = []
    for key, spread in zip(keys, spreads, strict=True):
        names, index = _levels(observations, key)
        prior_sd = np.ones(len(names))
        for level, observation in zip(index, observations, strict=True):
            if level >= 0:
                prior_sd[level] = spread(observation)
        effects.append(Effect(index=index, prior_sd=prior_sd))
    return tuple(effects)


def _measurements(
    observations: Sequence[Observation],
    readings: Sequence[Reading],
    offset: Floats,
    weight: Floats,
    source: Ints,
) -> Measurements:
    table = np.array(readings, dtype=np.float64).reshape(len(readings), len(Reading._fields))
    middle, width = (table[:, 1] + table[:, 2]) / 2, table[:, 2] - table[:, 1]
    length_days = np.minimum([o.length_days for o in observations], LONGEST_DAYS)
    date_variance = STALE_SD**2 + (DRIFT_PER_DAY * length_days) ** 2 / 12
    return Measurements(
        values=middle - offset,
        word_variance=width**2 / 12,
        date_variance=date_variance,
        sd_factor=table[:, 7],
        least_sd=table[:, 8],
        weight=np.where(table[:, 0] == INTERVAL, weight, 0.0),
        source=source,
    )


def shared_sd(encoded: Encoded, variances: Sequence[Floats], days: int, areas: int) -> Floats:
    """Work out the error that the claims around each day have in common.

    Parameters
    ----------
    encoded : Encoded
        The observations.
    variances : sequence of ndarray
        Posterior variances of the leanings of each effect.
    days, areas : int
        Size of the model.

    Returns
    -------
    ndarray of shape (days, areas)
        Log units; the part of it that no claim can remove is not included.
    """
    result = np.zeros((days, areas))
    every = max(1, days // _MOST_KNOTS)
    knots = np.arange(0, days, every)
    precision = encoded.weight / encoded.noise_sd(encoded.source_prior_sd) ** 2
    for area in range(areas):
        rows = np.flatnonzero((encoded.area == area) & (precision > 0))
        if len(rows) == 0:
            continue
        apart_days = np.abs(knots[:, None] - encoded.day[None, rows])
        share = np.exp(-apart_days / SHARE_MEMORY_DAYS) * precision[rows] + 1e-300
        share /= share.sum(axis=1, keepdims=True)
        variance = np.zeros(len(knots))
        for effect, spread in zip(encoded.effects, variances, strict=True):
            variance += _effect_variance(effect.index[rows], share, spread)
        result[:, area] = np.interp(np.arange(days), knots, variance)
    return np.sqrt(result)


def _effect_variance(index: Ints, share: Floats, spread: Floats) -> Floats:
    levels, inverse = np.unique(index, return_inverse=True)
    onehot = sparse.csr_array(
        (np.ones(len(index)), (np.arange(len(index)), inverse)), shape=(len(index), len(levels))
    )
    joint = share @ onehot
    known = levels >= 0
    return np.asarray(joint[:, known] ** 2 @ spread[levels[known]])
