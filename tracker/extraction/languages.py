"""The language of a text and of each of its sentences, told by the letters."""

from __future__ import annotations

import re

_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэъёЫЭЪЁ]")
_UKRAINIAN_WORDS = re.compile(
    r"\b(?:та|що|або|але|було|від|із|коло|понад|щодо|кількох)\b|ться\b|[сц]ьк|(?:ую|аю|уду)ть\b"
)
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-z]")
_SAMPLE_CHARS = 4_000
_FEWEST_LETTERS = 12
"""Letters of another script from which a sentence is read in its own language."""


def language_of(text: str) -> str:
    """Tell the language of a text by its letters.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        `en`, `ru` or `uk`; Latin letters are taken for English.
    """
    sample = text[:_SAMPLE_CHARS]
    if sample.isascii():
        return "en"
    if len(_CYRILLIC.findall(sample)) <= len(_LATIN.findall(sample)):
        return "en"
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    if ukrainian == russian:
        return "uk" if _UKRAINIAN_WORDS.search(sample) else "ru"
    return "uk" if ukrainian > russian else "ru"


def language_within(words: str, lang: str) -> str:
    """Tell the language of a sentence in a text of some language.

    Parameters
    ----------
    words : str
        The sentence.
    lang : str
        Language of the text: `en`, `ru` or `uk`.

    Returns
    -------
    str
        `en`, `ru` or `uk`: another one than the text's only where the letters say so.
    """
    if words.isascii():
        foreign = lang != "en" and len(_LATIN.findall(words)) >= _FEWEST_LETTERS
        return "en" if foreign else lang
    letters = len(_CYRILLIC.findall(words[:_SAMPLE_CHARS]))
    if lang == "en":
        return language_of(words) if letters >= _FEWEST_LETTERS else lang
    ukrainian, russian = bool(_UKRAINIAN.search(words)), bool(_RUSSIAN.search(words))
    if ukrainian is not russian and letters >= _FEWEST_LETTERS:
        return "uk" if ukrainian else "ru"
    latin = len(_LATIN.findall(words[:_SAMPLE_CHARS]))
    return "en" if latin > letters and latin >= _FEWEST_LETTERS else lang
