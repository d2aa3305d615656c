"""Read what the build hook made for the page: script, style sheet, map symbols, words."""

import json
from functools import cache
from importlib import resources

from geo.errors import PageNotBuiltError


@cache
def built(name: str) -> str:
    """Read a built file.

    Parameters
    ----------
    name
        Its name in ``geo/page/static``.

    Returns
    -------
    str
        Its text.

    Raises
    ------
    PageNotBuiltError
        Where the build hook has not run.
    """
    folder = resources.files("geo.page") / "static"
    try:
        return (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise PageNotBuiltError(folder=str(folder)) from error


@cache
def _table(name: str) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = json.loads(built(name))
    return table


def interface(lang: str) -> dict[str, str]:
    """Take the words of the page's interface, so that a page carries its own language alone.

    Parameters
    ----------
    lang
        ``en``, ``ru`` or ``uk``; English for another.

    Returns
    -------
    dict[str, str]
        Words by what they are for.
    """
    words = _table("words.json")
    return words.get(lang, words["en"])
