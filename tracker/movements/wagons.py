"""Numbers of railway wagons: eight digits of which the last checks the others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tracker.errors import InvalidValueError

_WRITTEN = re.compile(r"(?<![\d.,+№/-])\d(?:[ \u00a0-]?\d){7}(?![\d/]|[.,-]\d)")
_SEPARATORS = re.compile(r"[ \u00a0-]")
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_WEIGHTS = (2, 1, 2, 1, 2, 1, 2)


class WagonKind(StrEnum):
    """What a wagon is, by the first digit of its number (numbering of the 1520 mm railways)."""

    PASSENGER = "passenger"
    COVERED = "covered"
    FLAT = "flat"
    PRIVATE = "private"
    GONDOLA = "gondola"
    TANK = "tank"
    REFRIGERATED = "refrigerated"
    OTHER = "other"


_KINDS = {
    "0": WagonKind.PASSENGER,
    "2": WagonKind.COVERED,
    "4": WagonKind.FLAT,
    "5": WagonKind.PRIVATE,
    "6": WagonKind.GONDOLA,
    "7": WagonKind.TANK,
    "8": WagonKind.REFRIGERATED,
}


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class WagonNumber:
    """A wagon's number whose check digit fits.

    Parameters
    ----------
    digits : str
        Eight digits.

    Raises
    ------
    InvalidValueError
        Where they are not eight digits, or the last one does not check the others.
    """

    digits: str

    def __post_init__(self) -> None:
        if len(self.digits) != 8 or not (self.digits.isascii() and self.digits.isdigit()):
            raise InvalidValueError(
                f"{self.digits[:20]!r} is no wagon number; write its eight digits."
            )
        fits = check_digit(self.digits[:7])
        if int(self.digits[7]) != fits:
            raise InvalidValueError(
                f"{self.digits} is no wagon number: after {self.digits[:7]} the check digit is "
                f"{fits}; read the number again."
            )

    def __str__(self) -> str:
        return self.digits

    @property
    def kind(self) -> WagonKind:
        """What kind of wagon carries it."""
        return _KINDS.get(self.digits[0], WagonKind.OTHER)


def check_digit(first_seven: str) -> int:
    """Compute the digit that checks the seven before it.

    Parameters
    ----------
    first_seven : str
        Seven digits.

    Returns
    -------
    int
        0 to 9: what the digits of the products with 2, 1, 2, 1, 2, 1, 2 lack to a full ten (the
        rule of the 1520 mm railways, which is Luhn's and that of UIC leaflet 438-2). It catches
        every wrong digit and most swapped neighbours.
    """
    products = "".join(
        str(int(digit) * weight) for digit, weight in zip(first_seven, _WEIGHTS, strict=True)
    )
    return -sum(map(int, products)) % 10


def parse_wagon_number(text: str) -> WagonNumber:
    """Read one wagon number.

    Parameters
    ----------
    text : str
        Eight digits; spaces and hyphens between them are let through.

    Returns
    -------
    WagonNumber
        The number.

    Raises
    ------
    InvalidValueError
        Where it is none, or its check digit does not fit.
    """
    return WagonNumber(digits=_SEPARATORS.sub("", text.strip()))


def find_wagon_numbers(text: str) -> tuple[WagonNumber, ...]:
    """Find the wagon numbers in a text.

    Parameters
    ----------
    text : str
        Any words.

    Returns
    -------
    tuple of WagonNumber
        Each once, in order. Eight digits of which the last does not check the others are no
        wagon number, nor are eight that read as a day (20220113).
    """
    found: dict[WagonNumber, None] = {}
    for match in _WRITTEN.finditer(text):
        digits = _SEPARATORS.sub("", match[0])
        if not _DATE.fullmatch(digits) and check_digit(digits[:7]) == int(digits[7]):
            found[WagonNumber(digits=digits)] = None
    return tuple(found)
