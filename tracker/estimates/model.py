"""The model of one actor's strength: claims in, distributions per area and day out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tracker.claims import Claim
from tracker.errors import InvalidValueError
from tracker.estimates.chain import Path
from tracker.estimates.encoding import Encoded, SharedErrors, encode, shared_errors
from tracker.estimates.flows import increments_of, known_flows, smooth_with_flows
from tracker.estimates.grid import Floats, Masses, SizeGrid
from tracker.estimates.house import Leanings, learn
from tracker.estimates.likelihoods import log_likelihoods
from tracker.estimates.observations import (
    Admission,
    LeftAside,
    Observation,
    Target,
)
from tracker.estimates.readings import INTERVAL
from tracker.estimates.reconciliation import families
from tracker.estimates.setting import (
    Setting,
    chain_of,
    grid_of,
    persons_per_unit,
    priors_of,
)
from tracker.estimates.twin import Ints
from tracker.estimates.weights import Weight, weigh
from tracker.placing import PlacedClaim

MOST_DAYS = 4000
"""Longest time that is modelled at once."""
SILENT_DAYS = 180
"""Without a word for so long an estimate is not continued unless it is asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """The fitted model.

    Parameters
    ----------
    target : Target
        What is estimated.
    grid : SizeGrid
        Sizes, in the wanted unit.
    first_day : date
        Day 0.
    area_ids : tuple of str
        Areas that a claim observes, with their totals and parts.
    shadows : Mapping of str to int
        Row of the path that follows each area as if nobody had spoken of it.
    observations, weights : tuple
        What counts, and how much.
    aside : tuple of LeftAside
        What counts nothing, and why.
    encoded : Encoded
        The observations as arrays.
    leanings : Leanings
        House effects and shared factors.
    usual : ndarray of shape (areas,)
        Log size about which each area lies in the long run; NaN where no number was stated.
    path : Path
        Smoothed distributions from the claims on each area alone, before the shared error; one
        row per area, then one per shadow.
    shared : SharedErrors
        Errors that claims share through claimants, units and scopes.
    """

    target: Target
    grid: SizeGrid
    first_day: date
    area_ids: tuple[str, ...]
    shadows: Mapping[str, int]
    observations: tuple[Observation, ...]
    weights: tuple[Weight, ...]
    aside: tuple[LeftAside, ...]
    encoded: Encoded
    leanings: Leanings
    usual: Floats
    path: Path
    shared: SharedErrors


def fit(
    claims: Iterable[Claim],
    placed: Mapping[str, Sequence[PlacedClaim]],
    setting: Setting,
    target: Target,
    days: tuple[date, date] | None = None,
) -> Fit | None:
    """Fit the model to the claims known by the target's day.

    Parameters
    ----------
    claims : iterable of Claim
        All claims.
    placed : Mapping of str to sequence of PlacedClaim
        Their places by claim id.
    setting : Setting
        Areas, factors and claimants.
    target : Target
        What is estimated, as of when.
    days : tuple of date, optional
        First and last day that the model has to cover, beside those of the claims.

    Returns
    -------
    Fit or None
        None where no claim observes any area.
    """
    everything = list(claims)
    observations, aside = Admission(target, setting.areas, setting.factors).admit(
        everything, placed
    )
    if not observations:
        return None
    first_day, last_day = _period(observations, setting, target, days)
    aside += [
        LeftAside(claim=o.claim, reason="too far in time from what is asked", area=o.area)
        for o in observations
        if not first_day <= o.day <= last_day
    ]
    observations = [o for o in observations if first_day <= o.day <= last_day]
    known = [claim for claim in everything if claim.known_at < target.known_before]
    parents = {area.id: area.parent for area in setting.areas}
    weights = weigh(observations, known, parents, setting.claimant_types)
    area_ids = _modelled_areas(parents, {observation.area for observation in observations})
    encoded = encode(observations, weights, area_ids, first_day, setting.claimant_types)
    grid = grid_of(setting, target)
    length = (last_day - first_day).days + 1
    leanings = learn(encoded.data)
    shadows = list(dict.fromkeys(setting.baseline(area_id) for area_id in area_ids))
    priors = priors_of([*map(setting.baseline, area_ids), *shadows], grid, setting, target)
    likelihoods = daily_likelihoods(grid, encoded, leanings, length, len(priors))
    usual = np.append(usual_sizes(encoded, leanings, len(area_ids)), np.full(len(shadows), np.nan))
    path = chain_of(grid, setting, target, usual).smooth(priors, likelihoods)
    for number, area_id in enumerate(area_ids):
        chain = chain_of(grid, setting, target, usual[[number]])
        increments = increments_on(setting, target, area_id, first_day, length)
        if increments is not None:
            own = smooth_with_flows(chain, priors[number], likelihoods[:, number], increments)
            _replace(path, number, own)
    return Fit(
        target=target,
        grid=grid,
        first_day=first_day,
        area_ids=area_ids,
        shadows={
            area_id: len(area_ids) + shadows.index(setting.baseline(area_id))
            for area_id in area_ids
        },
        observations=tuple(observations),
        weights=tuple(weights),
        aside=tuple(aside),
        encoded=encoded,
        leanings=leanings,
        usual=usual[: len(area_ids)],
        path=path,
        shared=shared_errors(encoded, leanings, length, len(area_ids)),
    )


