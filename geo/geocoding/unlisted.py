"""Finds names of places that the gazetteer lacks, by the noun that says what they are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from geo.gazetteer.names import UPPER
from geo.geocoding.mention import Mention

REASON = "the gazetteer does not list it"
LONGEST_NAME_CHARS = 60

_NO_NAME = "The|This|That|These|Those|Our|His|Her|Its|In|On|At|From|By|And|But|An|Another|Each|One"
_NAME = rf"(?!(?:{_NO_NAME})\b)[{UPPER}][\w\u2019'-]+"
# Nouns that stand after a name in English, and before one.
_AFTER = {
    "river": "River|Creek|river",
    "lake": "Lake|Reservoir|lake|reservoir",
    "valley": "Valley|valley",
    "mountain": "Mountains|Mountain|Mount|Hill",
    "training_ground": "training ground|training area|proving ground|firing range",
    "airfield": "Airfield|Air Base|Airport|airfield|airbase|air base|airport",
    "rail_station": "railway station|train station|rail station",
    "park": "National Park|State Park|National Forest|Park",
    "street": "Street|Road|Avenue|Boulevard|Lane|Drive|Highway",
    "island": "Island|island",
    "bridge": "Bridge",
}
_BEFORE = {
    "lake": rf"(?:Lake|Mount|Fort|Camp) {_NAME}",
    "street": r"(?:Highway|Interstate|Route|County Road) \d+\w?",
}
_HEADS_FIRST = (
    "Lake ", "Mount ", "Fort ", "Camp ", "Highway ", "Interstate ", "Route ", "County Road ",
)  # fmt: skip
_LOCAL = {
    "rail_station": "станци[ияюе]|разъезд[ае]?|станці[яїю]",
    "training_ground": "полигон[аеу]?|полігон[іуа]?",
    "airfield": "аэродром[аеу]?|аеродром[іуа]?",
    "settlement": "сел[оауе]м?|деревн[яиею]|пос[её]лк[аеу]|хутор[ае]?|селищ[еіа]",
}
_CYRILLIC_VOWELS = "\u0430\u0435\u043e"  # each of these nouns holds one
_KIND_OF = {head: kind for kind, heads in _AFTER.items() for head in heads.split("|")}


def _by_initial(words: Iterable[str]) -> str:
    # A pattern of any of the words, the longest first, that looks at each initial once.
    initials = itertools.groupby(sorted(words, reverse=True), key=lambda word: word[0])
    return "|".join(f"{first}(?:{'|'.join(w[1:] for w in some)})" for first, some in initials)


_HEAD_AFTER = re.compile(rf" ({_by_initial(_KIND_OF)})(?!\w)")
_NAME_BEFORE = re.compile(rf"(?<!\w)(?:{_NAME} ){{1,3}}$")
_HEAD_FIRST = re.compile("|".join(f"(?P<{kind}>{p})" for kind, p in _BEFORE.items()))
_LOCAL_FIRST = re.compile(
    "|".join(f"(?:(?:{heads}) (?P<{kind}>{_NAME}))" for kind, heads in _LOCAL.items())
)


def unlisted(text: str, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    """Yield names of kinds of places that the gazetteer lacks, without a position.

    Parameters
    ----------
    text
        The text.
    taken
        Spans that are read already.

    Yields
    ------
    Mention
        The words with the kind of place and the reason why they are not placed.
    """
    spans = list(taken)
    for start, end, kind in _found(text):
        if not any(a < end and start < b for a, b in spans):
            spans.append((start, end))
            words = text[start:end]
            yield Mention(start=start, end=end, text=words, name=words, kind=kind, reason=REASON)


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    for head in _HEAD_AFTER.finditer(text):
        at = head.start(1)
        if text[text.rfind(" ", 0, at - 1) + 1 : at].islower():
            continue
        name = _NAME_BEFORE.search(text, max(0, at - LONGEST_NAME_CHARS), at)
        if name is not None and text[name.start() : head.end()] not in _KIND_OF:
            yield name.start(), head.end(), _KIND_OF[head[1]]
    yield from _after_heads(text)


def _after_heads(text: str) -> Iterator[tuple[int, int, str]]:
    # Names after their nouns.
    found = [_HEAD_FIRST.match(text, at) for at in _starts(text, _HEADS_FIRST)]
    if any(vowel in text for vowel in _CYRILLIC_VOWELS):
        found += _LOCAL_FIRST.finditer(text)
    for name in found:
        if name is not None and not text[max(0, name.start() - 1) : name.start()].isalnum():
            kind = name.lastgroup or ""
            if not name[kind].isupper():  # "аэродром ВСУ": whose it is
                yield *name.span(kind), kind


def _starts(text: str, words: Iterable[str]) -> list[int]:
    # Where any of some words begins, in order; for rare words far faster than one pattern.
    starts = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            starts.append(at)
            at = text.find(word, at + 1)
    return sorted(starts)
