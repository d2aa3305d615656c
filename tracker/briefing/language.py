"""The words of a briefing in a language: sentences, plurals, numbers and days."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from tracker.errors import InvalidValueError
from tracker.timespan import Timespan
from tracker.vocabulary import Precision

LANGUAGES = ("en", "ru", "uk")


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """A language and its words.

    Parameters
    ----------
    code : str
        ISO 639: `en`, `ru` or `uk`.
    words : dict
        Sections of sentences; a table in place of a sentence holds its plurals.
    """

    code: str
    words: dict[str, Any]

    def say(self, key: str, /, **values: Any) -> str:
        """Say a sentence.

        Parameters
        ----------
        key : str
            Section and name, such as `level.more`.
        **values : Any
            What is filled in; `n` decides the plural.

        Returns
        -------
        str
            The sentence.
        """
        section, _, name = key.partition(".")
        found = self.words[section][name]
        if isinstance(found, dict):
            found = found[Locale.parse(self.code).plural_form(values["n"])]
        return str(found).format_map(values)

    def has(self, section: str) -> bool:
        """Say whether the language has words of its own for something.

        Parameters
        ----------
        section : str
            The section.

        Returns
        -------
        bool
            Whether they are there.
        """
        return section in self.words

    def number(self, number: float) -> str:
        """Write a whole number.

        Parameters
        ----------
        number : float
            The number.

        Returns
        -------
        str
            With the language's mark between thousands.
        """
        return str(format_decimal(round(number), locale=self.code))

    def rate(self, number: float) -> str:
        """Write a number to one decimal place.

        Parameters
        ----------
        number : float
            The number.

        Returns
        -------
        str
            With the language's mark before the decimal.
        """
        return str(format_decimal(number, format="#,##0.0", locale=self.code))

    def day(self, day: date) -> str:
        """Write a day.

        Parameters
        ----------
        day : date
            The day.

        Returns
        -------
        str
            For example "14 January 2022".
        """
        return str(format_date(day, self.words["day"], locale=self.code))

    def span(self, span: Timespan) -> str:
        """Write a span of time as sharply as it is known.

        Parameters
        ----------
        span : Timespan
            The span.

        Returns
        -------
        str
            For example "5–12 January 2022", "January 2022", "14 January 2022, 10:30 UTC".
        """
        first, last = span.start, span.end
        same_month = (first.year, first.month) == (last.year, last.month)
        if span.precision is Precision.HOUR:
            return f"{self.day(first)}, {first:%H:%M} UTC"
        if span.precision is Precision.MONTH and first.day == 1 and same_month:
            return str(format_date(first, self.words["month"], locale=self.code))
        if first.date() == last.date():
            return self.day(first)
        if same_month:
            return str(self.words["same_month"]).format(first=first.day, last=self.day(last))
        return f"{self.day(first)} – {self.day(last)}"


@cache
def language(code: str) -> Language:
    """Read the words of a language.

    Parameters
    ----------
    code : str
        One of `LANGUAGES`.

    Returns
    -------
    Language
        The language.

    Raises
    ------
    InvalidValueError
        Where there are no words for it.
    """
    if code not in LANGUAGES:
        raise InvalidValueError(f"no briefing is written in {code[:20]!r}; choose en, ru or uk.")
    text = (files("tracker.briefing") / "languages" / f"{code}.toml").read_text("utf-8")
    return Language(code=code, words=tomllib.loads(text))


ENGLISH = language("en")
