"""Makes the case forms of Russian and Ukrainian place names, one part after the other."""

from __future__ import annotations

import itertools
import re

CASES = ("gen", "dat", "acc", "ins", "loc")
MAX_FORMS = 48

_VELAR = "гкх"
_HUSH = "жшщч"
_FROZEN_AFTER = frozenset(
    ("на", "над", "при", "под", "під", "у", "в", "во", "за", "де", "эль", "обл")
)
# Names that decline as adjectives alone: "у Покровську" is Покровськ, not Покровське.
_ONLY_ADJECTIVE_UK = re.compile("[сцз]ьк(?:ий|а|е|і)$")
_ONLY_UKRAINIAN = re.compile(r"[сцз]ьк(?:ий|а|е)?(?!\w)")
_UK_SOFTENED = {"к": "ц", "г": "з", "х": "с"}

Forms = tuple[tuple[str, ...], ...]


def _same(word: str) -> Forms:
    return ((word,),) * 5


def _endings(stem: str, *endings: str) -> Forms:
    # Put five endings on a stem; a slash separates variants of one case.
    return tuple(tuple(stem + e for e in ending.split("/")) for ending in endings)


def _joined(*several: Forms) -> Forms:
    return tuple(
        tuple(dict.fromkeys(itertools.chain(*case))) for case in zip(*several, strict=True)
    )


def _zero(stem: str, vowel: str, vowel_after_soft: str) -> tuple[str, ...]:
    # A plural genitive without ending, with the vowel that breaks its last cluster.
    if len(stem) < 3 or stem[-1] not in "кцнлв" or stem[-2] in "аеиоуыэюяєїі":
        return (stem,)
    if stem[-2] == "й" and vowel_after_soft == "о":  # Ukrainian keeps it: Валуйок
        return (stem[:-1] + "о" + stem[-1],)
    if stem[-2] in "йь":
        return (stem[:-2] + vowel_after_soft + stem[-1],)
    inserted = vowel_after_soft if stem[-2] in _HUSH else vowel
    return (stem[:-1] + inserted + stem[-1], stem)


def _adjective_ru(word: str) -> Forms | None:  # noqa: PLR0911 - one return per ending
    stem, end = word[:-2], word[-2:]
    velar = stem[-1:] in _VELAR
    hush = stem[-1:] in _HUSH
    if end == "ий" and (velar or hush):
        o = "ого" if velar else "его"
        m = "ому" if velar else "ему"
        return _endings(stem, o, m, f"ий/{o}", "им", "ом" if velar else "ем")
    if end == "ий" and stem[-1:] == "н":
        return _endings(stem, "его", "ему", "ий/его", "им", "ем")
    if end in {"ый", "ой"}:
        m = "им" if velar or hush else "ым"
        declined = _endings(stem, "ого", "ому", f"{end}/ого", m, "ом")
        noun = _endings(word[:-1], "я", "ю", "й", "ем", "е")  # Джанкой
        return _joined(declined, noun) if end == "ой" else declined
    if end == "ая":
        return _endings(stem, "ой", "ой", "ую", "ой", "ой")
    if end == "яя":
        return _endings(stem, "ей", "ей", "юю", "ей", "ей")
    if end == "ое":
        return _endings(stem, "ого", "ому", "ое", "им" if velar or hush else "ым", "ом")
    if end == "ее":
        return _endings(stem, "его", "ему", "ее", "им", "ем")
    if end in {"ые", "ие"}:
        vowel = end[0]
        declined = _endings(stem, f"{vowel}х", f"{vowel}м", end, f"{vowel}ми", f"{vowel}х")
        noun = _endings(stem, "ия", "ию", "ие", "ием", "ии")
        return _joined(declined, noun) if end == "ие" and not velar else declined
    return None


def _consonant_ru(word: str) -> Forms:
    hard = _endings(word, "а", "у", "", "ем" if word[-1] in _HUSH + "ц" else "ом", "е/у")
    if re.search(r"(ов|ев|ин|ын)$", word):
        return _joined(hard, _endings(word, "а", "у", "", "ым", "е"))
    fleeting = re.match(r"(.*[^аеиоуыэюя])([еоё])([цклн])$", word)
    if fleeting and len(word) > 3:
        stem = fleeting[1] + fleeting[3]
        if fleeting[1][-1] == "л" and fleeting[3] in "цк":
            stem = fleeting[1] + "ь" + fleeting[3]
        short = _endings(stem, "а", "у", "", "ом/ем", "е")
        return _joined(hard, (short[0], short[1], (word,), short[3], short[4]))
    vowel_first = re.match(r"(.*[аеиоуыэюя])е([цк])$", word)
    if vowel_first and len(word) > 4:
        short = _endings(vowel_first[1] + "й" + vowel_first[2], "а", "у", "", "ом/ем", "е")
        return _joined(hard, (short[0], short[1], (word,), short[3], short[4]))
    return hard


