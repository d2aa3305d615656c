"""Finds the words of a text that may name places: the longest names of the gazetteer."""

from __future__ import annotations

from geo.geocoding.lookup import Candidate, Lookup, Word
from geo.geocoding.tokens import CAPITALISED, NEXT_WORD

LONGEST_NAME_WORDS = 6


class Span:
    """Words that may name a place; its evidence is written once it is weighed.

    Parameters
    ----------
    start, end
        Offsets into the text.
    key
        The words as the gazetteer stores them.
    candidates
        What they can mean, likeliest first.
    flags
        What else the word is, as bits over `lookup.FLAG`; 0 for several words.
    abbreviation
        Whether it is a short form.

    Attributes
    ----------
    evidence
        Names of the features that held.
    odds
        Sum of their weights: log-odds that the words name a place.
    """

    __slots__ = ("abbreviation", "candidates", "end", "evidence", "flags", "key", "odds", "start")

    def __init__(
        self,
        start: int,
        end: int,
        key: str,
        candidates: tuple[Candidate, ...],
        *,
        flags: int = 0,
        abbreviation: bool = False,
    ) -> None:
        self.start = start
        self.end = end
        self.key = key
        self.candidates = candidates
        self.flags = flags
        self.abbreviation = abbreviation
        self.evidence: list[str] = []
        self.odds = 0.0


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
        if word.begins_names and found.start() >= covered:
            span = _longest(text, found.start(), found.end() - word.shortened, word, lookup)
            if span is not None:
                spans.append(span)
                covered = span.end
    return spans


def _longest(text: str, start: int, end: int, word: Word, lookup: Lookup) -> Span | None:
    # The longest name that begins at a word.
    best = None
    if word.candidates:
        best = Span(
            start,
            end,
            word.key,
            word.candidates,
            flags=word.flags,
            abbreviation=word.abbreviation,
        )
    if word.dotted and text[end : end + 1] == ".":
        best = Span(start, end + 1, word.key + ".", word.dotted, abbreviation=True)
    return _extended(text, start, end, word.key, lookup) or best if word.continues else best


def _extended(text: str, start: int, at: int, key: str, lookup: Lookup) -> Span | None:
    # The longest name of several words that begins with a word.
    names, continues = lookup.names, lookup.continues
    best = None
    for _ in range(LONGEST_NAME_WORDS):
        following = NEXT_WORD.match(text, at)
        if following is None:
            break
        piece = lookup.words[following[2]]
        if following[1][0] == ".":  # "St. Louis" is stored with its dot and without
            key += "."
        key, at = f"{key} {piece.key}", following.end()
        plain = key.replace(".", "") if "." in key else ""
        candidates = names[key] or (plain and names[plain])
        if candidates:
            best = Span(start, at - piece.shortened, key, candidates)
        if not (continues[key] or (plain and continues[plain])):
            break
    return best
