"""Finds the capitalised words of a text, the only ones at which a name can begin."""

from __future__ import annotations

import re

from geo.gazetteer.names import APOSTROPHES, UPPER

_APOSTROPHE = f"[{re.escape(APOSTROPHES)}]"
_LETTER = r"(?:\w|[\u0300-\u036f])"

# U.S., N.Y., W.Va. with their dots; else a word, with what follows an apostrophe inside it.
CAPITALISED = re.compile(
    rf"(?<!\w)(?:(?:[{UPPER}][a-z]?\.){{2,}}|[{UPPER}]{_LETTER}*(?:{_APOSTROPHE}{_LETTER}+)*)"
)
# The word after a name, with what joins it: one space or dash, or a dot and a space.
NEXT_WORD = re.compile(
    rf"([ \u00a0]|[-\u2010-\u2014]|\. ?)({_LETTER}+(?:{_APOSTROPHE}{_LETTER}+)*)"
)
LAST_WORD = re.compile(rf"({_LETTER}+(?:{_APOSTROPHE}{_LETTER}+)*)(\W*)$")
_POSSESSIVE = re.compile(rf"{_APOSTROPHE}s$")


def without_possessive(word: str) -> str:
    """Return a word without its English possessive ending."""
    if word[-1] in "sS" and len(word) > 2 and word[-2] in APOSTROPHES:
        return word[:-2]
    return word


def language_of(text: str) -> str:
    """Return `uk`, `ru` or `en` by the letters of the first 2,000 characters.

    A quick guess to choose spatial phrases by; text in another language that is written in
    Latin letters counts as `en`.
    """
    head = text[:2000]
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in head)
    if cyrillic < 0.3 * sum(c.isalpha() for c in head) or not cyrillic:
        return "en"
    ukrainian = sum(head.count(c) for c in "іїєґІЇЄҐ")
    return "uk" if ukrainian > sum(head.count(c) for c in "ыэъёЫЭЪЁ") else "ru"
