"""Finds names of places that the gazetteer lacks, by the noun that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_HEADS_FIRST = ("Lake", "Mount", "Fort", "Camp", "Highway", "Interstate", "Route", "County Road")
_LOCAL = {
    "rail_station": "станци[ияюе]|разъезд[ае]?|станці[яїю]",
    "training_ground": "полигон[аеу]?|полігон[іуа]?",
    "airfield": "аэродром[аеу]?|аеродром[іуа]?",
    "settlement": "сел[оауе]м?|деревн[яиею]|пос[её]лк[аеу]|хутор[ае]?|селищ[еіа]",
}
_KIND_OF = {head: kind for kind, heads in _AFTER.items() for head in heads.split("|")}
_WORD = re.compile(r"\w")
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


def _heads(text: str) -> Iterator[tuple[int, int, str]]:
    # Nouns as whole words, left to right, the longest at each. Sought one by one: in a text that
    # has hardly any this is several times faster than one pattern of them all.
    found = []
    for head, kind in _KIND_OF.items():
        at = text.find(head)
        while at >= 0:
            end = at + len(head)
            if not _WORD.match(text, end):
                found.append((at, end, kind))
            at = text.find(head, end)
    covered = 0
    for start, end, kind in sorted(found, key=lambda head: (head[0], -head[1])):
        if start >= covered:
            covered = end
            yield start, end, kind


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    for at, end, kind in _heads(text):
        if text[at - 1 : at] == " ":
            name = _NAME_BEFORE.search(text, max(0, at - LONGEST_NAME_CHARS), at)
            if name is not None:
                yield name.start(), end, kind
    patterns = [_HEAD_FIRST] if any(head in text for head in _HEADS_FIRST) else []
    if not text.isascii():
        patterns.append(_LOCAL_FIRST)
    for pattern in patterns:
        for found in pattern.finditer(text):
            kind = found.lastgroup or ""
            before = text[max(0, found.start() - 1) : found.start()]
            if not before.isalnum():
                yield *found.span(kind), kind
