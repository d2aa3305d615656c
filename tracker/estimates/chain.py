"""The size of an area from day to day: an exact forward-backward pass over the log-size grid.

The state is a size and one of three regimes (flat, building up, drawing down). Days are coupled
by a jump diffusion with a drift that the regime sets; jumps and regimes are what lets the chain
follow a build-up that a random walk would lag behind (Hamilton 1989, Econometrica 57:357, for
regimes; Kitagawa 1987, JASA 82:1032, for smoothing on a grid).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from tracker.estimates.grid import Floats, Masses, SizeGrid
from tracker.estimates.threads import one_thread

FLAT, BUILDING_UP, DRAWING_DOWN = range(3)
REGIMES = 3
FIRST_REGIMES = np.array([0.8, 0.1, 0.1])
"""Probabilities of the regimes on the first day."""
FLOOR = 1e-14
"""Added to every cell on every day, so that no claim can rule out a size for good."""
_TINY = np.float32(1e-30)
_MOST_TURNS = 0.5
_LARGEST_SINGLE_STEP = 0.24
"""Most of a cell's mass that may diffuse to each side in one sub-step (stability)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dynamics:
    """How a size may change in a day.

    Scores move by less than 4 % when any one of them is halved or doubled
    (`docs/method/estimates.md`).

    Parameters
    ----------
    diffusion : float
        Standard deviation of the daily random walk, log units.
    drift : float
        Daily growth while building up, daily shrinkage while drawing down, log units.
    regime_days : float
        Mean stay in a regime, days.
    jump_days : float
        Mean time between jumps, days.
    jump_scale : float
        Scale of the two-sided exponential size of a jump, log units.
    arrival_days : float
        Mean time until somebody comes to an empty area, days.
    newcomer_factor, newcomer_log_sd : float
        Median size of who comes, in small forces, and its spread, log units: as of an area of
        which nothing is known.
    leaving_days : float
        Mean time until a small force leaves altogether, days.
    small_force : float
        Size, in the unit of the grid, up to which `leaving_days` holds; a larger force leaves in
        proportion more rarely.
    usual_sd : float
        Spread of sizes about what is usual in an area, log units.
    """

    diffusion: float = 0.010
    drift: float = 0.013
    regime_days: float = 45.0
    jump_days: float = 120.0
    jump_scale: float = 0.35
    arrival_days: float = 365.0
    newcomer_factor: float = 10.0
    newcomer_log_sd: float = 2.0
    leaving_days: float = 1000.0
    small_force: float = 1000.0
    usual_sd: float = 1.0


@cache
def transition_matrices(grid: SizeGrid, dynamics: Dynamics) -> Masses:
    """Build the daily transition of sizes in each regime.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    dynamics : Dynamics
        How a size may change in a day.

    Returns
    -------
    ndarray of shape (3, cells + 1, cells + 1)
        `[regime, from, to]`; rows sum to 1. Made once per grid; not to be changed.
    """
    spread = _diffusion(grid, dynamics.diffusion) @ _jumps(grid, dynamics)
    drifts = (0.0, dynamics.drift, -dynamics.drift)
    result = np.zeros((REGIMES, grid.cells + 1, grid.cells + 1))
    leaving = np.minimum(1.0, dynamics.small_force / np.exp(grid.log_sizes)) / dynamics.leaving_days
    newcomer_median = dynamics.newcomer_factor * dynamics.small_force
    newcomers = grid.lognormal(newcomer_median, dynamics.newcomer_log_sd, 0.0)[1:]
    for regime, drift in enumerate(drifts):
        sizes = _shift(grid, drift) @ spread
        result[regime, 1:, 1:] = sizes * (1 - leaving)[:, None]
        result[regime, 1:, 0] = leaving
        result[regime, 0, 0] = 1 - 1 / dynamics.arrival_days
        result[regime, 0, 1:] = newcomers / dynamics.arrival_days
    single = result.astype(np.float32)
    single.setflags(write=False)
    return single


def _diffusion(grid: SizeGrid, daily_sd: float) -> Floats:
    # Spread mass to the neighbours with the exact daily variance; the edges reflect.
    each_side = (daily_sd / grid.step) ** 2 / 2
    steps = max(1, math.ceil(each_side / _LARGEST_SINGLE_STEP))
    side = each_side / steps
    kernel = np.diag(np.full(grid.cells, 1 - 2 * side))
    kernel += np.diag(np.full(grid.cells - 1, side), 1) + np.diag(np.full(grid.cells - 1, side), -1)
    kernel[0, 0] += side
    kernel[-1, -1] += side
    return np.linalg.matrix_power(kernel, steps)


