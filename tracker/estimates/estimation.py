"""Estimates for people: one row per area and day, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from tracker.claims import Claim
from tracker.estimates.chain import BUILDING_UP, DRAWING_DOWN
from tracker.estimates.estimate import ClaimWeight, Estimate
from tracker.estimates.grid import Floats, widened_quantiles
from tracker.estimates.model import Fit, fit
from tracker.estimates.observations import Target
from tracker.estimates.setting import Setting
from tracker.estimates.shown import Shown
from tracker.placing import PlacedClaim

METHOD = "log-grid chain 1"
PROBABILITIES = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
SHOWN_DAYS = 60
"""Claims this far around a day are listed with its estimate."""
SHOWN_AT_LEAST = 5
"""Where fewer lie that near, so many of the nearest are listed."""


def estimate(
    claims: Iterable[Claim],
    placed: Mapping[str, Sequence[PlacedClaim]],
    setting: Setting,
    target: Target,
    *,
    days: tuple[date, date] | None = None,
    area: str | None = None,
) -> tuple[Estimate, ...]:
    """Estimate the strength of an actor, area by area and day by day.

    Parameters
    ----------
    claims : iterable of Claim
        All claims; what was not public by the end of the target's day is not used.
    placed : Mapping of str to sequence of PlacedClaim
        Their places by claim id.
    setting : Setting
        Areas, factors, claimants.
    target : Target
        Whose troops, as of when, in which unit and scope.
    days : tuple of date, optional
        First and last UTC day; by default from an area's first observation to the day of
        knowledge. Days after that are forecasts.
    area : str, optional
        Id of one area; by default all.

    Returns
    -------
    tuple of Estimate
        By area, then by day. An area that no claim observes has none: missing is not zero.
    """
    fitted = fit(claims, placed, setting, target, days)
    if fitted is None:
        return ()
    shown = Shown(fitted, setting)
    return tuple(
        row
        for area_id in shown.area_ids
        if area in {None, area_id}
        for row in estimate_days(fitted, shown, area_id, shown.day_numbers(area_id, days))
    )


def estimate_days(
    fitted: Fit, shown: Shown, area_id: str, day_numbers: range
) -> tuple[Estimate, ...]:
    """Read estimates off a fitted model.

    Parameters
    ----------
    fitted : Fit
        The fitted model.
    shown : Shown
        What it shows.
    area_id : str
        One of the areas shown.
    day_numbers : range
        Days since the first day of the model.

    Returns
    -------
    tuple of Estimate
        One per day.
    """
    return tuple(_rows(fitted, shown, area_id, day_numbers))


def _rows(fitted: Fit, shown: Shown, area_id: str, day_numbers: range) -> Iterator[Estimate]:
    if not day_numbers:
        return
    number = fitted.area_ids.index(area_id)
    mass, extra_sd = shown.distributions(area_id, day_numbers)
    regimes = fitted.path.regimes[day_numbers, number]
    logs = widened_quantiles(fitted.grid, mass, PROBABILITIES, extra_sd)
    sizes: Floats = np.maximum.accumulate(np.exp(logs), axis=1)
    listed = _Listing(fitted, [fitted.area_ids.index(one) for one in shown.speaking(area_id)])
    for row, day_number in enumerate(day_numbers):
        day = fitted.first_day + timedelta(days=day_number)
        p05, p25, p50, p75, p95 = (float(size) for size in sizes[row])
        yield Estimate(
            area=area_id,
            actor=fitted.target.actor,
            day=day,
            as_of=fitted.target.as_of,
            unit=fitted.target.unit,
            scope=fitted.target.scope,
            p05=p05,
            p25=p25,
            p50=p50,
            p75=p75,
            p95=p95,
            p_zero=_probability(mass[row, 0]),
            building_up=_probability(regimes[row, BUILDING_UP]),
            drawing_down=_probability(regimes[row, DRAWING_DOWN]),
            forecast=day > fitted.target.as_of,
            method=METHOD,
            claims=listed.around(day_number),
        )


def _probability(value: float) -> float:
    return min(max(float(value), 0.0), 1.0)


class _Listing:
    """The observations of areas, to be listed around any day."""

    def __init__(self, fitted: Fit, numbers: Sequence[int]) -> None:
        rows = np.flatnonzero(np.isin(fitted.encoded.data.area, numbers))
        self._days = fitted.encoded.data.day[rows]
        self._weights = [
            ClaimWeight(
                id=fitted.observations[i].claim.id,
                weight=fitted.weights[i].value,
                reason=fitted.weights[i].reason,
            )
            for i in rows
        ]

    def around(self, day_number: int) -> tuple[ClaimWeight, ...]:
        apart_days = np.abs(self._days - day_number)
        near = np.flatnonzero(apart_days <= SHOWN_DAYS)
        if len(near) < SHOWN_AT_LEAST:
            near = np.sort(np.argsort(apart_days, kind="stable")[:SHOWN_AT_LEAST])
        return tuple(self._weights[i] for i in near)
