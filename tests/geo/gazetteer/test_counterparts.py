"""Spelling a Ukrainian name in Russian and a Russian one in Ukrainian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.counterparts import MOST_SPELLINGS, in_russian, in_ukrainian
from geo.gazetteer.names import normalise


@pytest.mark.parametrize(
    ("ukrainian", "russian"),
    [
        ("Велика Новосілка", "великая новоселка"),
        ("Кліщіївка", "клещеевка"),
        ("Урожайне", "урожайное"),
        ("Олександрівка", "александровка"),
        ("Кам'янка", "каменка"),
        ("Біла Церква", "белая церква"),
        ("Степногірськ", "степногорск"),
    ],
)
def test_a_ukrainian_name_as_russian_press_writes_it(ukrainian, russian):
    """Endings, roots and letters that differ between the languages are brought over."""
    assert russian in map(normalise, in_russian(ukrainian))


@pytest.mark.parametrize(
    ("russian", "ukrainian"),
    [
        ("Липецк", "липецьк"),
        ("Новоспасское", "новоспасське"),
        ("Белгород", "бєлгород"),
        ("Кадиевка", "кадіївка"),
        ("Ельня", "єльня"),
    ],
)
def test_a_russian_name_as_ukrainian_press_writes_it(russian, ukrainian):
    """Endings, first letters and softened groups that differ are brought over."""
    assert ukrainian in in_ukrainian(russian)


@given(st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя' -", min_size=1, max_size=25))
def test_a_name_has_few_spellings(name):
    """Whatever the letters, there is a spelling, and there are no more than the limit."""
    for spelled in (in_russian(name), in_ukrainian(name)):
        assert 1 <= len(spelled) <= MOST_SPELLINGS
