"""What the words around a number say about the size: one reading per qualifier.

A reading is an interval or a one-sided bound on the size that the speaker perceives, with what
the choice of words implies beyond it. 'More than 100,000' bounds the size from below, and also
hints that the next round number is not reached (granularity implicature: Cummins, Sauerland &
Solt 2012, Linguistics and Philosophy 35:135); the hint can be cancelled, so part of the weight
stays with the bare bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from tracker.claims import Measure
from tracker.estimates.rounding import rounding_unit
from tracker.vocabulary import Qualifier, Unit

INTERVAL, AT_LEAST, AT_MOST = 0, 1, -1

WIDE_SCALE = 1.0
"""How far above a bare bound the size may lie: one e-fold on average."""
ROUNDING_STEPS_ABOVE = 1.5
"""Mean overshoot of 'more than v', in rounding units of v."""
NEARLY_GAP = 0.05
UP_TO_GAP = 0.2
WELL_OVER_GAP = 0.25
"""Mean distances of the size from the number, log units."""
RANGE_SD_FACTOR = 0.6
"""A stated range spends part of the reporting error already; it is never read as 90 %."""
MAGNITUDE_SD = 0.2
"""Least reporting error of a vague magnitude, log units."""
NOBODY_PERSONNEL = 24.0
"""'Nobody' allows for fewer than dozens."""

MAGNITUDES: dict[Qualifier, tuple[float, float]] = {
    Qualifier.TENS_OF_THOUSANDS: (20_000, 100_000),
    Qualifier.THOUSANDS: (2_000, 10_000),
    Qualifier.HUNDREDS: (200, 1_000),
    Qualifier.DOZENS: (24, 100),
    Qualifier.SEVERAL: (3, 7),
    Qualifier.A_FEW: (2, 5),
    Qualifier.A_COUPLE: (1.5, 2.5),
}
"""What vague words span; the last three multiply a base number where one is stated."""
_MULTIPLES = frozenset({Qualifier.SEVERAL, Qualifier.A_FEW, Qualifier.A_COUPLE})


class Reading(NamedTuple):
    """One number as the words bound it; log units of the claim's own unit throughout.

    Attributes
    ----------
    direction : int
        0 an interval, 1 a lower bound, -1 an upper bound.
    low, high : float
        Ends of the interval; equal for a bound.
    overshoot : float
        Mean distance of the size beyond a bound that the words hint at.
    wide_share : float
        Weight of the bare bound against the hint, in [0, 1].
    wide_scale : float
        Mean distance beyond the bare bound; infinite for a bound that says nothing more.
    well_beyond : bool
        Whether sizes close to the bound are unlikely ('well over').
    sd_factor, least_sd : float
        The reporting error is the claimant's times the factor, and at least this.
    """

    direction: int
    low: float
    high: float
    overshoot: float = 1.0
    wide_share: float = 0.0
    wide_scale: float = WIDE_SCALE
    well_beyond: bool = False
    sd_factor: float = 1.0
    least_sd: float = 0.0

    def bare(self) -> Reading:
        """Strip the reading down to a bound that hints at nothing beyond itself.

        Returns
        -------
        Reading
            The bare bound.
        """
        return self._replace(wide_share=1.0, wide_scale=math.inf, well_beyond=False)


def read_measure(measure: Measure) -> Reading | None:
    """Read a stated size.

    Parameters
    ----------
    measure : Measure
        The size as stated.

    Returns
    -------
    Reading or None
        None where the words give no size: a ratio, or no number.
    """
    if measure.qualifier is Qualifier.RATIO:
        return None
    if measure.qualifier is Qualifier.NONE or 0 in {measure.best, measure.high}:
        return _nobody(measure.unit)
    if measure.qualifier in MAGNITUDES:
        return _magnitude(measure)
    if measure.low and measure.high and measure.low < measure.high:
        factor = 1.0 if measure.approx else RANGE_SD_FACTOR
        return Reading(INTERVAL, math.log(measure.low), math.log(measure.high), sd_factor=factor)
    number = measure.best or measure.low or measure.high
    if number is None:
        return None
    return _BOUNDS.get(measure.qualifier, _point)(number, measure)


def _point(number: float, measure: Measure) -> Reading:
    hedged = measure.approx or measure.qualifier is Qualifier.ABOUT
    half = min(rounding_unit(number) * (1.0 if hedged else 0.5), 0.9 * number)
    return Reading(INTERVAL, math.log(number - half), math.log(number + half))


def _magnitude(measure: Measure) -> Reading:
    low, high = MAGNITUDES[measure.qualifier]
    if measure.qualifier in _MULTIPLES and measure.best:
        low, high = low * measure.best, high * measure.best
    if measure.low and measure.high and measure.low < measure.high:
        low, high = measure.low, measure.high
    return Reading(INTERVAL, math.log(low), math.log(high), least_sd=MAGNITUDE_SD)


def _nobody(unit: Unit | None) -> Reading:
    bound = math.log(NOBODY_PERSONNEL if unit is Unit.PERSONNEL else 1.0)
    return Reading(AT_MOST, bound, bound, least_sd=MAGNITUDE_SD).bare()


def _bound(
    direction: int, gap: float | None, wide_share: float, *, well_beyond: bool = False
) -> Callable[[float, Measure], Reading]:
    # Make the reader of a bound; without a gap the next round number sets the overshoot.

    def read(number: float, _: Measure) -> Reading:
        log = math.log(number)
        overshoot = gap or ROUNDING_STEPS_ABOVE * math.log1p(rounding_unit(number) / number)
        return Reading(direction, log, log, overshoot, wide_share, well_beyond=well_beyond)

    return read


def _hard_upper(number: float, _: Measure) -> Reading:
    return Reading(AT_MOST, math.log(number), math.log(number)).bare()


_BOUNDS: dict[Qualifier, Callable[[float, Measure], Reading]] = {
    Qualifier.MORE_THAN: _bound(AT_LEAST, None, 0.3),
    Qualifier.AT_LEAST: _bound(AT_LEAST, None, 0.5),
    Qualifier.WELL_OVER: _bound(AT_LEAST, WELL_OVER_GAP, 0.0, well_beyond=True),
    Qualifier.UP_TO: _bound(AT_MOST, UP_TO_GAP, 0.3),
    Qualifier.AS_MANY_AS: _bound(AT_MOST, UP_TO_GAP, 0.3),
    Qualifier.NEARLY: _bound(AT_MOST, NEARLY_GAP, 0.0),
    Qualifier.AT_MOST: _hard_upper,
    Qualifier.FEWER_THAN: _hard_upper,
}
"""Shares of the bare bound: 'at least' carries more ignorance than 'more than' (Cremers, Coppock,
Dotlacil & Roelofsen 2022, Linguistics and Philosophy 45:1349)."""
