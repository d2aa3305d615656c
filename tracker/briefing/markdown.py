"""A briefing as Markdown; text from outside stays text."""

from __future__ import annotations

import re
from pathlib import Path

from tracker.briefing.model import Briefing
from tracker.briefing.templating import fill, shortened

__all__ = ["render_markdown", "shortened"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~!])")


def render_markdown(briefing: Briefing, folder: Path | None = None) -> str:
    """Write a briefing as Markdown.

    Parameters
    ----------
    briefing : Briefing
        The briefing.
    folder : Path, optional
        Folder of a user's own templates.

    Returns
    -------
    str
        CommonMark with one table (GitHub's form), ended by a line feed; pictures are files beside
        it. Equal briefings give equal text.
    """
    pictures = {picture.name: picture.name for picture in briefing.pictures}
    return fill("briefing.md.jinja", briefing, escaped=_text, pictures=pictures, folder=folder)


def _text(text: str) -> str:
    bare = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", bare)
