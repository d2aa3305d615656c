"""The word tables are well formed, and are found in any inflection."""

import csv
from importlib.resources import files

import pytest

from tests.tracker.extraction.reading import view_of
from tracker.extraction.lexicon import CATEGORIES, LANGUAGES
from tracker.vocabulary import Mode, PlaceRole, Qualifier, Unit

FOLDER = files("tracker.extraction") / "lexicon"


def rows(category):
    with (FOLDER / f"{category}.csv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_table_has_every_language(category):
    """No language is forgotten, no phrase is empty, no row has a cell too many."""
    table = rows(category)

    assert {row["lang"] for row in table} == set(LANGUAGES)
    assert all(phrase.strip() for row in table for phrase in row["phrases"].split("|")), category
    assert all(None not in row and None not in row.values() for row in table)


def test_tables_speak_the_vocabulary():
    """Units, qualifiers, roles and modes of the tables are those of the domain."""
    assert {row["value"] for row in rows("unit")} - {""} <= set(Unit)
    qualifiers = {row["value"] for row in rows("qualifier") if row["side"] in {"before", "after"}}
    assert qualifiers <= set(Qualifier)
    assert {row["value"] for row in rows("role")} - {"in", "along"} <= set(PlaceRole)
    assert {r["value"] for r in rows("mode") if not r["value"].startswith("dir:")} <= set(Mode)


@pytest.mark.parametrize(
    ("lang", "text", "unit"),
    [
        ("ru", "танками", "tank"),
        ("uk", "батальйонно-тактичних груп", "BTG"),
        ("en", "infantry fighting vehicles", "IFV"),
        ("ru", "эшелонов", "train"),
        ("uk", "вертольоти", "helicopter"),
    ],
)
def test_inflected_words_are_found(lang, text, unit):
    """A stem stands for all its forms."""
    assert [tag.value for tag in view_of(text, lang).of("unit")] == [unit]


def test_a_longer_word_with_the_same_stem_is_another():
    """A tanker is no tank."""
    assert view_of("танкеров").of("unit") == []
    assert view_of("tankers").of("unit") == []


def test_an_acronym_is_no_pronoun():
    """The US is a country."""
    assert view_of("the US soldiers").starting("function", 1) is None