def usual_sizes(encoded: Encoded, leanings: Leanings, areas: int) -> Floats:
    """Say about which size each area lies, from its own record: the mean of its stated numbers.

    Bare bounds are left out: one brigade seen in a district is not the district's strength.

    Parameters
    ----------
    encoded : Encoded
        The observations.
    leanings : Leanings
        House effects and shared factors.
    areas : int
        Number of areas.

    Returns
    -------
    ndarray of shape (areas,)
        Log sizes; NaN where no number is stated.
    """
    sizes = encoded.data.middle - leanings.offset
    stated = np.array(
        [
            reading.direction == INTERVAL or math.isfinite(reading.wide_scale)
            for reading in encoded.readings
        ]
    )
    counted = encoded.weight * stated
    weight = np.bincount(encoded.data.area, counted, areas)
    total = np.bincount(encoded.data.area, counted * sizes, areas)
    return np.where(weight > 0, total / np.maximum(weight, 1e-12), np.nan)


def increments_on(
    setting: Setting, target: Target, area_id: str, first_day: date, days: int
) -> Floats | None:
    """Add up what is known to have come to an area and gone from it.

    Parameters
    ----------
    setting : Setting
        Flows and conversions.
    target : Target
        Whose troops, as of when, in which unit.
    area_id : str
        The area.
    first_day : date
        Day 0.
    days : int
        How many days.

    Returns
    -------
    ndarray of shape (ranks, days) or None
        In the wanted unit, as `smooth_with_flows` takes it; None where nothing is known.
    """
    known = known_flows(setting.flows, target.actor, target.known_before)
    own = [flow for flow in known if flow.area == area_id]
    persons = increments_of(own, setting.factors, first_day, days)
    return None if persons is None else persons / persons_per_unit(setting, target)


def _replace(path: Path, number: int, own: Path) -> None:
    path.sizes[:, number] = own.sizes[:, 0]
    path.regimes[:, number] = own.regimes[:, 0]
    path.log_evidence[number] = own.log_evidence[0]


def _modelled_areas(parents: Mapping[str, str | None], observed: set[str]) -> tuple[str, ...]:
    # A total needs all its parts and a part all totals above it, whether or not anybody spoke of
    # them.
    parts = families(parents)
    wanted = set(observed)
    for area_id in observed:
        above = parents.get(area_id)
        while above is not None:
            wanted |= {above, *parts[above]}
            above = parents.get(above)
    return tuple(area_id for area_id in parents if area_id in wanted)


def _period(
    observations: Sequence[Observation],
    setting: Setting,
    target: Target,
    days: tuple[date, date] | None,
) -> tuple[date, date]:
    # Choose the days to model: those of the claims and those asked for, as far as they reach.
    earliest, latest = observations[0].day, observations[-1].day
    observed = {observation.area for observation in observations}
    end = max(area.valid_until or date.max for area in setting.areas if area.id in observed)
    by_itself = min(target.as_of, latest + timedelta(days=SILENT_DAYS), end)
    asked = days or (by_itself - timedelta(days=MOST_DAYS - 1), by_itself)
    first, last = max(asked[0], earliest), min(asked[1], end)
    if (last - first).days >= MOST_DAYS:
        raise InvalidValueError(f"at most {MOST_DAYS} days can be estimated at once.")
    last = max(last, earliest)
    start = max(earliest, last - timedelta(days=MOST_DAYS - 1))
    return start, min(max(latest, last), start + timedelta(days=MOST_DAYS - 1))


def observation_logs(grid: SizeGrid, encoded: Encoded, leanings: Leanings, used: Ints) -> Masses:
    """Evaluate observations on the grid, each to the power of its weight.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    encoded : Encoded
        The observations.
    leanings : Leanings
        House effects and shared factors.
    used : ndarray of shape (m,)
        Which observations.

    Returns
    -------
    ndarray of shape (m, cells + 1)
        Log likelihoods times weights.
    """
    logs = log_likelihoods(
        grid,
        [encoded.readings[i] for i in used],
        encoded.data.noise_sd(leanings.source_sd)[used],
        (encoded.log_offset + leanings.offset)[used],
    )
    logs *= encoded.weight[used, None].astype(np.float32)
    return logs


def daily_likelihoods(
    grid: SizeGrid, encoded: Encoded, leanings: Leanings, days: int, areas: int
) -> Masses:
    """Multiply the claims of each area and day.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    encoded : Encoded
        The observations.
    leanings : Leanings
        House effects and shared factors.
    days, areas : int
        Size of the model.

    Returns
    -------
    ndarray of shape (days, areas, cells + 1)
        At most 1; 1 throughout where nobody spoke.
    """
    result = np.ones((days, areas, grid.cells + 1), np.float32)
    used = np.flatnonzero(encoded.weight > 0)
    if len(used) == 0:
        return result
    logs = observation_logs(grid, encoded, leanings, used)
    cell = encoded.data.day[used] * areas + encoded.data.area[used]
    order = np.argsort(cell, kind="stable")
    cells, starts = np.unique(cell[order], return_index=True)
    sums = np.add.reduceat(logs[order], starts, axis=0)
    sums -= sums.max(axis=1, keepdims=True)
    result.reshape(-1, grid.cells + 1)[cells] = np.exp(sums)
    return result
