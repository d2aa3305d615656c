"""A stated size: an interval with a qualifier, in a unit, never flattened to one number."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tracker.errors import InvalidValueError
from tracker.vocabulary import Change, Per, Qualifier, Unit

MOST_OF_ANYTHING = 50_000_000
"""No stated size above this is credible: all armed forces of 1945 together had about as many
people under arms; today's have 27 million (IISS, The Military Balance 2023)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """A size as stated.

    Parameters
    ----------
    qualifier : Qualifier
        How the words bound the number.
    unit : Unit or None
        What is counted; None for a ratio without a unit.
    low, high, best : float or None
        Bounds and central value in `unit`; None where not stated, never 0. For a ratio `best` is
        the factor (70 % = 0.7, twice = 2).
    approx : bool
        Whether the number is hedged beside its qualifier.
    per : Per or None
        `day` for a rate.
    relative_to : str or None
        The words of the base of a ratio or percentage.
    change : Change
        Whether it is the size itself or an increment.
    text : str or None
        The words of the number as written.

    Raises
    ------
    InvalidValueError
        Where a number is not finite, negative, beyond what can exist, or the bounds are crossed.
    """

    qualifier: Qualifier
    unit: Unit | None
    low: float | None = None
    high: float | None = None
    best: float | None = None
    approx: bool = False
    per: Per | None = None
    relative_to: str | None = None
    change: Change = Change.TOTAL
    text: str | None = None

    def __post_init__(self) -> None:
        for name in ("low", "best", "high"):  # 3 and 3.0 are one size and must give one id
            if (number := getattr(self, name)) is not None:
                object.__setattr__(self, name, float(number) + 0.0)
        stated = [number for number in (self.low, self.best, self.high) if number is not None]
        for number in stated:
            _require_possible(number)
        if stated != sorted(stated):
            raise InvalidValueError(
                f"low, best and high are out of order ({', '.join(f'{n:g}' for n in stated)})."
            )
        if self.unit is None and self.qualifier is not Qualifier.RATIO:
            raise InvalidValueError("only a ratio may go without a unit.")
        if self.qualifier is Qualifier.RATIO and self.best is None:
            raise InvalidValueError("a ratio needs its factor in best.")
        if self.qualifier is Qualifier.RANGE and (self.low is None or self.high is None):
            raise InvalidValueError("a range needs both low and high.")

    @property
    def identity(self) -> str:
        """What tells it from other sizes of one quote: its words, or else its numbers and unit."""
        return self.text or f"{self.low}|{self.best}|{self.high} {self.unit}"


def _require_possible(number: float) -> None:
    if not math.isfinite(number):
        raise InvalidValueError(f"{number} is not a number of anything.")
    if number < 0:
        raise InvalidValueError(f"a size cannot be negative ({number:g}).")
    if number > MOST_OF_ANYTHING:
        raise InvalidValueError(
            f"{number:,.0f} is beyond any force that exists "
            f"(the limit is {MOST_OF_ANYTHING:,}); check the number."
        )
