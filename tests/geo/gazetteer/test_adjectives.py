"""Adjectives of towns lead back to their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.adjectives import ENDINGS, bases


@pytest.mark.parametrize(
    ("adjective", "name"),
    [
        ("бердянского", "бердянск"),
        ("луцький", "луцьк"),
        ("мелитопольский", "мелитополь"),
        ("каховской", "каховка"),
        ("энгельсского", "энгельс"),
        ("одесского", "одесса"),
        ("черкаському", "черкаси"),
        ("запорізькій", "запоріжжя"),
        ("кременчуцький", "кременчук"),
        ("череповецкого", "череповец"),
    ],
)
def test_regular_adjectives(adjective, name):
    """The formations of the school grammars are undone, in any case and gender."""
    assert name in bases(adjective)[0]


@pytest.mark.parametrize(
    ("adjective", "name"),
    [
        ("криворізькому", "кривий ріг"),
        ("криворожский", "кривой рог"),
        ("білоцерківська", "біла церква"),
        ("великоновоселковском", "великая новоселка"),
        ("новокаховський", "нова каховка"),
        ("часовоярского", "часов яр"),
    ],
)
def test_adjectives_of_names_of_two_words(adjective, name):
    """A town of two words makes one adjective, which leads back to both."""
    assert name in bases(adjective)[0]


@pytest.mark.parametrize(
    ("adjective", "name"),
    [
        ("бучанский", "буча"),
        ("рівненської", "рівне"),
        ("чернівецький", "чернівці"),
        ("попаснянський", "попасна"),
        ("гуляйпольском", "гуляйполе"),
        ("балаклійської", "балаклія"),
        ("днепровский", "днепр"),
    ],
)
def test_adjectives_with_a_syllable_between_are_irregular(adjective, name):
    """What a name puts between itself and the suffix is undone as the less likely reading."""
    assert name in bases(adjective)[1]


def test_other_words_have_no_names_behind_them():
    """A word that ends like no adjective of a town, or is the ending alone, gives nothing."""
    assert bases("харьков") == bases("великого") == bases("ский") == ([], [])


@given(st.text(alphabet="абвгдежзиклмноцьсіїє", max_size=12), st.sampled_from(ENDINGS))
def test_any_word_is_undone_without_fault(root, ending):
    """No word makes it fail or returns an empty key."""
    regular, irregular = bases(root + ending)
    assert all(name.strip() for name in [*regular, *irregular])
