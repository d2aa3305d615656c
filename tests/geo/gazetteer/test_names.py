"""Names become keys: one for all ways to write a name, another for all ways to spell it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.names import fold, is_abbreviation, normalise, script

NAMES = st.text(alphabet="abcdeghijkostuwyzàéíöšžł'’-. абвгдеєжзиіїйкщъыьэюяё", max_size=24)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Yel’nya", "yelnya"),
        ("Орёл", "орел"),
        ("Улан-Удэ", "улан удэ"),
        ("Kraków", "krakow"),
        ("Łódź", "lodz"),
        ("Слов'янськ", "словянськ"),
        ("W.Va.", "w.va."),
        ("Йошкар-Ола", "йошкар ола"),
    ],
)
def test_marks_apostrophes_and_dashes_do_not_make_another_name(written, key):
    """A name's key is the same with and without marks, apostrophes, dashes and yo."""
    assert normalise(written) == key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Yelnya", "Yel'nya", "El'nja", "Jelnja", "Elna", "Ельня", "Єльня"),
        ("Klintsy", "Klincy", "Клинцы"),
        ("Kharkiv", "Харків", "Kharkiw"),
        ("Voronezh", "Воронеж", "Voroneż"),
        ("Mykolaiv", "Mykolayiv", "Миколаїв"),
    ],
)
def test_transliterations_fold_to_one(spellings):
    """Usual transliterations of one name fold to one form."""
    assert len({fold(normalise(name)) for name in spellings}) == 1


@given(NAMES)
def test_normalise_is_idempotent(name):
    """A key is its own key."""
    assert normalise(normalise(name)) == normalise(name)


@given(NAMES)
def test_fold_is_idempotent(name):
    """Folding what is folded changes nothing."""
    once = fold(normalise(name))
    assert fold(once) == once


def test_only_short_capitals_are_abbreviations():
    """USA and KY are abbreviations; Usa, a long word in capitals and one letter are not."""
    assert [is_abbreviation(n) for n in ("USA", "KY", "Usa", "OHIOAN", "U")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_script_is_told_by_the_first_letter_that_tells():
    """A name's script is that of its first letter of a known script."""
    assert [script(n) for n in ("Київ", "Kyiv", "キエフ", "12")] == [
        "cyrillic", "latin", "other", "other",
    ]  # fmt: skip
