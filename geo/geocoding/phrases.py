"""Spatial phrases of English, Russian and Ukrainian: what stands before and after a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?P<number>\d{1,4}(?:[.,]\d{1,3})?|a few|several|dozens of|несколько|нескольких|кілька|кількох)"  # noqa: E501 - one pattern, one line
WORD_NUMBERS = {
    "a few": 5.0, "several": 7.0, "dozens of": 40.0, "несколько": 7.0, "нескольких": 7.0,
    "кілька": 7.0, "кількох": 7.0,
}  # fmt: skip
KM_PER_MILE = 1.609344

_EN_WIND = r"(?P<wind>(?:north|south)(?:[- ]?(?:east|west))?|east|west)"
_EN_SIDE = (
    r"(?P<side>(?:(?:north|south)(?:[- ]?(?:east|west))?|east|west)(?:ern)?(?:most)?|"
    r"far[- ](?:north|south|east|west)(?:ern)?|central|extreme (?:north|south|east|west)(?:ern)?)"
)
_RU_ROOT = r"северо-восто[кч]|северо-запад|юго-восто[кч]|юго-запад|север|юг|юж|восто[кч]|запад"
_UK_ROOT = (
    r"північн(?:ий|ому|ого)?[- ]с?х(?:ід|од)|північно-[сз][ха]\w*|південно-[сз][ха]\w*|північ|півн"
    r"|півд|півдн|схід|сход|західн?|заход"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """What one language says about places.

    `before` are patterns that end where the name begins, by the kind of phrase, with words of
    which one must be there for the pattern to be worth trying; `gates` are
    the words after which they are tried at all; `after` is what follows a name; `bare` is a
    border without a country beside it.
    """

    before: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]
    gates: frozenset[str]
    after_border: re.Pattern[str]
    bare_border: re.Pattern[str]
    border_words: re.Pattern[str]
    pair_border: re.Pattern[str] | None = None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HINTS = {
    "distance": ("km", "kilom", "mi", "км", "километр", "кілометр"),
    "border": ("border", "frontier", "границ", "рубеж", "погранич", "кордон", "прикордон"),
    "direction": (
        "north", "south", "east", "west", "central", "север", "юг", "юж", "восто", "запад",
        "централь", "півн", "півд", "схід", "сход", "захід", "заход",
    ),
    "between": ("between", "from", "между", "між"),
    # Each Cyrillic phrase of nearness holds one of the four letters.
    "near": (
        "near", "close to", "outside", "around", "vicinity", "outskirts", "suburbs", " area of",
        "not far", "о", "у", "б", "п",
    ),
}  # fmt: skip
HINT_OF = {
    "distance_border": "distance", "distance": "distance", "border": "border", "part": "direction",
    "wind": "direction", "side": "direction", "between": "between",
    "near": "near",
}  # fmt: skip


def _patterns(**sources: str) -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    return tuple(
        (name, HINTS[HINT_OF[name]], re.compile(rf"(?:(?<=\W)|^)(?:{source})$", re.IGNORECASE))
        for name, source in sources.items()
    )


ENGLISH = Language(
    before=_patterns(
        distance_border=(
            rf"(?:(?:about|some|around|roughly|nearly|almost|just|within|less than|up to)\s+)?"
            rf"{_NUMBER}[\s-]*(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\.?\s+(?:away\s+)?"
            rf"(?:{_EN_WIND}\s+)?(?:from|of|off)\s+(?:the\s+|its\s+)?border\s+(?:with|of)\s+(?:the\s+)?"
        ),
        distance=(
            rf"(?:(?:about|some|around|roughly|nearly|almost|just|within|less than|up to)\s+)?"
            rf"{_NUMBER}[\s-]*(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\.?\s+(?:away\s+)?"
            rf"(?:(?:to the\s+)?{_EN_WIND}\s+)?(?:from|of|off|outside)\s+"
            rf"(?:the\s+)?(?:(?:city|town|village|capital|settlement)\s+of\s+)?"
        ),
        border=(
            r"(?:(?:near|along|close to|at|on|toward|towards|around|to|from|in)\s+)?"
            r"(?:(?:the|its|their|a|his)\s+)?(?:\w+\s+)?"
            r"(?:borders?|frontiers?|border (?:area|region|zone|strip)s?|borderlands?)\s+"
            r"(?:(?P<between>between)|with|of|near)\s+(?:the\s+)?"
        ),
        part=(
            rf"(?:the\s+)?{_EN_SIDE}\s+(?:parts?|areas?|regions?|half|edge|flank|section|side|reaches)"
            r"\s+of\s+(?:the\s+)?"
        ),
        wind=rf"(?:just\s+|to the\s+)?{_EN_WIND}\s+of\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?",  # noqa: E501 - one pattern, one line
        side=rf"{_EN_SIDE}\s+",
        between=r"(?P<between>between)\s+",
        near=(
            r"(?:near|nearby|close to|outside|around|(?:in|on) the (?:vicinity|outskirts|suburbs|area)"  # noqa: E501 - one pattern, one line
            r" of|not far from|just outside)\s+(?:the\s+)?"
            r"(?:(?:city|town|village|settlement|capital)\s+of\s+|(?:city|town|village)\s+)?"
        ),
    ),
    gates=_words(
        "of from off outside with near between the north south east west northern southern "
        "eastern western central northeast northwest southeast southwest northeastern "
        "northwestern southeastern southwestern easternmost westernmost northernmost "
        "southernmost along to around nearby city town village"
    ),
    after_border=re.compile(
        r"(?:['\u2019]s?)?\s+(?:(?:state|eastern|western|northern|southern|land|northeastern)\s+)?"
        r"(?:borders?|frontiers?)(?:\s+(?:area|region|zone)s?)?\b",
        re.IGNORECASE,
    ),
    bare_border=re.compile(
        r"(?<!\w)(?:(?:near|along|at|on|by|towards?|close to|across|from|to|around)\s+)"
        r"(?:the|its|their)\s+(?:(?:western|eastern|northern|southern|state|country[’']s)\s+)?"
        r"(?:borders?|frontiers?)(?!\w|\s+(?:with|of|between|guard|polic|patrol|town|village|crossing))",
        re.IGNORECASE,
    ),
    border_words=re.compile("border|frontier"),
)

RUSSIAN = Language(
    before=_patterns(
        distance_border=(
            rf"в\s+(?:примерно\s+|около\s+)?{_NUMBER}[\s-]*(?P<unit>км|километр\w*)\s+от\s+"
            r"(?:\w+\s+)?границ\w*\s+(?:(?:с|со)\s+)?"
        ),
        distance=(
            rf"(?:в|за|на расстоянии)?\s*(?:примерно\s+|около\s+)?{_NUMBER}[\s-]*"
            rf"(?P<unit>км|километр\w*)\s+(?:(?:к\s+|на\s+)?(?P<wind>{_RU_ROOT})\w*\s+)?(?:от\s+)?"
            r"(?:города\s+|села\s+|пос[её]лка\s+|деревни\s+|станции\s+|г\.\s*)?"
        ),
        border=(
            r"(?:(?:на|у|вдоль|вблизи|около|возле|к|близ|недалеко от|от|до|рядом с)\s+)?"
            r"(?:\w+\s+)?(?:границ\w*|рубеж\w*|пограничь\w*)\s+(?:(?P<between>между)|с|со)?\s*"
        ),
        part=rf"(?:(?:в|на|из|самой)\s+)*(?P<side>{_RU_ROOT}|централь)\w*\s+(?:част\w+|район\w*|окраин\w*)\s+",
        wind=rf"(?:(?:к|на)\s+)?(?P<wind>{_RU_ROOT})(?:нее|ее|ней|у|ку|е)?\s+(?:от\s+)?(?:города\s+|села\s+)?",
        side=rf"(?:на\s+|с\s+|из\s+)?(?:(?P<most>сам\w+|крайн\w+)\s+)?(?P<side>{_RU_ROOT})\w*\s+",
        between=r"(?P<between>между)\s+",
        near=(
            r"(?:под|близ|возле|около|у|вблизи|недалеко от|неподал[её]ку от|рядом с|в районе|"
            r"в окрестностях|в пригороде|на окраине|на подступах к)\s+"
            r"(?:города\s+|городом\s+|села\s+|селом\s+|пос[её]лка\s+|деревни\s+|станции\s+|г\.\s*)?"
        ),
    ),
    gates=_words(
        "от с со границе границы границ границей границу под близ возле около у вблизи районе "
        "окрестностях пригороде окраине между части районах районе востоке западе севере юге "
        "северо-востоке северо-западе юго-востоке юго-западе восток запад север юг востока "
        "запада севера юга западней восточней северней южней севернее южнее восточнее западнее "
        "северо-восточнее северо-западнее "
        "к юго-восточнее юго-западнее вдоль реки города села поселка посёлка деревни станции "
        "восточной западной северной южной восточная западная рубежах окраинах границам"
    ),
    after_border=re.compile(r"(?!x)x"),
    bare_border=re.compile(
        r"(?<!\w)(?:на|у|вдоль|вблизи|около|возле|к|от|до)\s+границ(?:е|ы|у|ам|ах)(?!\w|\s+(?:с|со|между)\s)",
        re.IGNORECASE,
    ),
    border_words=re.compile("границ"),
    pair_border=re.compile(
        r"(?<!\w)(?:(?:на|у|вдоль|вблизи|около|возле|к|от|до)\s+)?"
        r"(?:(?P<one>[а-яё]+)[ск]ко-)?(?P<two>[а-яё]+ск)(?:ой|ую|ая|ие|их|им)\s+границ\w*",
        re.IGNORECASE,
    ),
)

UKRAINIAN = Language(
    before=_patterns(
        distance_border=(
            rf"(?:за|в|у)\s+(?:близько\s+|приблизно\s+)?{_NUMBER}[\s-]*(?P<unit>км|кілометр\w*)\s+від\s+"
            r"(?:\w+\s+)?кордон\w*\s+(?:(?:з|зі|із)\s+)?"
        ),
        distance=(
            rf"(?:за|в|у|на відстані)?\s*(?:близько\s+|приблизно\s+)?{_NUMBER}[\s-]*"
            rf"(?P<unit>км|кілометр\w*)\s+(?:(?:на\s+)?(?P<wind>{_UK_ROOT})\w*\s+)?(?:від\s+)?"
            r"(?:міста\s+|села\s+|селища\s+|станції\s+|м\.\s*)?"
        ),
        border=(
            r"(?:(?:на|біля|вздовж|уздовж|поблизу|до|від|поруч із|неподалік)\s+)?"
            r"(?:\w+\s+)?(?:кордон\w*|прикордонн\w*)\s+(?:(?P<between>між)|з|зі|із)?\s*"
        ),
        part=rf"(?:(?:у|в|на|із)\s+)?(?P<side>{_UK_ROOT}|централь)\w*\s+(?:частин\w+|район\w*|околиц\w*)\s+",
        wind=rf"(?:на\s+)?(?P<wind>{_UK_ROOT})(?:ніше|іше)?\w*\s+(?:від\s+)?(?:міста\s+|села\s+)?",
        side=rf"(?:на\s+|зі\s+)?(?:(?P<most>сам\w+|крайн\w+)\s+)?(?P<side>{_UK_ROOT})\w*\s+",
        between=r"(?P<between>між)\s+",
        near=(
            r"(?:під|біля|поблизу|поруч із|неподалік(?: від)?|недалеко від|в районі|у районі|"
            r"в околицях|на околиці|у передмісті|на підступах до)\s+"
            r"(?:міста\s+|містом\s+|села\s+|селом\s+|селища\s+|станції\s+|м\.\s*)?"
        ),
    ),
    gates=_words(
        "від з зі із кордоні кордону кордон кордонів кордонах кордоном під біля поблизу "
        "неподалік районі околицях околиці передмісті між частині районах сході заході "
        "півночі півдні північніше південніше східніше західніше вздовж уздовж річки міста "
        "села селища станції схід захід північ південь сходу заходу півночі півдня східної "
        "західної північної південної східна західна до"
    ),
    after_border=re.compile(r"(?!x)x"),
    bare_border=re.compile(
        r"(?<!\w)(?:на|біля|вздовж|уздовж|поблизу|до|від)\s+кордон(?:і|у|ів|ах)?(?!\w|\s+(?:з|зі|із|між)\s)",
        re.IGNORECASE,
    ),
    border_words=re.compile("кордон"),
    pair_border=re.compile(
        r"(?<!\w)(?:(?:на|біля|вздовж|уздовж|поблизу|до|від)\s+)?"
        r"(?:(?P<one>[а-яіїєґ]+)ськ?о-)?(?P<two>[а-яіїєґ]+ськ)(?:ому|ого|ий|им|их|і)\s+кордон\w*",
        re.IGNORECASE,
    ),
)

LANGUAGES = {"en": ENGLISH, "ru": RUSSIAN, "uk": UKRAINIAN}

# Stems of the adjectives that name a border's countries.
ADJECTIVE_STEMS = {
    "россий": "RU", "украин": "UA", "белорус": "BY", "белорусск": "BY", "поль": "PL", "литов": "LT",
    "латвий": "LV", "эстон": "EE", "фин": "FI", "финлянд": "FI", "молдав": "MD", "румын": "RO",
    "грузин": "GE", "армян": "AM", "азербайджан": "AZ", "казах": "KZ", "казахстан": "KZ",
    "таджик": "TJ", "афган": "AF", "киргиз": "KG", "турец": "TR", "сирий": "SY", "иран": "IR",
    "венгер": "HU", "словац": "SK", "норвеж": "NO", "китай": "CN", "монголь": "MN",
    "росій": "RU", "україн": "UA", "білорус": "BY", "польсь": "PL", "литовсь": "LT",
    "молдовсь": "MD", "молдов": "MD", "румун": "RO", "грузинсь": "GE", "угор": "HU", "словаць": "SK",  # noqa: E501 - one pattern, one line
}  # fmt: skip


def direction_of(words: str) -> str:
    """Return `N`, `NE`, ... `NW` or `C` for words that name a direction; empty for none.

    Returns
    -------
    str
        `N`, `NE`, ... `NW` or `C` for words that name a direction; empty for none.
    """
    lowered = words.lower()
    if lowered.startswith(("central", "централь")):
        return "C"
    letters = ""
    for letter, roots in (
        ("N", ("north", "север", "півн")), ("S", ("south", "юг", "юж", "півд")),
        ("E", ("east", "восто", "схід", "сход", "східн")), ("W", ("west", "запад", "захід", "заход")),  # noqa: E501 - one pattern, one line
    ):  # fmt: skip
        if any(root in lowered for root in roots) and len(letters) < 2:
            letters += letter
    return {"NS": "N", "EW": "E"}.get(letters, letters)


def kilometres(given: dict[str, str | None]) -> float:
    """Return the length that a phrase tells, by its groups `number` and `unit`.

    Returns
    -------
    float
        Kilometres.
    """
    words = (given["number"] or "").lower()
    number = WORD_NUMBERS.get(words)
    if number is None:
        whole, _, rest = words.partition(",")
        number = float(whole + rest) if len(rest) == 3 else float(words.replace(",", "."))
    return number * (KM_PER_MILE if (given["unit"] or "").lower().startswith("mi") else 1.0)


def pair_of_adjectives(found: re.Match[str]) -> tuple[str, ...]:
    """Return the countries whose adjectives name a border ("российско-украинская").

    Returns
    -------
    tuple of str
        ISO codes, at most two.
    """
    given = found.groupdict()
    codes = []
    for part in ("two", "one"):
        stem = (given.get(part) or "").lower()
        best = max((s for s in ADJECTIVE_STEMS if stem.startswith(s)), key=len, default="")
        if best:
            codes.append(ADJECTIVE_STEMS[best])
    return tuple(codes)
