"""How often the figures of a claimant fell within what was later agreed on."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.vocabulary import Reliability

FEW = 8
"""Fewer cases change nothing."""
RAISES_FROM, LOWERS_BELOW = 0.7, 0.5
"""A grade is raised where the share of hits surely lies above the first, and lowered where it
surely lies below the second."""
_Z = 1.645  # both ends of a 90 % interval
_GRADES = (Reliability.A, Reliability.B, Reliability.C, Reliability.D, Reliability.E)
"""F stands aside: a source that cannot be judged is not one step below E."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PastFigure:
    """One earlier figure, and whether it came true.

    Parameters
    ----------
    claimant_id : str
        Whose figure.
    hit : bool
        Whether it fell within the 90 % interval of the later estimate.
    """

    claimant_id: str
    hit: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TrackRecord:
    """Hits of a claimant.

    Parameters
    ----------
    cases, hits : int
        Figures that could be compared, and those that fell within.
    """

    cases: int
    hits: int

    @property
    def interval(self) -> tuple[float, float]:
        """Share of hits with 90 % confidence (Wilson 1927, J. Am. Stat. Assoc. 22:209)."""
        if not self.cases:
            return 0.0, 1.0
        share, n = self.hits / self.cases, self.cases
        middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n * n))
        return middle - half, middle + half

    @property
    def sentence(self) -> str:
        """The record in words."""
        return f"{self.hits} of {self.cases} earlier figures fell within later agreed estimates"

    def moved(self, grade: Reliability) -> Reliability:
        """Move a grade by what the record shows.

        Parameters
        ----------
        grade : Reliability
            Grade of the registry.

        Returns
        -------
        Reliability
            One step up or down where the record is long and clear, else the same.
        """
        if self.cases < FEW or grade not in _GRADES:
            return grade
        low, high = self.interval
        step = -1 if low > RAISES_FROM else 1 if high < LOWERS_BELOW else 0
        return _GRADES[min(max(_GRADES.index(grade) + step, 0), len(_GRADES) - 1)]


def track_records(figures: Iterable[PastFigure]) -> Mapping[str, TrackRecord]:
    """Count hits by claimant.

    Parameters
    ----------
    figures : iterable of PastFigure
        Earlier figures.

    Returns
    -------
    Mapping of str to TrackRecord
        By claimant id.
    """
    cases: dict[str, int] = defaultdict(int)
    hits: dict[str, int] = defaultdict(int)
    for figure in figures:
        cases[figure.claimant_id] += 1
        hits[figure.claimant_id] += figure.hit
    return {name: TrackRecord(cases=n, hits=hits[name]) for name, n in cases.items()}
