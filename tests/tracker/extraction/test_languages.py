"""The language of a text and of each of its sentences."""

import pytest

from tests.tracker.extraction.reading import claims_of
from tracker.extraction.languages import language_of, language_within


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Tanks moved.", "en"), ("Танки пошли на запад.", "ru"), ("Танки пішли на захід.", "uk")],
)
def test_letters_tell_the_language(text, lang):
    """Latin is English; letters of their own tell Russian from Ukrainian."""
    assert language_of(text) == lang


def test_each_sentence_is_read_in_its_own_language():
    """A report in three languages gives a claim in each."""
    claims = claims_of(
        "Residents counted 12 tanks near Kursk. В Белгород прибыли 300 солдат. "
        "У Чернігів прибуло 40 танків.",
        lang="en",
    )

    assert [claim.measure.best for claim in claims] == [12, 300, 40]


def test_a_name_in_another_script_changes_nothing():
    """A foreign name does not make a sentence foreign."""
    assert language_within("CNN: в Белгород прибыли 300 солдат.", "ru") == "ru"
