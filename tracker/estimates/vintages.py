"""What each day looked like on that day, for every day, without running the model anew each time.

The forward messages of the chain are kept. A new claim changes them from the day that it speaks
of; so each vintage restarts at the oldest day that the claims published on it speak of, and gives
exactly what a full forward run over the claims known by then would give.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from tracker.claims import Claim
from tracker.estimates.chain import REGIMES, Chain
from tracker.estimates.estimate import Estimate
from tracker.estimates.estimation import estimate_days
from tracker.estimates.grid import Floats, Masses
from tracker.estimates.model import Fit, fit, observation_logs
from tracker.estimates.observations import Target
from tracker.estimates.setting import Setting, chain_of, priors_of
from tracker.estimates.shown import Shown
from tracker.estimates.threads import one_thread
from tracker.estimates.twin import Ints
from tracker.placing import PlacedClaim

WEEK_DAYS = 7
MOST_VINTAGES = 40
_ROWS = 1024
"""Likelihoods worked on at a time, to stay in the processor's cache."""


def weekly_vintages(
    claims: Sequence[Claim],
    placed: Mapping[str, Sequence[PlacedClaim]],
    setting: Setting,
    target: Target,
    *,
    areas: Collection[str],
    most: int = MOST_VINTAGES,
) -> tuple[Estimate, ...]:
    """Estimate areas week by week as they were known week by week.

    Parameters
    ----------
    claims : sequence of Claim
        All claims.
    placed : Mapping of str to sequence of PlacedClaim
        Their places by claim id.
    setting : Setting
        Areas, factors, claimants.
    target : Target
        Whose troops, and the last day of knowledge.
    areas : collection of str
        Ids of the areas.
    most : int
        Days of knowledge at most; where there are more weeks, every n-th.

    Returns
    -------
    tuple of Estimate
        By day of knowledge, the oldest first, then by area and day: weekly days that end with
        the day of knowledge. That of the target is not among them.
    """
    return tuple(
        row
        for as_of in _weeks(claims, target, most)
        if (fitted := fit(claims, placed, setting, replace(target, as_of=as_of))) is not None
        for row in _weekly(fitted, Shown(fitted, setting), areas)
    )


