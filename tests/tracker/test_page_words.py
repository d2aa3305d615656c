"""Everything that the program itself says on a page is said in each of its languages."""

from __future__ import annotations

from datetime import date

import pytest

from geo.plate import WORDS
from tracker import drawing, item_labels
from tracker.actors import seed_actors
from tracker.features import NOT_DRAWN
from tracker.page_words import day_in_words, labelled, speaker
from tracker.vocabulary import ClaimKind, Status

SAID = [
    *item_labels.DETAILS,
    *item_labels.FILTERS,
    *item_labels.CATEGORY_LABELS.values(),
    *WORDS,
    *drawing.NOTES,
    drawing.LAST_DAY,
    *drawing.ATTRIBUTION,
    *(str(kind) for kind in ClaimKind),
    *(str(one).replace("_", " ") for one in Status if one not in NOT_DRAWN),
    *(actor.name for actor in seed_actors() if actor.id in {"RU", "UA", "BY", "separatist"}),
    "Estimates", "Vague areas", "Movements", "Sightings", "Place names", "personnel",
]  # fmt: skip


@pytest.mark.parametrize("lang", ["ru", "uk"])
@pytest.mark.parametrize("words", dict.fromkeys(SAID))
def test_every_word_of_the_program_has_its_translation(words, lang):
    """No label, note or coded value is left in English, and none loses a blank to fill."""
    told = speaker(lang)(words)
    assert told != words or words == "NATO"
    assert ("{day}" in told) == ("{day}" in words)


def test_other_words_stay_as_they_are():
    """What somebody else wrote is not touched."""
    assert speaker("ru")("A village nobody knows") == "A village nobody knows"


def test_labels_keep_columns_and_order():
    """Only the reader's side of a column changes."""
    turned = labelled({"When": "when", "Place": "place"}, "uk")
    assert turned == {"Коли": "when", "Місце": "place"}
    assert list(turned.values()) == ["when", "place"]


@pytest.mark.parametrize(("lang", "words"), [("en", "3 February 2022"), ("ru", "03.02.2022")])
def test_days_are_written_as_the_language_writes_them(lang, words):
    """A month is a word in English and a number elsewhere."""
    assert day_in_words(date(2022, 2, 3), lang) == words
