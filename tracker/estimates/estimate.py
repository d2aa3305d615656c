"""An estimate: the distribution of the strength present in an area on a day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.display import card
from tracker.errors import InvalidValueError
from tracker.vocabulary import Scope, Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimWeight:
    """How much one claim counts in an estimate.

    Parameters
    ----------
    id : str
        The claim.
    weight : float
        Exponent of its likelihood, in [0, 1]; 0 for a relay.
    reason : str
        Why this weight, in words.

    Raises
    ------
    InvalidValueError
        Where the weight lies outside [0, 1].
    """

    id: str
    weight: float
    reason: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.weight <= 1:
            raise InvalidValueError(f"weight {self.weight} of {self.id} is not between 0 and 1.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """Strength of one actor in one area on one UTC day.

    Parameters
    ----------
    area, actor : str
        Ids.
    day : date
        UTC day that it speaks of.
    as_of : date
        Only what was public by the end of this day is used.
    unit : Unit
        `personnel` or `BTG`.
    scope : Scope
        Services that it includes.
    p05, p25, p50, p75, p95 : float
        Quantiles in `unit`, ascending.
    p_zero : float
        Probability that nobody is there.
    building_up, drawing_down : float
        Probabilities of the two regimes.
    forecast : bool
        Whether `day` lies after `as_of`.
    method : str
        Name and version of the method.
    claims : tuple of ClaimWeight
        What it rests on.

    Raises
    ------
    InvalidValueError
        Where a number is not finite, the quantiles are out of order, or a probability is none.
    """

    area: str
    actor: str
    day: date
    as_of: date
    unit: Unit
    scope: Scope
    p05: float
    p25: float
    p50: float
    p75: float
    p95: float
    p_zero: float
    building_up: float
    drawing_down: float
    forecast: bool
    method: str
    claims: tuple[ClaimWeight, ...] = ()

    def __post_init__(self) -> None:
        quantiles = (self.p05, self.p25, self.p50, self.p75, self.p95)
        if not all(math.isfinite(q) and q >= 0 for q in quantiles):
            raise InvalidValueError(f"the estimate of {self.area} on {self.day} is not finite.")
        if list(quantiles) != sorted(quantiles):
            raise InvalidValueError(f"the quantiles of {self.area} on {self.day} are out of order.")
        if not all(0 <= p <= 1 for p in (self.p_zero, self.building_up, self.drawing_down)):
            raise InvalidValueError("a probability lies between 0 and 1.")

    def _repr_html_(self) -> str:
        return card(
            f"{self.actor} in {self.area} on {self.day}",
            {
                "median": f"{self.p50:,.0f} {self.unit}",
                "50 % interval": f"{self.p25:,.0f} to {self.p75:,.0f}",
                "90 % interval": f"{self.p05:,.0f} to {self.p95:,.0f}",
                "as of": self.as_of,
                "scope": self.scope,
                "forecast": "yes" if self.forecast else None,
                "claims": len(self.claims),
                "method": self.method,
            },
        )

    def as_record(self) -> dict[str, Any]:
        """Turn into the record that `tracker estimate --json` prints.

        Returns
        -------
        dict of str to Any
            Plain values; days in ISO 8601, sizes to a tenth, probabilities and weights to four
            digits, `claims` as ids with weights.
        """
        return {
            "area": self.area,
            "actor": self.actor,
            "date": self.day.isoformat(),
            "as_of": self.as_of.isoformat(),
            "unit": str(self.unit),
            "scope": str(self.scope),
            "p05": round(self.p05, 1),
            "p25": round(self.p25, 1),
            "p50": round(self.p50, 1),
            "p75": round(self.p75, 1),
            "p95": round(self.p95, 1),
            "p_zero": round(self.p_zero, 4),
            "building_up": round(self.building_up, 4),
            "drawing_down": round(self.drawing_down, 4),
            "forecast": self.forecast,
            "method": self.method,
            "claims": [{"id": claim.id, "weight": round(claim.weight, 4)} for claim in self.claims],
        }
