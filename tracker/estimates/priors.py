"""What the published conversions say, read from the seeds: persons per unit, services per scope."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from tracker.estimates.factors import Factor, Factors
from tracker.seeds import seed_file
from tracker.vocabulary import Scope, Unit


@cache
def seed_factors() -> Factors:
    """Read the factors that travel with the package.

    Returns
    -------
    Factors
        Of `units.csv` (all personnel present per unit where the basis is `presence`, persons
        carried where it is `flow`) and `scopes.csv` (rows that state a factor).
    """
    units, carriers = (
        {
            Unit(row["unit"]): _factor(row, "log_mean")
            for row in _rows("units.csv")
            if row["basis"] == basis
        }
        for basis in ("presence", "flow")
    )
    scopes = {
        Scope(row["id"]): _factor(row, "log_factor_to_all_services")
        for row in _rows("scopes.csv")
        if row["log_factor_to_all_services"]
    }
    return Factors(units=units, scopes=scopes, carriers=carriers)


def _factor(row: Mapping[str, str], mean: str) -> Factor:
    return Factor(log_mean=float(row[mean]), log_sd=float(row["log_sd"]))


def _rows(name: str) -> list[dict[str, str]]:
    with seed_file(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
