"""Tells of which towns a Russian or Ukrainian adjective can be: "Криворізький" of "Кривий Ріг"."""

from __future__ import annotations

import re

_RU = ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими")
_UK = ("ий", "ого", "ому", "им", "а", "ої", "ій", "у", "ою", "е", "і", "их", "ими")
_SUFFIXES = {"ск": _RU, "цк": _RU, "ськ": _UK, "цьк": _UK, "зьк": _UK}
ENDINGS = tuple(suffix + ending for suffix, some in _SUFFIXES.items() for ending in some)
"""Endings of the adjectives of towns, in all cases and genders."""

SHORTEST_ROOT = 2
_ADJECTIVE = re.compile(
    rf"(?P<ru>.+?)(?P<ru_suffix>[сц]к)(?:{'|'.join(_RU)})|"
    rf"(?P<uk>.+?)(?P<uk_suffix>[сцз]ьк)(?:{'|'.join(_UK)})"
)
# Endings that a name loses before the suffix, by the school grammars; where the first give no
# town, those of names that put a syllable between ("Буча", "бучанский"; "Рівне", "рівненський").
_LOST = {
    "ru": ("", "а", "я", "о", "е", "ы", "и", "ь", "ое", "ая", "ка", "ки"),
    "uk": ("", "а", "я", "о", "е", "є", "и", "і", "ь", "ка", "ки"),
}
_BETWEEN = {
    "ru": (
        ("ан", ("а", "ое", "")), ("ян", ("а", "ая", "ое", "")), ("нян", ("ная",)),
        ("ин", ("ы", "а", "я", "и")), ("ен", ("но", "ны", "на")), ("нен", ("но",)),
        ("ов", ("", "а", "ы", "и")), ("ев", ("", "ы", "и")), ("ий", ("ия",)), ("ей", ("ея",)),
        ("ь", ("е", "я", "и")), ("и", ("цы",)), ("", ("ная",)),
    ),
    "uk": (
        ("ан", ("а", "е")), ("ян", ("а", "")), ("нян", ("на",)), ("ин", ("и", "а", "я")),
        ("ен", ("ни", "на")), ("нен", ("не", "но")), ("ів", ("", "а", "и", "ове", "ово", "ва")),
        ("їв", ("єве", "ї")), ("ій", ("ія",)), ("піль", ("поле",)), ("е", ("ці",)), ("", ("на",)),
    ),
}  # fmt: skip
# Consonants that the suffix swallowed.
_SWALLOWED = {
    "ск": (("", ""), ("ж", "г"), ("с", "сс"), ("", "ск")), "цк": (("", "ц"), ("", "цк")),
    "ськ": (("", ""), ("", "с"), ("", "х"), ("", "ш"), ("", "ськ")),
    "цьк": (("", "к"), ("", "ц"), ("", "ч"), ("", "цьк")),
    "зьк": (("", "г"), ("", "ж"), ("", "з"), ("", "жж")),
}  # fmt: skip
# First parts of adjectives of names of two words, with the ends that the word may have.
_FIRST_PARTS = {
    "ru": {
        "велико": "велик", "ново": "нов", "старо": "стар", "мало": "мал", "красно": "красн",
        "бело": "бел", "черно": "черн", "верхне": "верхн", "нижне": "нижн", "криво": "крив",
        "больше": "больш", "зелено": "зелен", "желто": "желт", "часово": "часов", "средне": "средн",
    },
    "uk": {
        "велико": "велик", "ново": "нов", "старо": "стар", "мало": "мал", "красно": "красн",
        "біло": "біл", "чорно": "чорн", "верхньо": "верхн", "нижньо": "нижн", "криво": "крив",
        "червоно": "червон", "зелено": "зелен", "жовто": "жовт", "часово": "час",
        "середньо": "середн",
    },
}  # fmt: skip
_FIRST_ENDS = {
    "ru": ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", ""),
    "uk": ("ий", "ій", "а", "я", "е", "є", "і", "ів", ""),
}


def bases(adjective: str) -> tuple[list[str], list[str]]:
    """Return the names that may be behind an adjective.

    Parameters
    ----------
    adjective
        A Cyrillic word as `names.normalise` returns it, in any case and gender.

    Returns
    -------
    tuple of list of str
        Keys by regular and by irregular formation, most of them of no place.
    """
    found = _ADJECTIVE.fullmatch(adjective)
    if found is None:
        return [], []
    language = "ru" if found["ru"] else "uk"
    root, suffix = found[language], found[f"{language}_suffix"]
    if len(root) < SHORTEST_ROOT:
        return [], []
    regular, irregular = _regular(root, suffix, language), _irregular(root, language)
    return [*regular, *_compounds(root, suffix, language)], irregular


def _regular(root: str, suffix: str, language: str) -> list[str]:
    names = []
    for end, swallowed in _SWALLOWED[suffix]:
        if root.endswith(end):
            stem = root.removesuffix(end) + swallowed
            whole = swallowed == suffix  # "Донецк" loses nothing
            names += [stem] if whole else [stem + lost for lost in _LOST[language]]
    return names


def _irregular(root: str, language: str) -> list[str]:
    return [
        root.removesuffix(between) + end
        for between, ends in _BETWEEN[language]
        if root.endswith(between) and len(root) - len(between) >= SHORTEST_ROOT
        for end in ends
    ]


def _compounds(root: str, suffix: str, language: str) -> list[str]:
    names = []
    for part, word in _FIRST_PARTS[language].items():
        rest = root.removeprefix(part)
        if rest != root and len(rest) >= SHORTEST_ROOT:
            seconds = [*_regular(rest, suffix, language), *_irregular(rest, language)]
            names += [f"{word}{end} {other}" for end in _FIRST_ENDS[language] for other in seconds]
    return names
