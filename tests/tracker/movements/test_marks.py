"""Signs painted on vehicles, hidden plates and covered loads are found in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.movements.marks import find_marks, telling


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ('A train with tanks marked with the letter "V" stood at Gomel.', {"letter V"}),
        ("The vehicles carry a white square and the sign Z.", {"white square", "letter Z"}),
        ("Техника с буквой «Z», номера закрашены.", {"letter Z", "plates hidden"}),
        (
            "На машинах нарисованы белые круги, груз накрыт брезентом.",
            {"white circle", "load covered"},
        ),
        ("Техніка з літерою «О» і без номерних знаків.", {"letter O", "plates hidden"}),
        ("The licence plates were covered with tape.", {"plates hidden"}),
        ("Howitzers under tarpaulins passed Chita.", {"load covered"}),
        ("A sign of tension: the letter was sent to the White House.", set()),
        ("Red Square was closed; the plates of the earth move.", set()),
        ("A train with 20 tanks passed.", set()),
    ],
)
def test_marks_are_told_from_other_words(text, marks):
    """A letter counts only as a sign, a shape only where it is no name."""
    assert find_marks(text) == marks


def test_what_most_trains_have_tells_none_apart():
    """Hidden plates and covered loads are kept as words and bind no two sightings together."""
    assert telling(frozenset({"letter V", "plates hidden", "load covered"})) == {"letter V"}


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    """Whatever comes in, the answer is a set of known words."""
    assert all(isinstance(mark, str) for mark in find_marks(text))
