"""Turns a written name into the keys under which the gazetteer stores it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

UPPER = "".join(
    chr(c) for c in range(0x41, 0x0530) if chr(c).isupper() and unicodedata.category(chr(c)) == "Lu"
)
APOSTROPHES = "'\u2019\u02bc\u2018`\u00b4\u02b9\u02bb\u2032\uff07"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"

_DROPPED = dict.fromkeys(map(ord, APOSTROPHES + "\u00ad\u200b\u200c\u200d\ufeff"), None)
_SPACED = dict.fromkeys(map(ord, DASHES + '/,()"\u00ab\u00bb\u201c\u201d\u201e'), " ")
_LETTERS = str.maketrans(
    {
        "\u0451": "\u0435",  # yo is written as ye in most of the press
        "\u0142": "l",
        "\u00f8": "o",
        "\u0111": "d",
        "\u0131": "i",
        "\u00fe": "th",
        "\u00f0": "d",
        "\u00e6": "ae",
        "\u0153": "oe",
    }
)
_CYRILLIC_TO_LATIN = str.maketrans(
    {
        "\u0430": "a", "\u0431": "b", "\u0432": "v", "\u0433": "g", "\u0491": "g", "\u0434": "d",
        "\u0435": "e", "\u0454": "e", "\u0436": "zh", "\u0437": "z", "\u0438": "i", "\u0456": "i",
        "\u0457": "i", "\u0439": "i", "\u043a": "k", "\u043b": "l", "\u043c": "m", "\u043d": "n",
        "\u043e": "o", "\u043f": "p", "\u0440": "r", "\u0441": "s", "\u0442": "t", "\u0443": "u",
        "\u045e": "u", "\u0444": "f", "\u0445": "kh", "\u0446": "ts", "\u0447": "ch",
        "\u0448": "sh", "\u0449": "shch", "\u044a": "", "\u044b": "y", "\u044c": "",
        "\u044d": "e", "\u044e": "yu", "\u044f": "ya",
    }
)  # fmt: skip
# Digraphs of BGN/PCGN, ICAO, ISO 9 without marks, German, French and Polish news spellings
# brought to one letter each; longest first.
_CLASSES = (
    ("schtsch", "q"), ("shch", "q"), ("sch", "s"), ("sh", "s"), ("sz", "s"),
    ("tsch", "c"), ("tch", "c"), ("ch", "c"), ("cz", "c"), ("tz", "c"), ("ts", "c"),
    ("zh", "z"), ("rz", "z"), ("kh", "h"), ("dj", "j"), ("ck", "k"), ("oui", "ui"), ("ou", "u"),
    ("ya", "a"), ("ja", "a"), ("ia", "a"), ("yu", "u"), ("ju", "u"), ("iu", "u"),
    ("ye", "e"), ("je", "e"), ("ie", "e"), ("yo", "e"), ("jo", "e"), ("io", "e"),
    ("w", "v"), ("x", "ks"), ("g", "h"), ("j", "i"), ("y", "i"),
)  # fmt: skip
_CLASS_OF = dict(_CLASSES)
_DIGRAPH = re.compile("|".join(digraph for digraph, _ in _CLASSES))
_DOUBLED = re.compile(r"(.)\1+")
_FINAL = re.compile(r"i+\b")
_SPACES = re.compile(r"\s+")


def _without_latin_marks(text: str) -> str:
    # Drop combining marks that stand on a Latin letter; Cyrillic short i and yi stay.
    out: list[str] = []
    base_is_latin = False
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char):
            if not base_is_latin:
                out.append(char)
            continue
        base_is_latin = char < "\u0250"
        out.append(char)
    return unicodedata.normalize("NFC", "".join(out))


@lru_cache(maxsize=100_000)
def normalise(name: str) -> str:
    """Return the key of a name: lower case, no marks or apostrophes, dashes as spaces.

    Dots stay, since "Ky." and "Ky" are different evidence. The function is idempotent.

    Parameters
    ----------
    name
        A name as written, in Latin or Cyrillic letters.

    Returns
    -------
    str
        Tokens joined by one space; empty where the name holds no letter or digit.
    """
    if name.isascii():
        if name.isalpha():
            return name.lower()
        key = name.lower().translate(_DROPPED).translate(_SPACED)
    else:
        key = unicodedata.normalize("NFKC", name).casefold()
        key = _without_latin_marks(key.translate(_LETTERS)).translate(_LETTERS)
        key = key.translate(_DROPPED).translate(_SPACED)
    return _SPACES.sub(" ", key).strip()


def _letter(found: re.Match[str]) -> str:
    return _CLASS_OF[found[0]]


@lru_cache(maxsize=100_000)
def fold(key: str) -> str:
    """Return the spelling-blind form of a key, one for all usual transliterations.

    Merges digraph classes, voiced g and h, doubled letters and final i. Different places
    may share a fold, so a match by fold is weaker evidence than a match by name. The
    function is idempotent.

    Parameters
    ----------
    key
        What `normalise` returned; Cyrillic is transliterated first.

    Returns
    -------
    str
        Latin letters and spaces.
    """
    before, folded = "", normalise(key)
    while folded != before:
        before = folded
        folded = folded.translate(_CYRILLIC_TO_LATIN)
        folded = _DIGRAPH.sub(_letter, folded)
        folded = _FINAL.sub("", _DOUBLED.sub(r"\1", folded)).strip()
    return folded


def fold_key(key: str) -> str:
    """Return the key under which a transliterated spelling is stored.

    Returns
    -------
    str
        The key under which a transliterated spelling is stored.
    """
    return "~" + fold(key)


def sounds_alike(one: str, other: str) -> bool:
    """Return whether two keys are one name in other letters or another spelling.

    Spellings of one name differ in a letter or two once folded; names from before a renaming
    differ in more.

    Parameters
    ----------
    one, other
        What `normalise` returned.

    Returns
    -------
    bool
        True if at most two letters, and no more than every third one, differ.
    """
    one, other = fold(one), fold(other)
    return one == other or edits(one, other) <= min(2, max(len(one), len(other)) // 3)


def edits(one: str, other: str) -> int:
    """Return the Levenshtein distance of two short words.

    Returns
    -------
    int
        The Levenshtein distance of two short words.
    """
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def is_abbreviation(name: str) -> bool:
    """Return whether a name is written in two to four capitals, such as USA or KY.

    Returns
    -------
    bool
        True if a name is written in two to four capitals, such as USA or KY.
    """
    return 2 <= len(name) <= 4 and name.isalpha() and name.isupper()


def script(name: str) -> str:
    """Return `cyrillic`, `latin` or `other`, by the first letter that tells.

    Returns
    -------
    str
        `cyrillic`, `latin` or `other`, by the first letter that tells.
    """
    for char in name:
        if "\u0400" <= char <= "\u04ff":
            return "cyrillic"
        if char.isalpha():
            return "latin" if char < "\u0250" or "\u1e00" <= char <= "\u1eff" else "other"
    return "other"
