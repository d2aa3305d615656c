"""Signs by which a train can be known again: letters painted on, plates hidden, loads covered."""

from __future__ import annotations

import re

_SIGN_WORDS = (
    r"marked(?: with)?|marking|markings|sign|signs|symbol|letter|letters|"
    r"знак(?:ом|ами|и)?|символ(?:ом|ами|ы|и)?|букв(?:ой|ами|ы|а)|літер(?:ою|ами|и|а)|"
    r"маркировк(?:ой|а|и)|маркуванн(?:ям|я)"
)
_BETWEEN = (
    r"(?:\s+(?:the|a|an|letter|letters|with|latin|of|латинск\w+|латинськ\w+|буквой|літерою))*"
)
_QUOTES = r"[\"'“”„«»‘’]"
_SIGN = re.compile(
    rf"\b(?:{_SIGN_WORDS}){_BETWEEN}\s+(?:{_QUOTES}(?P<quoted>[A-ZА-ЯІЇЄ]){_QUOTES}|"
    r"(?P<bare>[VZOXR])\b)",
    re.IGNORECASE,
)
_SHAPE = re.compile(
    r"\b(?:(?P<white>white|red|бел\w{1,3}|біл\w{1,3}|красн\w{1,3}|червон\w{1,3})\s+)"
    r"(?P<shape>circles?|squares?|triangles?|stripes?|круг\w*|кол[оа]м?\w*|квадрат\w*|"
    r"треугольник\w*|трикутник\w*|полос\w*|смуг\w*)\b",
    re.IGNORECASE,
)
_COLOURS = {"w": "white", "r": "red", "б": "white", "к": "red", "ч": "red"}
_SHAPES = {
    **dict.fromkeys(("cir", "кру", "кол"), "circle"),
    **dict.fromkeys(("squ", "ква"), "square"),
    **dict.fromkeys(("tri", "тре", "три"), "triangle"),
    **dict.fromkeys(("str", "пол", "сму"), "stripe"),
}
_HIDDEN = {
    "plates hidden": re.compile(
        r"\b(?:(?:number |licence |license |registration )?plates?|number ?plates?)\b[^.;\n]{0,30}"
        r"\b(?:cover\w*|paint\w* over|hidden|removed|blurred|taped|missing)|"
        r"\b(?:without|no|covered|hidden) (?:number |licence |license )?plates\b|"
        r"\b(?:номер\w*|номерн\w+ знак\w*)\b[^.;\n]{0,30}"
        r"\b(?:закраш\w*|замаз\w*|закле\w*|закры\w*|снят\w*|замальован\w*|закрит\w*|знят\w*)|"
        r"\bбез (?:номер\w+|номерн\w+ знак\w*)",
        re.IGNORECASE,
    ),
    "load covered": re.compile(
        r"\b(?:under|covered (?:with|by|in)) (?:tarpaulins?|tarps?|camouflage nets?)\b|"
        r"\b(?:зачехл\w+|зачохл\w+)|"
        r"\b(?:накрыт\w*|укрыт\w*|накрит\w*|вкрит\w*)\s+(?:брезент\w*|тент\w*|сет\w+|сітк\w+)",
        re.IGNORECASE,
    ),
}
_LATIN = str.maketrans("ВОХЗ", "VOXZ")
"""What a Cyrillic keyboard writes for the letters that were painted; В is V by its sound."""


def find_marks(text: str) -> frozenset[str]:
    """Find the signs that a text describes.

    Parameters
    ----------
    text : str
        Words about a train or a column, in English, Russian or Ukrainian.

    Returns
    -------
    frozenset of str
        `letter V`, `white square` and so on, `plates hidden`, `load covered`.
    """
    found = set()
    for match in _SIGN.finditer(text):
        letter = match["quoted"] or match["bare"]
        if letter.isupper():  # "with a sign o" is no letter on a vehicle
            found.add(f"letter {letter.translate(_LATIN)}")
    for match in _SHAPE.finditer(text):
        colour, shape = match["white"].casefold(), match["shape"].casefold()
        if match["shape"][0].islower():  # not the square in Moscow
            found.add(f"{_COLOURS[colour[0]]} {_SHAPES[shape[:3]]}")
    found.update(name for name, words in _HIDDEN.items() if words.search(text))
    return frozenset(found)


def telling(marks: frozenset[str]) -> frozenset[str]:
    """Keep the signs that tell one train from others.

    Parameters
    ----------
    marks : frozenset of str
        As `find_marks` gives them.

    Returns
    -------
    frozenset of str
        Without hidden plates and covered loads, which most trains have in common.
    """
    return frozenset(mark for mark in marks if mark not in _HIDDEN)
