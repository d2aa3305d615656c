"""Cells that a spreadsheet shows and does not run."""

from __future__ import annotations

import re

import pandas as pd

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
"""What a formula begins with; spreadsheets take the wide forms for the narrow ones."""
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def as_csv(frame: pd.DataFrame, *, header: bool = True) -> str:
    """Write a frame as CSV that is safe to open in a spreadsheet.

    Parameters
    ----------
    frame : DataFrame
        Any frame; text may come from outside.
    header : bool
        Whether to begin with a header line.

    Returns
    -------
    str
        CSV; text that a spreadsheet would take for a formula is preceded by
        an apostrophe (OWASP, CSV injection), a number written as text is not.
    """
    return frame.map(_inert).to_csv(index=False, header=header, lineterminator="\n")


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet would run a text.

    Parameters
    ----------
    text : str
        Text of a cell.

    Returns
    -------
    bool
        Whether it begins like a formula and is no number.
    """
    if _NUMBER.fullmatch(text):
        return False
    return bool(_FORMULA.match(text) or _FORMULA.match(text.lstrip()))


def _inert(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and is_formula(cell) else cell
