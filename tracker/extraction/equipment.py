"""Designations of equipment ("T-72B3", "Су-35С", "БТР-82А") to the closed list of classes."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files

from tracker.vocabulary import Unit

_DESIGNATION = re.compile(r"(?P<family>\d?[^\W\d_]{1,4})-?(?P<number>\d{1,3})(?P<variant>\w{0,4})")
_LATIN = str.maketrans("абвгдеийклмнопрстуфхцчшіья", "abvgdeijklmnoprstufhcysiya", "")
_FAMILIES = {
    "t": "t", "su": "su", "cy": "su", "mig": "mig", "mi": "mi", "ka": "ka", "an": "an",
}  # fmt: skip

_SHORT_NUMBERS = frozenset({"f"})
_LONGEST_SHORT = 2
"""Digits of a fighter's number: "F-16" is one, "F-250" a pickup."""

CLASSES = frozenset(
    {
        Unit.TANK,
        Unit.IFV,
        Unit.APC,
        Unit.MLRS,
        Unit.ARTILLERY,
        Unit.AIR_DEFENCE,
        Unit.AIRCRAFT,
        Unit.HELICOPTER,
        Unit.SHIP,
        Unit.VEHICLE,
        Unit.LAUNCHER,
    }
)
"""Units that are classes of equipment."""


@lru_cache(maxsize=1)
def _types() -> tuple[dict[str, Unit], dict[str, Unit]]:
    exact: dict[str, Unit] = {}
    families: dict[str, Unit] = {}
    path = files("tracker.extraction") / "lexicon" / "equipment_types.csv"
    with path.open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            for designation in row["designation"].split("|"):
                if designation.endswith("*"):
                    families[designation[:-1].rstrip("-")] = Unit(row["unit"])
                else:
                    exact[designation.replace("-", "")] = Unit(row["unit"])
    return exact, families


@lru_cache(maxsize=20_000)
def class_of_type(word: str) -> Unit | None:
    """Tell the class of a designation.

    Parameters
    ----------
    word : str
        A token in lower case, Latin or Cyrillic.

    Returns
    -------
    Unit or None
        The class; None for anything that is no known designation.
    """
    if not any(c.isdigit() for c in word):
        return None
    latin = word.translate(_LATIN).replace("‑", "-")
    match = _DESIGNATION.match(latin)
    if match is None or match.end() < len(latin.rstrip("s")) - 6:
        return None
    exact, families = _types()
    family, number = match["family"], match["number"]
    key = family + number
    if family in _SHORT_NUMBERS and len(number) > _LONGEST_SHORT:
        return None
    hit = exact.get(key + match["variant"]) or exact.get(key)
    if hit is not None:
        return hit
    return families.get(family) if "-" in word or len(family) > 1 else None
