"""Words and endings in and beside a name that tell what it is, in three languages."""

from __future__ import annotations

import re

from geo.gazetteer.place import NameKind

# Endings of Russian, Ukrainian, Georgian and Armenian surnames, in all cases.
SURNAME_LIKE = re.compile(
    r"(?:[оеє]в|ин|їн)(?:а|у|ым|им|е|ой|ою|і|ых)?$|енко$|ск(?:ий|ого|ому|им)$|дзе$|швили$|"
    r"(?:чук|юк|ян)(?:а|у|ом)?$"
)

ADJECTIVE_LIKE = re.compile("[а-яіїє]{3}(?:[ыи]й|ого|ому|[ыи]м|ом|ая|ій|ою)$")

# Heads of a place's government: after them stands a surname in the nominative, or the place in
# the genitive ("мэр Мелитополя", "глава Львовской области").
IN_A_CASE = frozenset((NameKind.INFLECTED, NameKind.INFLECTED_ALTERNATE))
HEADS = frozenset(
    (
        "глава", "главы", "мэр", "мэра", "мер", "мера", "губернатор", "губернатора", "голова",
        "голови", "очільник", "очільника", "градоначальник", "начальник", "начальника", "жители",
        "жителі", "мешканці", "влада", "власти", "администрация", "адміністрація",
    )
)  # fmt: skip
# What stands before the name of a ship ("the cruiser Moskva"), and in English behind it.
SHIPS = frozenset(
    (
        "submarine", "cruiser", "frigate", "destroyer", "corvette", "warship", "flagship", "ship",
        "carrier", "minesweeper", "uss", "hms", "ins", "roks",
        "крейсер", "крейсера", "крейсере", "фрегат", "фрегата", "корвет", "корвета", "эсминец",
        "эсминца", "подлодка", "подлодки", "подлодку", "лодка", "лодки", "апл", "бдк", "катер",
        "катера", "тральщик", "корабль", "корабля", "судно", "есмінець", "есмінця",
        "човен", "човна", "корабель",
    )
)  # fmt: skip
SHIPS_AFTER = frozenset(("submarine", "cruiser", "frigate", "destroyer", "corvette", "warship"))
# A side of the place behind it and no place itself: "North-Eastern Syria".
SIDE = re.compile(
    r"(?:north|south)[- ]?(?:east|west)(?:ern)?|(?:north|south|east|west)ern", re.IGNORECASE
)
# What stands before a country in the name of its armed forces ("ВС РФ"): a force, not a place.
FORCES = frozenset(("ВС", "ЗС", "ВСУ", "ВМС", "ВВС", "ВМФ", "ВКС", "ПВО", "ППО"))
FORCE_WORDS = re.compile(
    r"(?:вооруж[её]нны(?:е|х|ми?) сил(?:ы|ам|ами|ах)?|збройн(?:і|их|им|ими) сил(?:и|ам|ами|ах)?|"
    r"воздушно-космических сил|повітряних сил|сил(?:и|ами|ам)? оборони)$",
    re.IGNORECASE,
)
# Other adjectives between one and the noun of them all: "в Сумской, Курской и Орловской областях".
CHAIN = re.compile(
    r"(?:(?:,| и| та| і| й|,? а також|,? а также) [А-ЯІЇЄҐ][\w\u2019'-]+)*[ \u00a0](?P<noun>\w+)"
)
# The same in English: "in Sumy, Kursk and Belgorod oblasts".
ENGLISH_CHAIN = re.compile(r"(?:(?:,? and|,) [A-Z][\w\u2019'-]+)* (?:regions|oblasts|provinces)\b")
PLURALS = ("regions", "oblasts", "provinces")
NOUNS = ("oblast", "region", "krai", "province")
REGION_NOUN = "област"
DISTRICT_NOUN = "район"
SEVERAL = re.compile(
    r"(?:област(?:и|ей|ей|ям|ями|ях|і)|район(?:ы|ов|ам|ами|ах|и|ів)|направлени(?:я|й|ях)|"
    r"напрямк(?:и|ів|ах)|аэродром(?:ы|ов|ам|ах)|аеродром(?:и|ів|ам|ах)|порт(?:ы|ов|ах|и|ів)|"
    r"нпз|тэц|тец)$",
    re.IGNORECASE,
)
# Russian and Ukrainian nouns of settlements as they are abbreviated before a name.
SETTLEMENT_SHORT = frozenset(
    (
        "г",
        "гор",
        "с",
        "д",
        "дер",
        "п",
        "пос",
        "пгт",
        "ст",
        "х",
        "хут",
        "м",
        "смт",
        "сел",
        "н.п",
        "нп",
    )
)
LISTED = frozenset((", ", " и ", " та ", " і ", " й ", " and ", ", and "))
