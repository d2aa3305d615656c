"""Reads the settlements that no list of towns has: names of a community, placed in its middle."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from geo.gazetteer.counterparts import in_russian
from geo.gazetteer.entries import Entry
from geo.gazetteer.layout import VILLAGE

# The romanisation of Ukrainian that its government laid down in 2010 (resolution 55); at the
# beginning of a word four letters and the short i differ.
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "'": "", "\u2019": "",
}  # fmt: skip
_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def read_villages(table: Path) -> Iterator[Entry]:
    """Yield the settlements of a table of communities.

    Parameters
    ----------
    table
        CSV with `country`, `admin1`, `lon`, `lat`, `radius_km` and `names`, joined by "; ".

    Yields
    ------
    Entry
        One settlement, with the point of its community and a radius that tells so.
    """
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in row["names"].split("; "):
                yield Entry(
                    id="", name=romanised(name), kind=VILLAGE, country=row["country"],
                    admin1=row["admin1"], lon=float(row["lon"]), lat=float(row["lat"]),
                    radius_km=float(row["radius_km"]), uk=(name,),
                    ru=tuple(spelling.title() for spelling in in_russian(name)), folded=True,
                )  # fmt: skip


def romanised(name: str) -> str:
    """Return a Ukrainian name in Latin letters, as its government spells it.

    Parameters
    ----------
    name
        A name in Ukrainian letters.

    Returns
    -------
    str
        "Часів Яр" gives "Chasiv Yar".
    """
    return "".join(map(_romanised_word, re.split("([ -])", name)))


def _romanised_word(word: str) -> str:
    lowered = word.lower().replace("зг", "zgh")  # "zh" is another letter
    letters = [_LETTERS.get(char, char) for char in lowered]
    if lowered[:1] in _FIRST:
        letters[0] = _FIRST[lowered[0]]
    spelled = "".join(letters)
    return spelled[:1].upper() + spelled[1:] if word[:1].isupper() else spelled
