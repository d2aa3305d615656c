"""Wagon numbers are read with their check digit, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidValueError
from tracker.movements.wagons import (
    WagonKind,
    WagonNumber,
    check_digit,
    find_wagon_numbers,
    parse_wagon_number,
)

SEVEN = st.text("0123456789", min_size=7, max_size=7)


def test_check_digit_follows_the_published_rule():
    """2, 1, 2, 1, 2, 1, 2 over 4548885: 8+5+8+8+1+6+8+1+0 = 45, which lacks 5 to a full ten."""
    assert check_digit("4548885") == 5


@given(first=SEVEN, position=st.integers(0, 7), other=st.integers(1, 9))
def test_any_one_wrong_digit_is_caught(first, position, other):
    """A digit misread makes it no wagon number."""
    digits = f"{first}{check_digit(first)}"
    wrong = str((int(digits[position]) + other) % 10)

    with pytest.raises(InvalidValueError, match="no wagon number"):
        WagonNumber(digits=digits[:position] + wrong + digits[position + 1 :])


def test_refusal_names_the_digit_that_fits():
    """Whoever misread it learns what would fit."""
    with pytest.raises(InvalidValueError, match=r"after 4548885 the check digit is 5"):
        parse_wagon_number("4548 8851")


@pytest.mark.parametrize("text", ["", "1234567", "123456789", "１２３４５６７８", "45488x55"])
def test_what_has_not_eight_digits_is_refused(text):
    """Only eight ASCII digits are a number."""
    with pytest.raises(InvalidValueError, match="no wagon number"):
        parse_wagon_number(text)


def test_numbers_are_found_in_a_text_in_order_and_once():
    """Spaces and hyphens inside a number are usual; a repeat counts once."""
    text = "Flat wagons 4548-8855 and 4548 8855, then 42000018; call +74548885512."

    found = find_wagon_numbers(text)

    assert [str(number) for number in found] == ["45488855", "42000018"]
    assert found[0].kind is WagonKind.FLAT


@pytest.mark.parametrize(
    "text", ["20220117", "45488855/2", "1.45488855", "145488855", "45488855.7"]
)
def test_days_and_longer_numbers_are_none(text):
    """A day written without dashes, a part of a longer number and a decimal are no wagons."""
    assert find_wagon_numbers(text) == ()