def _shift(grid: SizeGrid, drift: float) -> Floats:
    # Move mass by a fraction of a cell; what would leave the grid stays in its last cell.
    part = abs(drift) / grid.step
    whole, part = int(part), part - int(part)
    sign = int(math.copysign(1, drift))
    matrix = np.zeros((grid.cells, grid.cells))
    origin = np.arange(grid.cells)
    for cells, share in ((whole, 1 - part), (whole + 1, part)):
        target = np.clip(origin + sign * cells, 0, grid.cells - 1)
        np.add.at(matrix, (origin, target), share)
    return matrix


def _jumps(grid: SizeGrid, dynamics: Dynamics) -> Floats:
    # Let a share of the mass jump by a two-sided exponential distance.
    distance = np.abs(np.subtract.outer(grid.log_sizes, grid.log_sizes))
    landing = np.exp(-distance / dynamics.jump_scale)
    landing /= landing.sum(axis=1, keepdims=True)
    chance = 1 / dynamics.jump_days
    return (1 - chance) * np.eye(grid.cells) + chance * landing


@dataclass(frozen=True, kw_only=True, slots=True)
class Path:
    """Distributions of sizes and regimes, day by day.

    Parameters
    ----------
    sizes : ndarray of shape (days, areas, cells + 1)
        Probabilities of sizes.
    regimes : ndarray of shape (days, areas, 3)
        Probabilities of flat, building up, drawing down.
    log_evidence : ndarray of shape (areas,)
        Logarithm of the probability of the claims, up to a constant.
    """

    sizes: Masses
    regimes: Masses
    log_evidence: Floats


