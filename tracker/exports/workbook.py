"""XLSX: a sheet of rows and a sheet about them; text stays text, whatever it begins with."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tracker.errors import InvalidValueError
from tracker.exports.flat import WKT, cells, flat, flat_fields
from tracker.exports.metadata import in_lines
from tracker.exports.table import Table, text_of
from tracker.spreadsheet import is_formula

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header, a limit of the format."""
MOST_LETTERS = 32_767
"""Letters of a cell, as above."""


def write(table: Table, path: Path, withheld: list[str]) -> int:
    """Write a table as an XLSX workbook.

    Parameters
    ----------
    table : Table
        The table; points become `lon` and `lat`, other shapes WKT.
    path : Path
        The file.
    withheld : list of str
        What was held back; it is complete when the last row was read.

    Returns
    -------
    int
        Rows. Cells are typed as text or number, never as formula; text that looks like one is
        also quoted, so that it stays text when someone edits the cell. Words beyond the 32,767
        letters of a cell are cut, and a shape of so many is left out.

    Raises
    ------
    InvalidValueError
        Where a sheet has too few rows.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who asks for it waits for it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    written, fields = 0, flat_fields(table)
    with Workbook(str(path), options) as book:
        sheet, quoted = book.add_worksheet(table.name[:31]), book.add_format({"quote_prefix": True})
        sheet.write_row(0, 0, [field.name for field in fields])
        sheet.freeze_panes(1, 0)
        for part in table.parts():
            if written + len(part) > MOST_ROWS:
                raise InvalidValueError(
                    f"a sheet has {MOST_ROWS:,} rows at most; narrow the selection, or choose CSV."
                )
            shown = _fitting(flat(part))[[field.name for field in fields]]
            for row in zip(*cells(shown), strict=True):
                written += 1
                _write_row(sheet, written, row, quoted)
        _write_about(book.add_worksheet("about"), table, withheld)
    return written


def _fitting(frame: pd.DataFrame) -> pd.DataFrame:
    if WKT.name not in frame:
        return frame
    words = [text if len(text_of(text) or "") <= MOST_LETTERS else None for text in frame[WKT.name]]
    return frame.assign(**{WKT.name: pd.Series(words, index=frame.index, dtype=object)})


def _write_row(sheet: object, number: int, row: tuple[object, ...], quoted: object) -> None:
    for column, value in enumerate(row):
        if isinstance(value, bool):
            sheet.write_boolean(number, column, value)  # type: ignore[attr-defined]
        elif isinstance(value, (int, float)):
            sheet.write_number(number, column, value)  # type: ignore[attr-defined]
        elif value is not None:
            text = str(value)[:MOST_LETTERS]
            style = quoted if is_formula(text) else None
            sheet.write_string(number, column, text, style)  # type: ignore[attr-defined]


def _write_about(sheet: object, table: Table, withheld: list[str]) -> None:
    lines = [(line,) for line in (*in_lines(table).splitlines(), *withheld, "")]
    meanings = [(field.name, field.kind, field.meaning) for field in flat_fields(table)]
    for number, row in enumerate([*lines, ("column", "kind", "meaning"), *meanings]):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)  # type: ignore[attr-defined]
