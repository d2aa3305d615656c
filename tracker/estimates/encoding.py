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
    data : Measurements
        The same on the scale of the estimate, with what they share.
    sources : tuple of str
        Claimants.
    """

    readings: tuple[Reading, ...]
    log_offset: Floats
    data: Measurements
    sources: tuple[str, ...]

    @property
    def weight(self) -> Floats:
        """Exponent of each likelihood, shape (n,)."""
        return self.data.weight


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
        data=Measurements(
            area=np.array([area_ids.index(o.area) for o in observations], dtype=np.int64),
            day=np.array([(o.day - first_day).days for o in observations], dtype=np.int64),
            source=source,
            source_prior_sd=np.array(
                [prior_reporting_sd(claimant_types.get(name)) for name in sources]
            ),
            **_factors(observations),
            words=_words(readings, offset),
            date_variance=_date_variance(observations),
            weight=value,
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


def _words(readings: Sequence[Reading], offset: Floats) -> Floats:
    table = np.array(readings, dtype=np.float64).reshape(len(readings), len(Reading._fields))
    table[:, 1:3] -= offset[:, None]
    return table


def _date_variance(observations: Sequence[Observation]) -> Floats:
    length_days = np.minimum([o.length_days for o in observations], LONGEST_DAYS)
    return np.asarray(STALE_SD**2 + (DRIFT_PER_DAY * length_days) ** 2 / 12)


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedErrors:
    """Errors that claims have in common, log units.

    Parameters
    ----------
    in_area_sd : ndarray of shape (days, areas)
        Of the claims on each area around each day; what `everywhere_sd` says is part of it.
    everywhere_sd : ndarray of shape (days,)
        The part that the claims on all areas share: no sum of areas averages it out.
    """

    in_area_sd: Floats
    everywhere_sd: Floats

    @property
    def own_sd(self) -> Floats:
        """Part of each area's error that it does not share with others, shape (days, areas)."""
        own = self.in_area_sd**2 - self.everywhere_sd[:, None] ** 2
        return np.asarray(np.sqrt(np.maximum(own, 0.0)))


def shared_errors(encoded: Encoded, leanings: Leanings, days: int, areas: int) -> SharedErrors:
    """Work out the errors that the claims around each day have in common.

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
    SharedErrors
        From leanings and factors; the part that no claim can remove is not included. What areas
        share is the mean covariance of two of them.
    """
    with one_thread():
        return _shared_errors(encoded, leanings, days, areas)


def _shared_errors(encoded: Encoded, leanings: Leanings, days: int, areas: int) -> SharedErrors:
    every = max(1, days // _MOST_KNOTS)
    knots = np.arange(0, days, every)
    variance = np.zeros((len(knots), areas))
    root = np.linalg.cholesky(leanings.covariance)
    together, apart = np.zeros((len(knots), len(root))), np.zeros(len(knots))
    data, heard = encoded.data, 0
    precision = encoded.weight / data.noise_sd(data.source_prior_sd) ** 2
    for area, leaning in leanings.areas.items():
        rows = np.flatnonzero((data.area == area) & (precision > 0))
        if len(rows) == 0:
            continue
        heard += 1
        apart_days = np.abs(knots[:, None] - data.day[None, rows])
        share = np.exp(-apart_days / SHARE_MEMORY_DAYS) * precision[rows] + 1e-300
        share /= share.sum(axis=1, keepdims=True)
        joint = share @ _membership(leaning, data.source[rows], data.factors[rows])
        variance[:, area] = np.einsum(
            "ij,jk,ik->i", joint, leaning.covariance, joint, optimize=True
        )
        among = np.concatenate([leaning.sources, len(data.source_prior_sd) + leaning.factors])
        general = joint @ leaning.carry @ root[among]
        together += general
        apart += (general**2).sum(axis=1)
    between = ((together**2).sum(axis=1) - apart) / max(heard * (heard - 1), 1)
    at = np.arange(days)
    in_area = np.stack([np.interp(at, knots, column) for column in variance.T], axis=1)
    return SharedErrors(
        in_area_sd=np.sqrt(np.maximum(in_area, 0.0)),
        everywhere_sd=np.sqrt(np.maximum(np.interp(at, knots, between), 0.0)),
    )


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
