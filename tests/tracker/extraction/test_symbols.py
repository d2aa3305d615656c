"""Map symbols of what is counted."""

import pytest

from tracker.extraction.symbols import symbol_of
from tracker.vocabulary import Status, Unit


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_has_a_symbol_of_twenty_digits(unit):
    """No unit of the vocabulary is without a code that milsymbol takes."""
    code = symbol_of(unit)

    assert len(code) == 20
    assert code.isdigit()


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        (Unit.TANK, "10011500001202000000"),
        (Unit.BTG, "10011004161210000000"),
        (Unit.BRIGADE, "10011000180000000000"),
    ],
)
def test_set_echelon_and_entity_stand_where_the_standard_puts_them(unit, code):
    """Digits 5-6 are the set, 8 the task force, 9-10 the echelon, 11-16 the entity."""
    assert symbol_of(unit) == code


def test_what_is_planned_has_the_frame_of_planned_things():
    """Digit 7 tells present from planned."""
    assert symbol_of(Unit.TANK, status=Status.PLANNED)[6] == "1"
