"""A number as a sentence gives it, with its bounds, before it is known what it counts."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.vocabulary import Change, Per, Qualifier


@dataclass(frozen=True, kw_only=True, slots=True)
class Numeral:
    """A number or vague number with its bounds.

    Parameters
    ----------
    first, last : int
        Tokens with qualifiers, `last` exclusive.
    core : int
        First token of the number itself.
    qualifier : Qualifier
        How it is bounded.
    low, high, best : float or None
        As in `Measure`.
    approx : bool
        Hedged.
    change : Change
        Total or increment.
    per : Per or None
        Rate.
    strong : bool
        Whether the word itself counts people: "20-тысячная".
    """

    first: int
    last: int
    core: int
    qualifier: Qualifier
    low: float | None = None
    high: float | None = None
    best: float | None = None
    approx: bool = False
    change: Change = Change.TOTAL
    per: Per | None = None
    strong: bool = False

    @property
    def headline(self) -> float | None:
        """The number that a reader would quote."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)