def _weeks(claims: Sequence[Claim], target: Target, most: int) -> list[date]:
    known = [claim.known_at.date() for claim in claims if claim.actor == target.actor]
    weeks = (target.as_of - min(known, default=target.as_of)).days // WEEK_DAYS
    every = -(-weeks // most) or 1
    back = range(every, weeks + 1, every)
    return [target.as_of - timedelta(days=WEEK_DAYS * week) for week in reversed(back)]


def _weekly(fitted: Fit, shown: Shown, areas: Collection[str]) -> list[Estimate]:
    rows: list[Estimate] = []
    for area_id in shown.area_ids:
        if area_id in areas:
            numbers = shown.day_numbers(area_id, None)[::-WEEK_DAYS][::-1]
            rows += estimate_days(fitted, shown, area_id, numbers)
    return rows


def nowcasts(fitted: Fit, setting: Setting) -> Masses:
    """Estimate every day from what was public by its end.

    House effects and factors are those of the fitted model; weights depend on earlier claims
    only, so they are those of each vintage.

    Parameters
    ----------
    fitted : Fit
        The fitted model.
    setting : Setting
        What it was fitted with.

    Returns
    -------
    ndarray of shape (days, areas, cells + 1)
        Distributions from the claims on each area alone, before the shared error.
    """
    data, areas = fitted.encoded.data, len(fitted.area_ids)
    used = np.flatnonzero(fitted.encoded.weight > 0)
    known = np.array([o.claim.known_at.date().toordinal() for o in fitted.observations])
    baselines = [setting.baseline(area_id) for area_id in fitted.area_ids]
    return filtered_nowcasts(
        chain_of(fitted.grid, setting, fitted.target, fitted.usual),
        priors_of(baselines, fitted.grid, setting, fitted.target),
        observation_logs(fitted.grid, fitted.encoded, fitted.leanings, used),
        area=data.area[used],
        day=data.day[used],
        known=np.maximum(known[used] - fitted.first_day.toordinal(), data.day[used]),
        shape=(len(fitted.path.sizes), areas),
    )


def filtered_nowcasts(
    chain: Chain,
    prior: Floats,
    logs: Masses,
    *,
    area: Ints,
    day: Ints,
    known: Ints,
    shape: tuple[int, int],
) -> Masses:
    """Run the forward filter once over all vintages.

    Parameters
    ----------
    chain : Chain
        The chain.
    prior : ndarray of shape (areas, cells + 1)
        Distribution on the first day, before any claim.
    logs : ndarray of shape (n, cells + 1)
        Log likelihood of each claim.
    area, day, known : ndarray of shape (n,)
        Area of each claim, the day that it speaks of, and the day from whose end it was public.
    shape : tuple of int
        Days and areas of the model.

    Returns
    -------
    ndarray of shape (days, areas, cells + 1)
        Distribution of each day as known on it.
    """
    days, areas = shape
    order = np.lexsort((known, day, area))
    cell = area[order] * days + day[order]
    totals = _running_likelihoods(logs[order], cell)
    steps = [_steps(day[area == a], known[area == a], days) for a in range(areas)]
    longest = max(len(step) for step in steps)
    # Areas that are done early repeat their last step, which changes nothing.
    plan = np.stack(
        [np.pad(step, ((0, longest - len(step)), (0, 0)), mode="edge") for step in steps]
    )
    latest = _latest(cell, known[order], plan, days)
    with one_thread():
        return _walk(chain, chain.first_day(prior), totals, latest, plan)


def _walk(chain: Chain, start: Masses, totals: Masses, latest: Ints, plan: Ints) -> Masses:
    # Take one step of every area's plan at a time. Messages are kept for as many days as a claim
    # comes late at most; older ones give their places to new ones.
    areas, width = start.shape[1:]
    days = int(plan[..., 1].max()) + 1
    kept = int((plan[..., 1] - plan[..., 0]).max()) + 2
    messages = np.zeros((kept, areas, REGIMES, width), np.float32)
    result = np.empty((days, areas, width), np.float32)
    everywhere = np.arange(areas)
    for turn in range(plan.shape[1]):
        at, vintage = plan[:, turn, 0], plan[:, turn, 1]
        state = chain.step(messages[(at - 1) % kept, everywhere].transpose(1, 0, 2))
        first = at == 0
        if first.any():
            state[:, first] = start[:, first]
        chain.observe(state, totals[latest[:, turn]])
        messages[at % kept, everywhere] = state.transpose(1, 0, 2)
        done = np.flatnonzero(at == vintage)
        sizes = state[:, done].sum(axis=0)
        result[vintage[done], done] = sizes / sizes.sum(axis=1, keepdims=True)
    return result


def _running_likelihoods(logs: Masses, cell: Ints) -> Masses:
    # After each claim of an area and day, in order of publication: all of them so far. The last
    # row is that of a day of which nobody has spoken.
    count = len(cell)
    totals = np.zeros((count + 1, logs.shape[1]), np.float32)
    totals[:count] = logs
    turn = np.arange(count) - np.searchsorted(cell, cell)
    for number in range(1, turn.max(initial=0) + 1):
        rows = np.flatnonzero(turn == number)
        totals[rows] += totals[rows - 1]
    for start in range(0, count, _ROWS):
        part = totals[start : start + _ROWS]
        part -= part.max(axis=1, keepdims=True)
        np.exp(part, out=part)
    totals[count] = 1
    return totals


def _steps(day: Ints, known: Ints, days: int) -> Ints:
    # Days to filter anew, one vintage after the other: pairs of day and vintage.
    restart = np.arange(days)
    inside = known < days
    np.minimum.at(restart, known[inside], day[inside])
    lengths = np.arange(days) - restart + 1
    vintage = np.repeat(np.arange(days), lengths)
    into = np.arange(len(vintage)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.stack([restart[vintage] + into, vintage], axis=1)


def _latest(cell: Ints, known: Ints, plan: Ints, days: int) -> Ints:
    # For each step the last claim of its area and day that was known by its vintage; -1 for none.
    span = days + 1
    keys = cell * span + np.minimum(known, days)
    wanted = (np.arange(len(plan))[:, None] * days + plan[..., 0]) * span + plan[..., 1]
    if len(cell) == 0:
        return np.full(wanted.shape, -1)
    place = np.searchsorted(keys, wanted, side="right") - 1
    same = (place >= 0) & (cell[place] == wanted // span)
    return np.where(same, place, -1)
