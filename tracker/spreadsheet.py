"""Cells that a spreadsheet shows and does not run."""

from __future__ import annotations

import re

import pandas as pd

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
"""What a formula begins with; spreadsheets take the wide forms for the narrow ones."""
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def as_csv(frame: pd.DataFrame) -> str:
    """Write a frame as CSV that is safe to open in a spreadsheet.

    Parameters
    ----------
    frame : DataFrame
        Any frame; text may come from outside.

    Returns
    -------
    str
        CSV with a header line; text that a spreadsheet would take for a formula is preceded by
        an apostrophe (OWASP, CSV injection), a number written as text is not.
    """
    return frame.map(_inert).to_csv(index=False)


def _inert(cell: object) -> object:
    if not isinstance(cell, str) or _NUMBER.fullmatch(cell):
        return cell
    is_formula = _FORMULA.match(cell) or _FORMULA.match(cell.lstrip())
    return f"'{cell}" if is_formula else cell
