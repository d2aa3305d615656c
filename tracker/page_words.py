"""Say in the language of a page what its layers, details and notes are called."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Language = Literal["en", "ru", "uk"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""Languages of pages. Quotes, titles and names of places stay as they are in all of them."""


@cache
def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = json.loads(
        (files("tracker") / "page_words.json").read_text(encoding="utf-8")
    )
    return table


def speaker(lang: Language) -> Callable[[str], str]:
    """Give what translates words of the page.

    Parameters
    ----------
    lang : str
        `en`, `ru` or `uk`.

    Returns
    -------
    callable
        English words to words of that language; what the table lacks stays English.
    """
    table = _table()
    return lambda words: table.get(words, {}).get(lang, words)


def labelled(columns: Mapping[str, str], lang: Language) -> dict[str, str]:
    """Translate the labels of columns.

    Parameters
    ----------
    columns : Mapping of str to str
        English label -> column.
    lang : str
        Language of the page.

    Returns
    -------
    dict of str to str
        Label -> column, in the same order.
    """
    say = speaker(lang)
    return {say(label): column for label, column in columns.items()}


def day_in_words(day: date, lang: Language) -> str:
    """Write a day.

    Parameters
    ----------
    day : date
        The day.
    lang : str
        Language of the page.

    Returns
    -------
    str
        `23 February 2022`; in Russian and Ukrainian `23.02.2022`.
    """
    return f"{day.day} {day:%B %Y}" if lang == "en" else f"{day:%d.%m.%Y}"
