"""Every language says everything, with its own plurals, numbers and days."""

import dataclasses
import string
from datetime import UTC, date, datetime

import pytest

from tracker.briefing import render_markdown, write_briefing
from tracker.briefing.language import LANGUAGES, language
from tracker.briefing.phrases import claim_in_words
from tracker.claims import Measure
from tracker.errors import InvalidValueError
from tracker.timespan import Timespan
from tracker.vocabulary import Precision, Qualifier, Unit

OTHERS = [code for code in LANGUAGES if code != "en"]


def sentences(code):
    """List the sentences of a language by section and name."""
    return {
        f"{section}.{name}": said
        for section, told in language(code).words.items()
        if isinstance(told, dict)
        for name, said in told.items()
    }


def gaps(said):
    """Name what is filled into a sentence, in all its plurals."""
    forms = said.values() if isinstance(said, dict) else [said]
    return [{name for _, name, _, _ in string.Formatter().parse(form) if name} for form in forms]


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_says_all_that_english_says(code):
    """No sentence is missing, and each is filled with the same."""
    english, other = sentences("en"), sentences(code)

    assert set(english) <= set(other)
    wrong = [key for key, said in english.items() if gaps(said)[0] != gaps(other[key])[0]]
    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_plurals_of_a_sentence_are_filled_alike(code):
    """And each language has the forms that it needs."""
    forms = {"one", "other"} if code == "en" else {"one", "few", "many", "other"}
    plural = {key: said for key, said in sentences(code).items() if isinstance(said, dict)}

    assert plural
    assert [key for key, said in plural.items() if set(said) != forms] == []
    assert [key for key, said in plural.items() if len({*map(frozenset, gaps(said))}) != 1] == []


@pytest.mark.parametrize(
    ("code", "number", "words"),
    [
        ("en", 1, "1 new claim"),
        ("en", 21, "21 new claims"),
        ("ru", 21, "21 новое сообщение"),
        ("ru", 22, "22 новых сообщения"),
        ("ru", 12, "12 новых сообщений"),
        ("uk", 1, "1 нове повідомлення"),
        ("uk", 3, "3 нові повідомлення"),
        ("uk", 111, "111 нових повідомлень"),
    ],
)
def test_a_number_takes_its_plural(code, number, words):
    """As CLDR has it."""
    assert language(code).say("coverage.claims", n=number) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "5–12 January 2022"),
        ("ru", "5–12 января 2022"),
        ("uk", "5–12 січня 2022"),
    ],
)
def test_days_of_one_month_stand_together(code, words):
    """The month is named once."""
    span = Timespan(
        start=datetime(2022, 1, 5, tzinfo=UTC),
        end=datetime(2022, 1, 12, 23, tzinfo=UTC),
        precision=Precision.WEEK,
    )

    assert language(code).span(span) == words


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("qualifier", list(Qualifier))
def test_every_size_can_be_said(code, qualifier, troops):
    """Whatever its qualifier."""
    best = 0.7 if qualifier is Qualifier.RATIO else 22.0
    bounds = {"low": 20.0, "high": 22.0} if qualifier is Qualifier.RANGE else {"best": best}
    if qualifier.value in {"several", "a_few", "a_couple", "none"} or qualifier.value[-1] == "s":
        bounds = {"low": 2.0, "high": 22.0}
    try:
        measure = Measure(qualifier=qualifier, unit=Unit.TANK, **bounds)
    except InvalidValueError:
        measure = Measure(qualifier=qualifier, unit=Unit.TANK, best=best)

    words = claim_in_words(troops(measure=measure), (), language(code))

    assert words.startswith("Western officials: ")
    assert words.endswith(".")


@pytest.mark.parametrize("code", OTHERS)
def test_a_briefing_in_another_language_has_no_english_sentence(
    code, edition, make_evidence, troops
):
    """Headings, counts and limits are its own; names and quotes stay."""
    other = dataclasses.replace(edition, language=code)

    text = render_markdown(write_briefing(other, make_evidence(troops())))

    for words in (
        "In brief",
        "New since",
        "Method and limits",
        "present",
        "Nothing was",
        "January",
    ):
        assert words not in text
    assert "100,000 troops are near the border" in text
    assert "80 000–125 000" in text.replace("\xa0", " ")


def test_a_language_without_words_is_refused(edition):
    """In one sentence, with what there is."""
    with pytest.raises(InvalidValueError, match="choose en, ru or uk"):
        dataclasses.replace(edition, language="de")


def test_a_day_is_said_as_people_say_it():
    """Not as a computer does."""
    assert language("uk").day(date(2022, 2, 24)) == "24 лютого 2022"


def test_a_rate_has_the_mark_of_its_language():
    """What is a point in English is a comma in Russian and Ukrainian."""
    assert [language(code).rate(7.125) for code in ("en", "ru", "uk")] == ["7.1", "7,1", "7,1"]
