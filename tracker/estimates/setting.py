"""What a model knows beside the claims, and the grid, chain and priors that follow from it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tracker.areas import Area
from tracker.errors import InvalidValueError
from tracker.estimates.chain import Chain, Dynamics
from tracker.estimates.factors import Factors
from tracker.estimates.flows import FlowEvidence
from tracker.estimates.grid import Floats, SizeGrid
from tracker.estimates.observations import LARGEST_PERSONNEL, Target
from tracker.vocabulary import Unit

SMALLEST_PERSONNEL = 30.0
"""Strengths below this are not told apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Baseline:
    """What is known of an area's strength before any claim.

    Parameters
    ----------
    median : float
        Persons.
    log_sd : float
        Standard deviation of the logarithm.
    p_zero : float
        Probability that nobody is there.
    """

    median: float = 10_000.0
    log_sd: float = 2.0
    p_zero: float = 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """What a model knows beside the claims.

    Parameters
    ----------
    areas : tuple of Area
        The areas.
    factors : Factors
        Conversions between units and scopes.
    claimant_types : Mapping of str to str
        Type of each claimant by its id.
    baselines : Mapping of str to Baseline
        Per area, where more is known than nothing.
    dynamics : Dynamics
        How a size may change in a day.
    flows : tuple of FlowEvidence
        What came and went, of every actor; only what was public by then is used.
    """

    areas: tuple[Area, ...]
    factors: Factors
    claimant_types: Mapping[str, str] = field(default_factory=dict)
    baselines: Mapping[str, Baseline] = field(default_factory=dict)
    dynamics: Dynamics = field(default_factory=Dynamics)
    flows: tuple[FlowEvidence, ...] = ()

    def baseline(self, area_id: str) -> Baseline:
        """Return what is known of an area before any claim.

        Parameters
        ----------
        area_id : str
            The area.

        Returns
        -------
        Baseline
            Its own, or that of an area of which nothing is known.
        """
        return self.baselines.get(area_id, Baseline())


def grid_of(setting: Setting, target: Target) -> SizeGrid:
    """Make the grid of a model.

    Parameters
    ----------
    setting : Setting
        Conversions between units.
    target : Target
        The wanted unit.

    Returns
    -------
    SizeGrid
        In the wanted unit.
    """
    persons = persons_per_unit(setting, target)
    return SizeGrid(low=SMALLEST_PERSONNEL / persons, high=LARGEST_PERSONNEL / persons)


def persons_per_unit(setting: Setting, target: Target) -> float:
    """Say how many persons one of the wanted units stands for.

    Parameters
    ----------
    setting : Setting
        Conversions between units.
    target : Target
        The wanted unit.

    Returns
    -------
    float
        1 for personnel.

    Raises
    ------
    InvalidValueError
        Where no conversion is known.
    """
    factor = setting.factors.between(target.unit, Unit.PERSONNEL)
    if factor is None:
        raise InvalidValueError(f"no estimate can be made in {target.unit}.")
    return math.exp(factor.log_mean)


def chain_of(
    grid: SizeGrid, setting: Setting, target: Target, usual: Floats | None = None
) -> Chain:
    """Make the chain of a model.

    Parameters
    ----------
    grid : SizeGrid
        The grid.
    setting : Setting
        How sizes change, in persons.
    target : Target
        The wanted unit.
    usual : ndarray of shape (areas,), optional
        As for `Chain`.

    Returns
    -------
    Chain
        In the wanted unit.
    """
    small_force = setting.dynamics.small_force / persons_per_unit(setting, target)
    return Chain(grid, replace(setting.dynamics, small_force=small_force), usual)


def priors_of(
    baselines: Sequence[Baseline], grid: SizeGrid, setting: Setting, target: Target
) -> Floats:
    """Lay baselines over the grid.

    Parameters
    ----------
    baselines : sequence of Baseline
        What is known before any claim, in persons.
    grid : SizeGrid
        The grid.
    setting : Setting
        Conversions between units.
    target : Target
        The wanted unit.

    Returns
    -------
    ndarray of shape (baselines, cells + 1)
        Distributions before any claim.
    """
    persons = persons_per_unit(setting, target)
    rows = (grid.lognormal(b.median / persons, b.log_sd, b.p_zero) for b in baselines)
    return np.stack(list(rows))
