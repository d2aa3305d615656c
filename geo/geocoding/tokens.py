"""Finds the capitalised words of a text, the only ones at which a name can begin."""

from __future__ import annotations

import re

from geo.gazetteer.names import APOSTROPHES, DASHES, UPPER

_APOSTROPHE = f"[{re.escape(APOSTROPHES)}]"
_LETTER = r"[\w\u0300-\u036f]"

# U.S., N.Y., W.Va. with their dots; else a word, with what follows an apostrophe inside it.
# The capital stands first, so that the search skips to it, and looks behind itself.
CAPITALISED = re.compile(
    rf"[{UPPER}](?<!\w[{UPPER}])"
    rf"(?:[a-z]?\.(?:[{UPPER}][a-z]?\.)+|{_LETTER}*(?:{_APOSTROPHE}{_LETTER}+)*)"
)
# The word after a name, with what joins it: one space or dash, or a dot and a space.
NEXT_WORD = re.compile(
    rf"([ \u00a0]|[-\u2010-\u2014]|\. ?)({_LETTER}+(?:{_APOSTROPHE}{_LETTER}+)*)"
)
_BESIDE_WORDS = (
    ' \u00a0\n\r\t"\u201c\u201d\u201e\u00ab\u00bb()[]{}.,;:!?*|_/\\\u2026\u2022'
    + DASHES
    + APOSTROPHES
)
CONTEXT_CHARS = 40
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_UKRAINIAN = re.compile("[\u0456\u0457\u0454\u0491]", re.IGNORECASE)
_RUSSIAN = re.compile("[\u044b\u044d\u044a\u0451]", re.IGNORECASE)


def without_possessive(word: str) -> str:
    """Return a word without its English possessive ending.

    Returns
    -------
    str
        A word without its English possessive ending.
    """
    if word[-1] in "sS" and len(word) > 2 and word[-2] in APOSTROPHES:
        return word[:-2]
    return word


def word_before(text: str, at: int) -> tuple[str, str]:
    """Return what stands between the last word before an offset and the offset, and the word.

    Parameters
    ----------
    text
        The text.
    at
        Offset at which a name begins.

    Returns
    -------
    tuple of str
        Gap and word; an empty word where there is none within `CONTEXT_CHARS`.
    """
    first = max(0, at - CONTEXT_CHARS)
    if at and text[at - 1] == " ":  # as most often: letters between two spaces
        space = text.rfind(" ", first, at - 1)
        if space >= 0 and (word := text[space + 1 : at - 1]).isalpha():
            return " ", word
    head = text[first:at]
    body = head.rstrip(_BESIDE_WORDS)
    gap = head[len(body) :]
    if not body:
        return gap, ""
    cut = max(body.rfind(" "), body.rfind("-"), body.rfind("\n"), body.rfind("\u00a0"))
    return gap, body[cut + 1 :].lstrip(_BESIDE_WORDS)


def language_of(text: str) -> str:
    """Return `uk`, `ru` or `en` by the letters of the first 1,000 characters.

    A quick guess to choose spatial phrases by; text in another language that is written in
    Latin letters counts as `en`.

    Returns
    -------
    str
        `uk`, `ru` or `en` by the letters of the first 1,000 characters.
    """
    head = text[:1000]
    if head.isascii():
        return "en"
    if len(_CYRILLIC.findall(head)) < 0.25 * len(head):
        return "en"
    return "uk" if len(_UKRAINIAN.findall(head)) > len(_RUSSIAN.findall(head)) else "ru"
