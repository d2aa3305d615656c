"""What trains carry: wagons to vehicles to people, as distributions with published bounds."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tracker.errors import InvalidValueError
from tracker.seeds import seed_file

DRAWS = 4096
"""Draws of a distribution; its quantiles are steady to 2 %."""
WAGONS = (45.0, 55.0, 71.0)
"""Least, usual and greatest number: published military trains had 40 to 51 (C047 to C052), those
of which nobody counted the wagons may be as long as the line takes."""
FILLED = (0.75, 0.95)
"""Share of flat wagons among all: 43 of 51, 46 of 51, 37 of 48 (C048, C049, C051)."""
VEHICLES_PER_FLAT_WAGON = (0.9, 1.6)
"""A tank takes one, two trucks share one; the 2.2 of C059 looks high to its own coder."""
CREW = (3.5, 0.35)
"""Median people per vehicle, and the standard deviation of its logarithm."""
_LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """A distribution by three of its quantiles.

    Parameters
    ----------
    p05, p50, p95 : float
        Quantiles.
    """

    p05: float
    p50: float
    p95: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """What some trains carry.

    Parameters
    ----------
    wagons, vehicles, personnel : Spread
        Of all of them together.
    """

    wagons: Spread
    vehicles: Spread
    personnel: Spread


@cache
def published(factor: str) -> tuple[float, float]:
    """Read the bounds of a published factor.

    Parameters
    ----------
    factor : str
        A word of the column `factor` of `seeds/conversions.csv`.

    Returns
    -------
    tuple of float
        Least and greatest number of its plausible rows; a bound stated alone is left out.

    Raises
    ------
    InvalidValueError
        Where the table has no such factor.
    """
    with seed_file("conversions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["factor"] == factor]
    stated = [
        float(row[key])
        for row in rows
        if row["plausibility"] == "ok" and row["is_back_reference"] == "no"
        for key in ("low", "best", "high")
        if row[key]
    ]
    if not stated:
        raise InvalidValueError(f"the conversions know no factor {factor[:40]!r}.")
    return min(stated), max(stated)


def load_of(trains: int = 1, *, passenger_wagons: int | None = None) -> Load:
    """Say what trains carry.

    Parameters
    ----------
    trains : int
        How many; what they carry is unknown for all of them alike, so it does not average out.
    passenger_wagons : int, optional
        Passenger wagons of each, where somebody counted them: 47 to 53 people ride in one.

    Returns
    -------
    Load
        Wagons, vehicles and people of all of them. Without a count of passenger wagons the people
        are the crews of the vehicles: 107, 208 and 404 of one train. A documented train of 51
        wagons, 5 of them for passengers, had about 250 (C048, C053).

    Raises
    ------
    InvalidValueError
        Where the number of trains is not positive, or that of wagons negative.
    """
    if not trains > 0 or (passenger_wagons is not None and passenger_wagons < 0):
        raise InvalidValueError("trains carry something only where there are some.")
    rng = np.random.default_rng(0)
    wagons = rng.triangular(*WAGONS, DRAWS)
    flat = wagons * rng.uniform(*FILLED, DRAWS)
    vehicles = flat * rng.uniform(*VEHICLES_PER_FLAT_WAGON, DRAWS)
    people = vehicles * CREW[0] * np.exp(CREW[1] * rng.standard_normal(DRAWS))
    if passenger_wagons is not None:
        people = passenger_wagons * rng.uniform(*published("personnel_per_passenger_wagon"), DRAWS)
    return Load(
        wagons=_spread(trains * wagons),
        vehicles=_spread(trains * vehicles),
        personnel=_spread(trains * people),
    )


def _spread(draws: NDArray[np.float64]) -> Spread:
    p05, p50, p95 = np.quantile(draws, _LEVELS)
    return Spread(p05=float(p05), p50=float(p50), p95=float(p95))
