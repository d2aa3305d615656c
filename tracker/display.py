"""How values look in a notebook: small tables, in which whatever came from outside is text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape


def card(title: str, facts: Mapping[str, object]) -> str:
    """Show a value as a table of two columns.

    Parameters
    ----------
    title : str
        What it is.
    facts : Mapping of str to object
        Label -> value; what is not stated (None or an empty text) is left out.

    Returns
    -------
    str
        HTML without script or style; all text is escaped.
    """
    rows = "".join(
        f"<tr><th>{escape(label)}</th><td>{escape(str(value))}</td></tr>"
        for label, value in facts.items()
        if value is not None and value != ""
    )
    return f"<table><caption>{escape(title)}</caption><tbody>{rows}</tbody></table>"


def paragraphs(title: str, lines: Sequence[str]) -> str:
    """Show an answer line by line.

    Parameters
    ----------
    title : str
        What was asked.
    lines : sequence of str
        The answer.

    Returns
    -------
    str
        HTML without script or style; all text is escaped.
    """
    return f"<p><b>{escape(title)}</b></p><pre>{escape(chr(10).join(lines))}</pre>"
