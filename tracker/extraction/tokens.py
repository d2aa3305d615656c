"""Text cut into sentences and tokens that keep their offsets, in time linear in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

_ORDINAL_OR_MIXED = r"(?!\d{1,4}k\b)\d{1,6}-?[^\W\d_][\w-]*"
_NUMBER = r"\d{1,3}(?:[ \u00a0\u2009\u202f,.'’]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_NUMBER_SIGN = r"\bNos?\.(?=\s?\d)"
_INITIALS = r"(?:[^\W\d_]\.){2,}"
_WORD = r"[^\W\d_]\w*(?:[-‑'’ʼ]\w+)*"
_SORTS = {
    "sign": _NUMBER_SIGN,
    "mixed": _ORDINAL_OR_MIXED,
    "number": _NUMBER,
    "initials": _INITIALS,
    "word": _WORD,
    "mark": r"[^\s\w]",
    "other": r"\w",
}
_TOKEN = re.compile("|".join(f"(?P<{sort}>{form})" for sort, form in _SORTS.items()))
_WRITTEN = re.compile("|".join(_SORTS.values()))
_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"”’»)\]]*+(?=\s)|\n\s*\n|(?<=[.!?:;…\"”»)])\n|\n(?=\s*[-–—•*▪])"
    # a line of a list: a label and its number, a symbol, "3)"
    r"|\n(?=[ \t]*[^\W\d_a-zа-яіїєґ][^\n:—–|]{0,40}(?::|[ \t][—–|-])[ \t]*[^\n\d]{0,12}\d)"
    r"|\n(?=[ \t]*(?:[^\w\s\"'“„«(\[,.;:]|\d{1,2}[.)][ \t]))"
)
_LAST_WORD = re.compile(r"(\w{1,12})\.$")
_FOLD = str.maketrans({"’": "'", "ʼ": "'", "‑": "-", "ё": "е"})

ABBREVIATIONS = frozenset(
    (files("tracker.extraction") / "lexicon" / "abbreviations.txt")
    .read_text(encoding="utf-8")
    .split()
)
"""Words whose full stop does not end a sentence."""

_WORDS: dict[str, tuple[str, str]] = {}
_MOST_WORDS_KEPT = 100_000

LONGEST_SENTENCE_CHARS = 2_000
"""A longer stretch is cut, so that what is compared pairwise within a sentence stays bounded."""


class Token(NamedTuple):
    """A word, a number or a mark.

    Parameters
    ----------
    start, end : int
        Offsets in the text, code points, end exclusive.
    text : str
        The text's own span.
    norm : str
        Lower case, one apostrophe, without possessive "'s".
    sort : str
        `word`, `mixed` (41st, 300km), `number`, `mark`.
    """

    start: int
    end: int
    text: str
    norm: str
    sort: str

    @property
    def is_name(self) -> bool:
        """Whether it is written with a capital first letter."""
        return self.sort == "word" and self.text[0].isupper()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence, cut into tokens when they are asked for: most sentences are never read.

    Parameters
    ----------
    text : str
        The whole text.
    start, end : int
        Offsets in the text, without surrounding space.
    """

    text: str = field(repr=False)
    start: int
    end: int
    _tokens: tuple[Token, ...] = field(default=(), init=False, repr=False, compare=False)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its tokens in order."""
        if not self._tokens:
            found = tuple(tokenize(self.text, self.start, self.end))
            object.__setattr__(self, "_tokens", found)
        return self._tokens

    @property
    def written(self) -> list[str]:
        """The words of its tokens as written, which is far less work than the tokens."""
        return _WRITTEN.findall(self.text, self.start, self.end)


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut a stretch of text into tokens.

    Parameters
    ----------
    text : str
        The whole text.
    start, end : int
        The stretch, code points.

    Returns
    -------
    list of Token
        In order; space is dropped.
    """
    tokens = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match[0]
        known = _WORDS.get(word) or _learnt(word, match.lastgroup or "mark")
        tokens.append((*match.span(), word, *known))
    return list(map(Token._make, tokens))


def norm_of(word: str) -> str | None:
    """Read the normal form of a word by itself.

    Parameters
    ----------
    word : str
        A token as written.

    Returns
    -------
    str or None
        Its normal form; None where it is a token only beside others.
    """
    known = _WORDS.get(word)
    if known is None:
        match = _TOKEN.fullmatch(word)
        if match is None:
            return None
        known = _learnt(word, match.lastgroup or "mark")
    return known[0]


def _learnt(word: str, sort: str) -> tuple[str, str]:
    if len(_WORDS) >= _MOST_WORDS_KEPT:
        _WORDS.clear()
    _WORDS[word] = known = _normal(word, sort)
    return known


def _normal(word: str, sort: str) -> tuple[str, str]:
    # Fold case, apostrophes and possessives away; tell words from numbers.
    if sort == "mark":
        return word, sort
    if sort == "sign":
        return "№", "mark"  # "No. 54046" denies nothing
    norm = word.lower().translate(_FOLD)
    norm = norm.removesuffix("'s").removesuffix("'")
    if sort in {"initials", "other"}:
        sort = "number" if word.isdigit() else "word"
    return norm, sort


def _ends_sentence(text: str, at: int, mark: str) -> bool:
    if not mark.startswith("."):
        return True
    word = _LAST_WORD.search(text, max(0, at - 12), at + 1)
    if word is not None:
        last = word.group(1)
        if last.lower() in ABBREVIATIONS or (len(last) == 1 and last.isupper()):
            return False
    following = text[at + len(mark) : at + len(mark) + 40].lstrip()
    return not following[:1].islower()


def _stretches(text: str) -> list[tuple[int, int]]:
    cuts = [0]
    for match in _END.finditer(text):
        mark = match.group()
        if "\n" in mark or _ends_sentence(text, match.start(), mark):
            cuts.append(match.end())
    cuts.append(len(text))
    stretches: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        stretches.extend(
            (at, min(end, at + LONGEST_SENTENCE_CHARS))
            for at in range(start, end, LONGEST_SENTENCE_CHARS)
        )
    return stretches


def sentences(text: str) -> list[Sentence]:
    """Cut a text into sentences.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Sentence
        Those that hold at least one token, in order.
    """
    found = []
    for start, end in _stretches(text):
        words = text[start:end].lstrip()
        first = end - len(words)
        if words:
            found.append(Sentence(text=text, start=first, end=first + len(words.rstrip())))
    return found