def _noun_ru(word: str) -> Forms:  # noqa: C901, PLR0911 - one return per ending
    stem, end = word[:-1], word[-1]
    before = stem[-1:]
    soft_y = before in _VELAR + _HUSH
    if word.endswith("ия"):
        return _endings(stem, "и", "и", "ю", "ей", "и")
    if end == "а":
        ins = "ей/ой" if before in _HUSH + "ц" else "ой"
        return _endings(stem, "и" if soft_y else "ы", "е", "у", ins, "е")
    if end == "я":
        return _endings(stem, "и", "е", "ю", "ей", "е")
    if end == "ь":
        return _joined(
            _endings(stem, "и", "и", "ь", "ью", "и"), _endings(stem, "я", "ю", "ь", "ем", "е")
        )
    if end == "й":
        return _endings(stem, "я", "ю", "й", "ем", "е")
    if end == "о":
        return _joined(_endings(stem, "а", "у", "о", "ом", "е"), _same(word))
    if end == "е":
        if before == "ь":
            return _endings(stem, "я", "ю", "е", "ем", "е")
        return _joined(_endings(stem, "а", "у", "е", "ем", "е"), _same(word))
    if end in "ыи":
        plural = (_zero(stem, "о", "е"), *_endings(stem, "ам", end, "ами", "ах"))
        if end == "ы":
            return plural
        if before in _VELAR:
            return plural
        return _joined(plural, _endings(stem, "ей/ь", "ям", end, "ями", "ях"))
    if end.isalpha() and end not in "уэюёиы":
        return _consonant_ru(word)
    return _same(word)


def _adjective_uk(word: str) -> Forms | None:
    stem, end = word[:-2], word[-2:]
    if end == "ий":
        return _endings(stem, "ого", "ому", "ий/ого", "им", "ому/ім")
    if end == "ій":
        return _endings(stem, "ього", "ьому", "ій", "ім", "ьому/ім")
    if re.search(
        r"(ськ|цьк|зьк|[оеі]в|н|[бвг]ур|[аяиіїє]н|[уо]ват|віл[ьл]н|стар|нов|велик|мал|червон|біл)"
        r"а$",
        word,
    ):
        stem = word[:-1]
        return _endings(stem, "ої", "ій", "у", "ою", "ій")
    if re.search(r"(ськ|цьк|зьк|[оеєі]в|н|ж|ч|стар|нов|велик|мал|ром|пол)е$", word):
        stem = word[:-1]
        return _endings(stem, "ого", "ому", "е", "им", "ому/ім")
    if re.search(r"(ськ|цьк|зьк|н|стар|нов|велик|мал)і$", word):
        stem = word[:-1]
        return _endings(stem, "их", "им", "і", "ими", "их")
    return None


def _softened_uk(stem: str) -> str:
    return stem[:-1] + _UK_SOFTENED.get(stem[-1:], stem[-1:])


def _consonant_uk(word: str) -> Forms:
    plain = _endings(word, "а/у", "у/ові", "", "ом/ем", "і/у")
    soft_loc = (*plain[:4], (*plain[4], _softened_uk(word) + "і"))
    out: Forms = soft_loc
    if word.endswith(("ів", "їв")):
        open_o = word[:-2] + ("єв" if word.endswith("їв") else "ов")
        out = _joined(out, _endings(open_o, "а", "у", "", "ом", "і"))
        out = _joined(out, _endings(word[:-2] + "ев", "а", "у", "", "ом", "і"))
        out = (*out[:2], (word,), *out[3:])
    fleeting = re.match(r"(.*[^аеиоуіїєюя])([ео])([кцлн])$", word)
    if fleeting and len(word) > 3:
        short = _endings(fleeting[1] + fleeting[3], "а/у", "у", "", "ом", "у/і")
        out = _joined(out, (short[0], short[1], (word,), short[3], short[4]))
    closed = re.match(r"(.*[^аеиоуіїєюя])і([^аеиоуіїєюявй])$", word)
    if closed:
        opened = _endings(closed[1] + "о" + closed[2], "а/у", "у", "", "ом", "і")
        out = _joined(out, (opened[0], opened[1], (word,), opened[3], opened[4]))
    return out


