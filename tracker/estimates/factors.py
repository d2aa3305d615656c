"""Factors that turn a claim's unit and scope into those of an estimate: data, with their spread."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.errors import InvalidValueError
from tracker.vocabulary import Scope, Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Factor:
    """A multiplier that is known with an error.

    Parameters
    ----------
    log_mean, log_sd : float
        Mean and standard deviation of its natural logarithm.

    Raises
    ------
    InvalidValueError
        Where one is not finite, or the spread is negative.
    """

    log_mean: float
    log_sd: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.log_mean) and math.isfinite(self.log_sd)):
            raise InvalidValueError("a factor has to be finite.")
        if self.log_sd < 0:
            raise InvalidValueError(f"the spread of a factor cannot be negative ({self.log_sd}).")


@dataclass(frozen=True, kw_only=True, slots=True)
class Factors:
    """What the published conversions say.

    The error of a factor is one number for all claims that need it, not fresh noise for each:
    if a battalion group stands for 1,500 people rather than 1,300, it does so in every claim.

    Parameters
    ----------
    units : Mapping of Unit to Factor
        Persons of all services present per unit counted.
    scopes : Mapping of Scope to Factor
        All services per size of the scope.
    carriers : Mapping of Unit to Factor
        Persons carried per unit that moves but is no strength itself, such as a train.
    """

    units: Mapping[Unit, Factor]
    scopes: Mapping[Scope, Factor]
    carriers: Mapping[Unit, Factor] = field(default_factory=dict)

    def between(self, claimed: Unit, wanted: Unit) -> Factor | None:
        """Find the factor from one unit to another.

        Parameters
        ----------
        claimed, wanted : Unit
            Unit of the claim and of the estimate.

        Returns
        -------
        Factor or None
            Wanted units per claimed unit; None where no conversion is known.
        """
        if claimed is wanted:
            return Factor(log_mean=0.0, log_sd=0.0)
        one, other = self._persons_per(claimed), self._persons_per(wanted)
        if one is None or other is None:
            return None
        return Factor(
            log_mean=one.log_mean - other.log_mean, log_sd=math.hypot(one.log_sd, other.log_sd)
        )

    def _persons_per(self, unit: Unit) -> Factor | None:
        if unit is Unit.PERSONNEL:
            return Factor(log_mean=0.0, log_sd=0.0)
        return self.units.get(unit)

    def carried_by(self, unit: Unit) -> Factor | None:
        """Find how many persons move with a unit.

        Parameters
        ----------
        unit : Unit
            What is on the way.

        Returns
        -------
        Factor or None
            Persons per unit; None where no conversion is known.
        """
        return self.carriers.get(unit) or self._persons_per(unit)

    def from_scope(self, claimed: Scope | None, wanted: Scope) -> Factor | None:
        """Find the factor from one scope to another.

        Parameters
        ----------
        claimed : Scope or None
            Scope of the claim; where it is not stated, all services are meant.
        wanted : Scope
            Scope of the estimate.

        Returns
        -------
        Factor or None
            None where a size of this scope says nothing of the other.
        """
        claimed = claimed or Scope.ALL_SERVICES
        if claimed is wanted:
            return Factor(log_mean=0.0, log_sd=0.0)
        one, other = self._all_services_per(claimed), self._all_services_per(wanted)
        if one is None or other is None:
            return None
        return Factor(
            log_mean=one.log_mean - other.log_mean, log_sd=math.hypot(one.log_sd, other.log_sd)
        )

    def _all_services_per(self, scope: Scope) -> Factor | None:
        if scope is Scope.ALL_SERVICES:
            return Factor(log_mean=0.0, log_sd=0.0)
        return self.scopes.get(scope)
