"""Case forms of Russian and Ukrainian names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.inflection import MAX_FORMS, inflect, languages_of


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("ельня", "ельню"),
        ("харьков", "харьковом"),
        ("пушкин", "пушкиным"),
        ("лунинец", "лунинце"),
        ("ростов на дону", "ростове на дону"),
        ("нижний новгород", "нижнем новгороде"),
        ("великие луки", "великих луках"),
        ("валуйки", "валуек"),
        ("осиповичи", "осиповичей"),
        ("новое", "нового"),
        ("троицкое", "троицком"),
        ("солоти", "солотях"),
        ("смоленская область", "смоленской области"),
        ("смоленская обл", "смоленской обл"),
        ("джанкой", "джанкое"),
    ],
)
def test_russian_forms(name, form):
    """Russian names decline, every part of a compound, with fleeting vowels."""
    assert form in (name, *inflect(name, "ru"))


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("харків", "харкова"),
        ("київ", "києві"),
        ("тернопіль", "тернополя"),
        ("бориспіль", "борисполі"),
        ("михайлівка", "михайлівці"),
        ("ніжин", "ніжині"),
        ("суми", "сумах"),
        ("валуйки", "валуйок"),
        ("чернівці", "чернівцях"),
        ("донецька область", "донецькій області"),
        ("покровськ", "покровську"),
        ("ясинувата", "ясинуватій"),
    ],
)
def test_ukrainian_forms(name, form):
    """Ukrainian names decline with the alternation of closed syllables and of k, h, kh."""
    assert form in inflect(name, "uk")


def test_names_on_yeve_decline_as_adjectives():
    """A Ukrainian name on -yeve has the locative of an adjective."""
    assert {"єнакієвому", "єнакієвого"} <= set(inflect("єнакієве", "uk"))


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщьыюя ", min_size=1, max_size=30))
def test_forms_are_distinct_bounded_and_never_the_name_itself(name):
    """Any name has at most a fixed number of distinct forms, without itself."""
    for language in ("ru", "uk"):
        forms = inflect(name, language)
        assert len(forms) == len(set(forms)) <= MAX_FORMS
        assert name not in forms


def test_letters_tell_the_language():
    """Letters that one alphabet alone has decide; without any both languages are tried."""
    assert languages_of("Київ") == ("uk",)
    assert languages_of("Орёл") == ("ru",)
    assert languages_of("Москва") == ("ru", "uk")
