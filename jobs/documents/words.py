"""The words of a text without its layout, to tell a repeat from an edit."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,'\s]\d{3})*(?:[.,]\d+)?")
_NOT_A_DIGIT = re.compile(r"\D")
SHINGLE_WORDS = 3
"""Words in a row that are compared as one: usual for near-duplicates of news (Broder 1997)."""


def words_of(text: str) -> list[str]:
    """List the words of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        Words and numbers in order, folded in case and compatibility forms (NFKC).
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=1024)  # one document is asked for it several times, and many at once
def fingerprint(text: str) -> str:
    """Hash the words of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        32 hex digits, equal for texts that differ only in layout, case or punctuation.
    """
    return hashlib.sha256(" ".join(words_of(text)).encode("utf-8", "replace")).hexdigest()[:32]


def overlap_share(text: str, other: str) -> float:
    """Measure how much of the shorter text stands in the longer one.

    Parameters
    ----------
    text, other : str
        Two texts.

    Returns
    -------
    float
        Share of the shorter one's runs of three words that the other has too, in [0, 1]; 0 where
        one of them is shorter than that.
    """
    runs, other_runs = _runs(text), _runs(other)
    shorter = min(len(runs), len(other_runs))
    return len(runs & other_runs) / shorter if shorter else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return set(zip(*(words[offset:] for offset in range(SHINGLE_WORDS)), strict=False))


def numbers_agree(text: str, other: str) -> bool:
    """Tell whether the shorter of two texts states no number that the longer one lacks.

    Two forms of one publication lose words on the way, but they do not change its numbers: what
    says 18,000 where the other says 8,000 is another text, however alike.

    Parameters
    ----------
    text, other : str
        Two texts.

    Returns
    -------
    bool
        Whether every number of the shorter text, separators aside, stands in the longer one.
    """
    shorter, longer = sorted((text, other), key=len)
    return _numbers(shorter) <= _numbers(longer)


def _numbers(text: str) -> frozenset[str]:
    return frozenset(_NOT_A_DIGIT.sub("", number) for number in _NUMBER.findall(text))