def _soft_sign_uk(word: str) -> Forms:
    stem = word[:-1]
    masculine = _endings(stem, "я", "ю", "ь", "ем", "і/ю")
    feminine = _endings(stem, "і", "і", "ь", "ю", "і")
    doubled = (*feminine[:3], (*feminine[3], stem + stem[-1:] + "ю"), feminine[4])
    out = _joined(masculine, doubled)
    if stem.endswith("ец"):
        out = _joined(out, _endings(stem[:-2] + "ц", "я", "ю", "я", "ем", "і"))
    closed = re.match(r"(.*)[іе]([лнрт])$", stem)
    if closed:
        for vowel in "оеє":
            opened = _endings(closed[1] + vowel + closed[2], "я/і", "ю/і", "я", "ем", "і/ю")
            out = _joined(out, opened)
    return (*out[:2], (word,), *out[3:])


def _plural_uk(word: str) -> Forms:
    stem, end = word[:-1], word[-1]
    if end == "и":
        return (_zero(stem, "о", "о"), *_endings(stem, "ам", "и", "ами", "ах"))
    soft = _endings(stem, "ів/ей/ь", "ям", end, "ями", "ях")
    return (
        (*soft[0], *_zero(stem, "е", "е")),
        (*soft[1], stem + "ам"),
        soft[2],
        (*soft[3], stem + "ами"),
        (*soft[4], stem + "ах"),
    )


def _noun_uk(word: str) -> Forms:  # noqa: PLR0911 - one return per ending
    stem, end = word[:-1], word[-1]
    if end == "а":
        loc = _softened_uk(stem) + "і"
        forms = _endings(stem, "и/і", "і", "у", "ою/ею", "і")
        return (forms[0], (loc,), forms[2], forms[3], (loc,))
    if end == "я":
        if stem[-1:] in "ії" or stem[-1:] in "аеиоу":
            return _endings(stem, "ї", "ї", "ю", "єю", "ї")
        return _endings(stem, "і/ї", "і/ї", "ю", "ею/єю/ям", "і/ї/ю")
    if end == "о":
        forms = _endings(stem, "а", "у", "о", "ом", "і/у")
        return _joined((*forms[:4], (*forms[4], _softened_uk(stem) + "і")), _same(word))
    if end == "е":
        return _joined(_endings(stem, "а/я", "у/ю", "е", "ем", "і/у"), _same(word))
    if end == "й":
        return _endings(stem, "я/ю", "ю/єві", "й", "єм", "ї/ю")
    if end == "ь":
        return _soft_sign_uk(word)
    if end in "иії":
        return _plural_uk(word)
    if end.isalpha() and end not in "уєю":
        return _consonant_uk(word)
    return _same(word)


def _word_forms(word: str, language: str) -> Forms:
    if len(word) < 3 or not word.isalpha():
        return _same(word)
    if language == "ru":
        return _adjective_ru(word) or _noun_ru(word)
    adjective = _adjective_uk(word)
    if adjective is None or not _ONLY_ADJECTIVE_UK.search(word):
        noun = _noun_uk(word)
        return _joined(adjective, noun) if adjective else noun
    return adjective


def inflect(key: str, language: str) -> tuple[str, ...]:
    """Return the case forms of a place name, itself not included.

    Every part of a compound declines ("Velikiye Luki"); a part before a preposition
    declines and what follows it stays ("Rostov-na-Donu"); a first part may also stay
    ("Ulan-Ude"). The endings are the regular ones of the school grammars, with fleeting
    vowels and the alternation of closed syllables in Ukrainian.

    Parameters
    ----------
    key
        A Cyrillic name as `names.normalise` returns it.
    language
        `ru` or `uk`.

    Returns
    -------
    tuple of str
        At most `MAX_FORMS` distinct forms.
    """
    words = key.split(" ")
    frozen_from = next((i for i, w in enumerate(words) if w in _FROZEN_AFTER and i), len(words))
    per_word = [
        _word_forms(w, language) if i < frozen_from else _same(w) for i, w in enumerate(words)
    ]
    forms: dict[str, None] = {}
    for case in range(len(CASES)):
        for choice in itertools.islice(itertools.product(*(f[case] for f in per_word)), 8):
            forms[" ".join(choice)] = None
        if len(words) > 1 and words[0][-1:] not in "йяе":
            for choice in itertools.islice(itertools.product(*(f[case] for f in per_word[1:])), 4):
                forms[" ".join((words[0], *choice))] = None
    forms.pop(key, None)
    return tuple(itertools.islice(forms, MAX_FORMS))


def languages_of(name: str) -> tuple[str, ...]:
    """Return which of `ru`, `uk` a Cyrillic name can be, by the letters only one has.

    Returns
    -------
    tuple[str, ...]
        Which of `ru`, `uk` a Cyrillic name can be, by the letters only one has.
    """
    lowered = name.lower()
    if any(c in lowered for c in "іїєґ") or _ONLY_UKRAINIAN.search(lowered):
        return ("uk",)
    if any(c in lowered for c in "ыэъё"):
        return ("ru",)
    return ("ru", "uk")
