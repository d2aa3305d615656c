"""How fast military trains go, convoys and ships: published speeds, never a guess per movement."""

from __future__ import annotations

import csv
from functools import cache
from types import MappingProxyType

from geo.railways import TravelTime
from tracker.seeds import seed_file
from tracker.vocabulary import Mode

TRAIN_UNITS = frozenset({"train", "wagon"})
WAIT_DAYS = 0.5
"""Mean wait before a train goes on or is unloaded: a day or less in the published cases with
hours (trains of the 5th Tank Brigade, July 2013; seeds/conversions.csv, C060)."""
MARGIN = 1.1
"""A train that would have to go a tenth faster than the fastest published one is another train."""

FASTEST_KM_DAY = MappingProxyType({Mode.ROAD: 800.0, Mode.SEA: 1200.0, Mode.AIR: 20_000.0})
"""Convoys of trucks make 300 to 400 km a day and 800 where they do not rest; 27 knots are 1,200 km;
an aircraft is anywhere within the day."""


@cache
def published_rail_speeds() -> tuple[float, float]:
    """Read the slowest and the fastest published speed of military trains.

    Returns
    -------
    tuple of float
        Kilometres a day from departure to arrival, stops included (325 and 1,550: rows
        `rail_speed_km_day` of `seeds/conversions.csv`, container trains left out).
    """
    with seed_file("conversions.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["factor"] == "rail_speed_km_day" and row["from_unit"] in TRAIN_UNITS
        ]
    stated = [float(row[key]) for row in rows for key in ("low", "best", "high") if row[key]]
    return min(stated), max(stated)


@cache
def train_travel() -> TravelTime:
    """Return the law of the time that military trains take.

    Returns
    -------
    TravelTime
        The published speeds as its 5 % and 95 % quantiles: median 710 km a day, which the one
        case with both days published (Khabarovsk to Belarus, 690) bears out.
    """
    slow, fast = published_rail_speeds()
    return TravelTime.between(slow, fast, wait_days=WAIT_DAYS)


def fastest_km_day(mode: Mode | None) -> float:
    """Return the speed above which a movement is not believed.

    Parameters
    ----------
    mode : Mode or None
        Way of travel; where it is not stated, by air is possible.

    Returns
    -------
    float
        Kilometres a day.
    """
    if mode is Mode.RAIL:
        return MARGIN * published_rail_speeds()[1]
    return FASTEST_KM_DAY[Mode.AIR if mode is None else mode]
