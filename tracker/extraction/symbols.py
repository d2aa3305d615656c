"""Map symbols of what is counted: APP-6(D) codes of equipment, units and their echelons."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from tracker.vocabulary import FORWARD_LOOKING, Status, Unit

_VERSION = "10"
_REALITY = "0"
_UNKNOWN, _PRESENT, _PLANNED = "1", "0", "1"
_NO_MODIFIERS = "0000"


@cache
def _table() -> dict[Unit, dict[str, str]]:
    path = files("tracker.extraction") / "lexicon" / "symbols.csv"
    with path.open(encoding="utf-8") as table:
        return {Unit(row["unit"]): row for row in csv.DictReader(table)}


@cache
def symbol_of(unit: Unit, *, status: Status = Status.ACTUAL, identity: str = _UNKNOWN) -> str:
    """Give the symbol code of a class of equipment or an echelon.

    Parameters
    ----------
    unit : Unit
        What is counted.
    status : Status
        How real it is; what lies ahead has the dashed frame of planned things.
    identity : str
        Standard identity: `1` unknown (the default, since whose friend a force is depends on who
        reads), `3` friend, `4` neutral, `6` hostile.

    Returns
    -------
    str
        Twenty digits (SIDC), as drawn by milsymbol. Source: NATO STANAG 2019, APP-6(D), and the
        equal codes of MIL-STD-2525D.
    """
    row = _table()[unit]
    presence = _PLANNED if status in FORWARD_LOOKING else _PRESENT
    return "".join(
        (
            *(_VERSION, _REALITY, identity, row["symbol_set"], presence),
            *(row["task_force"], row["echelon"], row["entity"], _NO_MODIFIERS),
        )
    )