class Chain:
    """Forward-backward pass for several areas at once.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    dynamics : Dynamics, optional
        How a size may change in a day.
    usual : ndarray of shape (areas,) or (1,), optional
        Log size about which each area lies in the long run; NaN where none is known. Growth turns
        into shrinkage the sooner the further the size is above it, and the other way round.
    """

    def __init__(
        self, grid: SizeGrid, dynamics: Dynamics | None = None, usual: Floats | None = None
    ) -> None:
        self.grid = grid
        self.dynamics = dynamics or Dynamics()
        self._forward = transition_matrices(grid, self.dynamics)
        self._backward = np.ascontiguousarray(self._forward.transpose(0, 2, 1))
        self._turns = None if usual is None else _turns(grid, self.dynamics, usual)
        self._stay = np.float32(1 - 1.5 / self.dynamics.regime_days)
        self._switch = np.float32(0.5 / self.dynamics.regime_days)

    def first_day(self, prior: Floats) -> Masses:
        """Spread the first day's sizes over the regimes.

        Parameters
        ----------
        prior : ndarray of shape (areas, cells + 1)
            Distribution of the size before any claim.

        Returns
        -------
        ndarray of shape (3, areas, cells + 1)
            The state, before the first day's claims.
        """
        return (FIRST_REGIMES[:, None, None] * prior).astype(np.float32)

    def step(self, state: Masses) -> Masses:
        """Move states on by one day.

        Parameters
        ----------
        state : ndarray of shape (3, areas, cells + 1)
            The state at the end of a day.

        Returns
        -------
        ndarray of shape (3, areas, cells + 1)
            The state of the next day before its claims.
        """
        moved = np.asarray(np.matmul(self._mix(state), self._forward))
        if self._turns is not None:
            onward = moved[1:] * self._turns
            moved[1:] += onward[::-1] - onward
        return moved

    def _turn_back(self, behind: Masses) -> None:
        # The transpose of what `step` does last, in place.
        if self._turns is not None:
            behind[1:] += self._turns * (behind[:0:-1] - behind[1:])

    def _mix(self, state: Masses) -> Masses:
        return np.asarray(self._stay * state + self._switch * state.sum(axis=0))

    @staticmethod
    def observe(state: Masses, likelihood: Masses) -> Floats:
        """Weigh states by a day's claims, in place, and normalise them.

        Parameters
        ----------
        state : ndarray of shape (3, areas, cells + 1)
            Changed in place; sums to 1 per area afterwards, every cell above zero.
        likelihood : ndarray of shape (areas, cells + 1)
            Of the day's claims.

        Returns
        -------
        ndarray of shape (areas,)
            Log of the probability of the claims, given those before.
        """
        state *= likelihood
        total = np.maximum(state.sum(axis=(0, 2)), _TINY)
        state /= total[:, None]
        state += np.float32(FLOOR)
        return np.asarray(np.log(total.astype(np.float64)))

    def filter(
        self, prior: Floats, likelihoods: Masses, moved: Mapping[int, Masses] | None = None
    ) -> tuple[Masses, Floats]:
        """Run forward: what each day looked like from the claims up to it.

        Parameters
        ----------
        prior : ndarray of shape (areas, cells + 1)
            Distribution on the first day, before any claim.
        likelihoods : ndarray of shape (days, areas, cells + 1)
            Of each day's claims; 1 where there are none.
        moved : Mapping of int to ndarray of shape (areas, cells + 1, cells + 1), optional
            What is known to have come or gone: on such a day sizes move by `[area, from, to]`
            after the transition of every day and before the day's claims.

        Returns
        -------
        messages : ndarray of shape (days, 3, areas, cells + 1)
            Filtered states.
        log_evidence : ndarray of shape (areas,)
            Log of the probability of all claims, up to a constant.
        """
        days, areas, width = likelihoods.shape
        moved = moved or {}
        messages = np.empty((days, REGIMES, areas, width), np.float32)
        log_evidence = np.zeros(areas)
        for day in range(days):
            state = messages[day]
            state[:] = self.step(messages[day - 1]) if day else self.first_day(prior)
            if day in moved:
                state[:] = _through(state, moved[day])
            log_evidence += self.observe(state, likelihoods[day])
        return messages, log_evidence

    def smooth(
        self, prior: Floats, likelihoods: Masses, moved: Mapping[int, Masses] | None = None
    ) -> Path:
        """Run forward and backward: what each day looks like from all claims.

        Parameters
        ----------
        prior, likelihoods, moved
            As for `filter`.

        Returns
        -------
        Path
            The smoothed distributions.
        """
        with one_thread():
            return self._smooth(prior, likelihoods, moved or {})

    def _smooth(self, prior: Floats, likelihoods: Masses, moved: Mapping[int, Masses]) -> Path:
        messages, log_evidence = self.filter(prior, likelihoods, moved)
        days, areas, width = likelihoods.shape
        sizes = np.empty((days, areas, width), np.float32)
        regimes = np.empty((days, areas, REGIMES), np.float32)
        behind = np.ones((REGIMES, areas, width), np.float32)
        for day in range(days - 1, -1, -1):
            joint = messages[day]
            joint *= behind
            total = joint.sum(axis=(0, 2))
            np.divide(joint.sum(axis=0), total[:, None], out=sizes[day])
            regimes[day] = (joint.sum(axis=2) / total).T
            behind *= likelihoods[day]
            if day in moved:
                behind = _through(behind, moved[day].transpose(0, 2, 1))
            self._turn_back(behind)
            behind = self._mix(np.matmul(behind, self._backward))
            behind /= np.maximum(behind.max(axis=(0, 2)), _TINY)[:, None]
            behind += np.float32(FLOOR)
        return Path(sizes=sizes, regimes=regimes, log_evidence=log_evidence)


def _turns(grid: SizeGrid, dynamics: Dynamics, usual: Floats) -> Masses:
    # Daily share of the growing (first) and of the shrinking that turns. With these rates a size
    # that drifts at a constant speed is normally distributed about what is usual in the long run
    # (the zig-zag process: Bierkens, Fearnhead & Roberts 2019, Annals of Statistics 47:1288).
    beyond = grid.log_sizes - np.nan_to_num(usual)[:, None]
    rate = dynamics.drift * beyond / dynamics.usual_sd**2 * np.isfinite(usual)[:, None]
    both = np.clip(np.stack([rate, -rate]), 0, _MOST_TURNS)
    return np.pad(both, ((0, 0), (0, 0), (1, 0))).astype(np.float32)


def _through(state: Masses, matrices: Masses) -> Masses:
    # Move the sizes of each area by its own matrix, in every regime.
    return np.asarray(np.matmul(state.transpose(1, 0, 2), matrices).transpose(1, 0, 2))
