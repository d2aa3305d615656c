"""Observations as arrays: where and when each measures, what it says, what it shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tracker.estimates.grid import Floats
from tracker.estimates.house import (
    AreaLeanings,
    Leanings,
    Measurements,
    prior_reporting_sd,
)
from tracker.estimates.observations import Observation
from tracker.estimates.readings import INTERVAL, Reading
from tracker.estimates.threads import one_thread
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
    readings : tuple of Reading
        What each says.
    log_offset : ndarray of shape (n,)
        Expected log of claimed over wanted size.
    weight : ndarray of shape (n,)
        Exponent of each likelihood.
    data : Measurements
        The same as normal measurements.
    sources : tuple of str
        Claimants.
    """

    readings: tuple[Reading, ...]
    log_offset: Floats
    weight: Floats
    data: Measurements
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
        readings=readings,
        log_offset=offset,
        weight=value,
        data=Measurements(
            area=np.array([area_ids.index(o.area) for o in observations], dtype=np.int64),
            day=np.array([(o.day - first_day).days for o in observations], dtype=np.int64),
            source=source,
            source_prior_sd=np.array(
                [prior_reporting_sd(claimant_types.get(name)) for name in sources]
            ),
            **_factors(observations),
            **_spreads(observations, readings, offset, value),
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


def _factors(observations: Sequence[Observation]) -> dict[str, NDArray[Any]]:
    unit_names, unit = _levels(observations, lambda o: o.unit)
    scope_names, scope = _levels(observations, lambda o: o.scope)
    prior_sd = np.ones(len(unit_names) + len(scope_names))
    for place, observation in zip(unit, observations, strict=True):
        if place >= 0:
            prior_sd[place] = observation.unit_sd
    scope = np.where(scope >= 0, scope + len(unit_names), -1)
    for place, observation in zip(scope, observations, strict=True):
        if place >= 0:
            prior_sd[place] = observation.scope_sd
    return {"factors": np.stack([unit, scope], axis=1), "factor_prior_sd": prior_sd}


def _spreads(
    observations: Sequence[Observation],
    readings: Sequence[Reading],
    offset: Floats,
    weight: Floats,
) -> dict[str, NDArray[Any]]:
    table = np.array(readings, dtype=np.float64).reshape(len(readings), len(Reading._fields))
    middle, width = (table[:, 1] + table[:, 2]) / 2, table[:, 2] - table[:, 1]
    length_days = np.minimum([o.length_days for o in observations], LONGEST_DAYS)
    return {
        "values": middle - offset,
        "word_variance": width**2 / 12,
        "date_variance": STALE_SD**2 + (DRIFT_PER_DAY * length_days) ** 2 / 12,
        "sd_factor": table[:, 7],
        "least_sd": table[:, 8],
        "weight": np.where(table[:, 0] == INTERVAL, weight, 0.0),
    }


def shared_sd(encoded: Encoded, leanings: Leanings, days: int, areas: int) -> Floats:
    """Work out the error that the claims around each day have in common.

    Parameters
    ----------
    encoded : Encoded
        The observations.
    leanings : Leanings
        What claimants, units and scopes share, with its uncertainty.
    days, areas : int
        Size of the model.

    Returns
    -------
    ndarray of shape (days, areas)
        Log units; the part of it that no claim can remove is not included.
    """
    with one_thread():
        return _shared_sd(encoded, leanings, days, areas)


def _shared_sd(encoded: Encoded, leanings: Leanings, days: int, areas: int) -> Floats:
    result = np.zeros((days, areas))
    every = max(1, days // _MOST_KNOTS)
    knots = np.arange(0, days, every)
    data = encoded.data
    precision = encoded.weight / encoded.noise_sd(data.source_prior_sd) ** 2
    for area, leaning in leanings.areas.items():
        rows = np.flatnonzero((data.area == area) & (precision > 0))
        if len(rows) == 0:
            continue
        apart_days = np.abs(knots[:, None] - data.day[None, rows])
        share = np.exp(-apart_days / SHARE_MEMORY_DAYS) * precision[rows] + 1e-300
        share /= share.sum(axis=1, keepdims=True)
        joint = share @ _membership(leaning, data.source[rows], data.factors[rows])
        variance = np.einsum("ij,jk,ik->i", joint, leaning.covariance, joint, optimize=True)
        result[:, area] = np.interp(np.arange(days), knots, variance)
    return np.sqrt(np.maximum(result, 0.0))


def _membership(leaning: AreaLeanings, source: Ints, factors: Ints) -> sparse.csr_array:
    # Which leanings each claim shares: a sparse table of ones.
    rows = [np.arange(len(source))]
    columns = [np.searchsorted(leaning.sources, source)]
    for column in factors.T:
        there = np.flatnonzero(column >= 0)
        rows.append(there)
        columns.append(len(leaning.sources) + np.searchsorted(leaning.factors, column[there]))
    row, column = np.concatenate(rows), np.concatenate(columns)
    shape = (len(source), len(leaning.mean))
    return sparse.csr_array((np.ones(len(row)), (row, column)), shape=shape)
