"""A briefing as PDF/A-2a and PDF/UA-1, set by Typst (extra `pdf`) with fonts that it brings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tracker.briefing.model import Briefing
from tracker.briefing.templating import fill
from tracker.errors import InvalidValueError

MAIN = "main.typ"
STANDARDS = ("a-2a", "ua-1")
"""ISO 19005-2 level A for archives, ISO 14289-1 for readers who do not see."""


def render_pdf(
    briefing: Briefing, pictures: Mapping[str, bytes] | None = None, folder: Path | None = None
) -> bytes:
    """Write a briefing as PDF.

    Parameters
    ----------
    briefing : Briefing
        The briefing.
    pictures : Mapping of str to bytes, optional
        PNG bytes of its pictures by name.
    folder : Path, optional
        Folder of a user's own templates.

    Returns
    -------
    bytes
        The file. Equal briefings give equal bytes with the same Typst, on any machine: its time is
        that of the state recorded, and only Typst's own fonts are used. Where these lack a letter,
        a plain PDF is written, since the standards allow no missing one.

    Raises
    ------
    InvalidValueError
        Where Typst is not installed, or a user's template is wrong.
    """
    try:
        import typst  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InvalidValueError(
            "a briefing as PDF needs typst; install troop-tracker[pdf], or choose another format."
        ) from error
    names = {name: name for name in pictures or {}}
    text = fill("briefing.typ.jinja", briefing, escaped=_text, pictures=names, folder=folder)
    with TemporaryDirectory(prefix="tracker-briefing-") as name:
        room = Path(name)
        for picture, data in (pictures or {}).items():
            (room / picture).write_bytes(data)
        main = room / MAIN
        main.write_text(text, encoding="utf-8")
        fonts = typst.Fonts(include_system_fonts=False)
        compiler = typst.Compiler(main, root=room, font_paths=fonts)
        return _compiled(compiler, int(briefing.edition.as_recorded.timestamp()))


def _compiled(compiler: Any, seconds: int) -> bytes:
    # The standards allow no missing letter: where one is missing, a plain file is better than none.
    from typst import TypstError  # noqa: PLC0415 - an extra

    try:
        return bytes(
            compiler.compile(format="pdf", pdf_standards=list(STANDARDS), timestamp=seconds)
        )
    except TypstError:
        try:
            return bytes(compiler.compile(format="pdf", timestamp=seconds))
        except TypstError as error:
            raise InvalidValueError(f"the template briefing.typ.jinja: {error}.") from error


def _text(text: str) -> str:
    # A string in an expression is never read as markup; the semicolon ends the expression.
    words = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#"{words}";'
