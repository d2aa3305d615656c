"""How coarsely a number was rounded, judged from its digits."""

from __future__ import annotations

import math

FAVOURED = (1.0, 2.0, 2.5, 5.0)
"""Multiples of a power of ten that people round to (Jansen & Pollmann 2001, Journal of
Quantitative Linguistics 8:187)."""
USUAL_SHARE = 0.1
"""Rounding unit that is usual, as a share of the number."""


def rounding_unit(number: float) -> float:
    """Find the unit to which a stated number was probably rounded.

    Parameters
    ----------
    number : float
        A stated count, above 0.

    Returns
    -------
    float
        The divisor among 1, 2, 2.5 and 5 times a power of ten that lies closest, in logarithm,
        to a tenth of the number: 100 for 94,300, 1,000 for 127,000, 10,000 for 150,000. At least
        1 for whole numbers; a tenth of the number where nothing divides it.
    """
    usual = USUAL_SHARE * number
    whole = float(number).is_integer()
    candidates = [
        factor * 10.0**power
        for power in range(math.floor(math.log10(usual)) - 5, math.floor(math.log10(usual)) + 2)
        for factor in FAVOURED
    ]
    fitting = [
        unit
        for unit in candidates
        if unit <= number / 2 + 1e-9
        and (not whole or float(unit).is_integer())
        and math.isclose(number / unit, round(number / unit), rel_tol=0, abs_tol=1e-6)
    ]
    if not fitting:
        return max(1.0, usual) if whole else usual
    return min(fitting, key=lambda unit: abs(math.log(unit / usual)))
