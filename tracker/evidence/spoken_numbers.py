"""Numbers as texts in four languages tell them: digits with separators, words, thousands."""

from __future__ import annotations

import re

_DIGITS = r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\d)|\d+"
_THOUSANDS = r"(?:thousand|k\b|тыс|тис)"
_NUMBER = re.compile(
    rf"(?<![\w.,-])(?P<digits>{_DIGITS})(?:[ -\u00a0]?(?P<thousands>{_THOUSANDS}))?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_SEPARATOR = re.compile(r"\D")
_LONGEST_NUMBER = 12

_WORDS: dict[int, str] = {
    2: "two два две двух двумя дві двох двома дзве двум",
    3: "three три трёх трех тремя трьох трьома тры трох трыма",
    4: "four четыре четырёх четырех чотири чотирьох чатыры чатырох",
    5: "five пять пяти п'ять п’ять п'яти пяць",
    6: "six шесть шести шість шести шэсць",
    7: "seven семь семи сім семи сем",
    8: "eight восемь восьми вісім восьми восем",
    9: "nine девять девяти дев'ять дев’ять дев'яти дзевяць",
    10: "ten десять десяти дзесяць",
    11: "eleven одиннадцать одинадцять адзінаццаць",
    12: "twelve двенадцать дванадцять дванаццаць dozen дюжина дюжину",
    15: "fifteen пятнадцать п'ятнадцять п’ятнадцять пятнаццаць",
    20: "twenty двадцать двадцяць двадцять двадцати дваццаць",
    30: "thirty тридцать тридцять тридцати трыццаць",
    40: "forty сорок сорока сорака",
    50: "fifty пятьдесят п'ятдесят п’ятдесят пяцьдзясят",
    60: "sixty шестьдесят шістдесят шэсцьдзясят",
    70: "seventy семьдесят сімдесят семдзесят",
    80: "eighty восемьдесят вісімдесят восемдзесят",
    90: "ninety девяносто дев'яносто дев’яносто дзевяноста",
    100: "hundred сто сотню сотня",
}
_VALUES = {word: value for value, words in _WORDS.items() for word in words.split()}


def spoken_numbers(text: str) -> set[int]:
    """Find the numbers that a text tells, years and the figures of designations left out.

    Parameters
    ----------
    text : str
        Any text; English, Russian, Ukrainian and Belarusian number words are known.

    Returns
    -------
    set of int
        Numbers from 2 on: "11 thousand", "11,000" and "11 тысяч" are one number, and the 34 of
        "Su-34" is none.
    """
    told = {_VALUES[word] for word in _WORD.findall(text.casefold()) if word in _VALUES}
    for match in _NUMBER.finditer(text):
        plain = _SEPARATOR.sub("", match["digits"])[:_LONGEST_NUMBER]
        number = int(plain) * (1000 if match["thousands"] else 1)
        is_year = len(match["digits"]) == 4 and 1900 <= number < 2100 and not match["thousands"]
        if number > 1 and not is_year:
            told.add(number)
    return told
