"""CSV: one header line, then rows; safe to open in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tracker.exports.flat import cells, flat, flat_fields
from tracker.exports.table import Table
from tracker.spreadsheet import as_csv


def write(table: Table, path: Path, withheld: list[str]) -> int:  # noqa: ARG001 - no room in CSV
    """Write a table as CSV.

    Parameters
    ----------
    table : Table
        The table; points become `lon` and `lat`, other shapes WKT.
    path : Path
        The file.
    withheld : list of str
        What was held back; CSV has no room for it.

    Returns
    -------
    int
        Rows. Text that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    names = [field.name for field in flat_fields(table)]
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(as_csv(pd.DataFrame(columns=names)))
        for part in table.parts():
            shown = flat(part)[names]
            plain = pd.DataFrame(dict(zip(names, cells(shown), strict=True)), dtype=object)
            file.write(as_csv(plain, header=False))
            written += len(part)
    return written
