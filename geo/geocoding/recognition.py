"""Finds the words of a text that may name places: the longest names of the gazetteer."""

from __future__ import annotations

from geo.geocoding.lookup import Lookup, Word
from geo.geocoding.meanings import Candidate, Name
from geo.geocoding.tokens import CAPITALISED, NEXT_WORD

LONGEST_NAME_WORDS = 6


class Span:
    """Words that may name a place; its evidence is written once it is weighed.

    Parameters
    ----------
    start, end
        Offsets into the text.
    name
        What they can mean.

    Attributes
    ----------
    key
        The words as the gazetteer stores them.
    evidence
        Names of the features that held.
    odds
        Sum of their weights: log-odds that the words name a place.
    """

    __slots__ = ("end", "evidence", "key", "name", "odds", "start")

    def __init__(self, start: int, end: int, name: Name) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.key = name.key
        self.evidence: list[str] = []
        self.odds = 0.0

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Return what the words can mean, likeliest first.

        Returns
        -------
        tuple of Candidate
            At least one.
        """
        return self.name.candidates


def find_spans(text: str, lookup: Lookup) -> list[Span]:
    """Return every name of the gazetteer in a text, the longest at each word.

    Parameters
    ----------
    text
        Any text.
    lookup
        The names.

    Returns
    -------
    list of Span
        In order; they do not overlap.
    """
    words = lookup.words
    spans: list[Span] = []
    covered = -1
    for found in CAPITALISED.finditer(text):
        word = words[found[0]]
        if word.begins_names:
            start, end = found.span()
            if start >= covered:
                span = _longest(text, start, end - word.shortened, word, lookup)
                if span is not None:
                    spans.append(span)
                    covered = span.end
    return spans


def _longest(text: str, start: int, end: int, word: Word, lookup: Lookup) -> Span | None:
    # The longest name that begins at a word.
    if word.continues:
        span = _extended(text, start, end, word.key, lookup)
        if span is not None:
            return span
    if word.dotted is not None and text[end : end + 1] == ".":
        return Span(start, end + 1, word.dotted)
    return None if word.name is None else Span(start, end, word.name)


def _extended(text: str, start: int, at: int, key: str, lookup: Lookup) -> Span | None:
    # The longest name of several words that begins with a word.
    longer, pieces = lookup.longer, lookup.pieces
    best = None
    for _ in range(LONGEST_NAME_WORDS):
        following = NEXT_WORD.match(text, at)
        if following is None:
            break
        joint, token = following.groups()
        piece, shortened = pieces[token]
        at = following.end()
        key = f"{key}. {piece}" if joint[0] == "." else f"{key} {piece}"
        name, continues = longer[key]
        if name is not None:
            best = Span(start, at - shortened, name)
        if not continues:
            break
    return best
