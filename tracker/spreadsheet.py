"""Cells that a spreadsheet shows and does not run."""

from __future__ import annotations

import pandas as pd

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


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
        an apostrophe (OWASP, CSV injection).
    """
    return frame.map(_inert).to_csv(index=False)


def _inert(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA):
        return f"'{cell}"
    return cell
