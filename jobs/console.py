"""What the command line prints, with text from outside shown as text and nothing else."""

from __future__ import annotations

import sys
import unicodedata

from rich.console import Console

WIDTH_IN_A_PIPE = 160
"""Columns of a table that goes into a file or a program: nothing is cut off there."""

out = Console(
    highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDTH_IN_A_PIPE
)
err = Console(stderr=True, highlight=False, soft_wrap=True)

_LAYOUT = frozenset("\n\t")


def plain(text: str) -> str:
    """Escape what could move a terminal's cursor or pass for markup.

    Parameters
    ----------
    text : str
        Text from outside.

    Returns
    -------
    str
        The text with control and format characters written as escapes (U+202E and its kin
        reorder what stands beside them), and square brackets that rich would read as markup
        escaped.
    """
    shown = "".join(
        char
        if char in _LAYOUT or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
        else char.encode("unicode_escape", "surrogatepass").decode("ascii")
        for char in text
    )
    return shown.replace("[", r"\[")
