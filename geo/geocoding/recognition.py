"""Finds the words of a text that may name places: the longest names of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.geocoding.lookup import Candidate, Lookup, Word
from geo.geocoding.tokens import CAPITALISED, NEXT_WORD

LONGEST_NAME_WORDS = 6


@dataclass(slots=True)
class Span:
    """Words that may name a place.

    `evidence` are the names of the features that held; `odds` the sum of their weights;
    `first` is the number of the capitalised token at which the name begins.
    """

    start: int
    end: int
    key: str
    candidates: tuple[Candidate, ...]
    flags: int
    first: int
    abbreviation: bool = False
    evidence: list[str] = field(default_factory=list)
    odds: float = 0.0


Token = tuple[int, int, Word]


def find_spans(text: str, lookup: Lookup) -> tuple[list[Span], list[Token]]:
    """Return every name of the gazetteer in a text, longest first, and the capitalised tokens.

    Parameters
    ----------
    text
        Any text.
    lookup
        The names.

    Returns
    -------
    tuple
        Spans that do not overlap, in order, and tokens as (start, end, word).
    """
    word = lookup.word
    tokens: list[Token] = []
    for found in CAPITALISED.finditer(text):
        info = word(found[0])
        tokens.append((found.start(), found.end() - info.shortened, info))
    spans: list[Span] = []
    covered = -1
    for number, token in enumerate(tokens):
        info = token[2]
        if token[0] >= covered and (info.candidates or info.continues or info.dotted):
            span = _longest(text, number, token, lookup)
            if span is not None:
                spans.append(span)
                covered = span.end
    return spans, tokens


def _longest(text: str, number: int, token: Token, lookup: Lookup) -> Span | None:
    # The longest name that begins at a token.
    start, end, info = token
    best = None
    if info.candidates:
        best = Span(start, end, info.key, info.candidates, info.flags, number, info.abbreviation)
    if info.dotted and text[end : end + 1] == ".":
        best = Span(start, end + 1, info.key + ".", info.dotted, 0, number, abbreviation=True)
    return _extended(text, number, token, lookup) or best if info.continues else best


def _extended(text: str, number: int, token: Token, lookup: Lookup) -> Span | None:
    # The longest name of several words that begins at a token.
    start, at, info = token
    key, best = info.key, None
    for _ in range(LONGEST_NAME_WORDS):
        following = NEXT_WORD.match(text, at)
        if following is None:
            break
        piece = lookup.word(following[2])
        if following[1][0] == ".":  # "St. Louis" is stored with its dot and without
            key += "."
        key, at = f"{key} {piece.key}", following.end()
        plain = key.replace(".", "")
        candidates = lookup.names(key) or lookup.names(plain)
        if candidates:
            best = Span(start, at - piece.shortened, key, candidates, 0, number)
        if not (lookup.continues(key) or lookup.continues(plain)):
            break
    return best
