"""The words of a text without its layout, to tell a repeat from an edit."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_WORD = re.compile(r"\w+")
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
