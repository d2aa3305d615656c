"""A briefing as HTML that mail programs show: one file, styles in place, nothing loaded."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from tracker.briefing.model import Briefing
from tracker.briefing.templating import fill, html_text


def render_html(
    briefing: Briefing, pictures: Mapping[str, bytes] | None = None, folder: Path | None = None
) -> str:
    """Write a briefing as HTML.

    Parameters
    ----------
    briefing : Briefing
        The briefing.
    pictures : Mapping of str to bytes, optional
        PNG bytes of its pictures by name; they stand inside the page.
    folder : Path, optional
        Folder of a user's own templates.

    Returns
    -------
    str
        A whole page in UTF-8 without script, style sheet or form; every outside text is escaped
        and kept from reordering its neighbours. Equal briefings give equal text.
    """
    inside = {
        name: f"data:image/png;base64,{base64.b64encode(data).decode()}"
        for name, data in (pictures or {}).items()
    }
    return fill_html(briefing, inside, folder)


def fill_html(briefing: Briefing, addresses: Mapping[str, str], folder: Path | None) -> str:
    """Write a briefing as HTML whose pictures are elsewhere.

    Parameters
    ----------
    briefing : Briefing
        The briefing.
    addresses : Mapping of str to str
        Where each picture is.
    folder : Path or None
        Folder of a user's own templates.

    Returns
    -------
    str
        The page.
    """
    return fill(
        "briefing.html.jinja", briefing, escaped=html_text, pictures=addresses, folder=folder
    )
