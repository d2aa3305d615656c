"""A force as a sentence names it: counted, single, named, or only mentioned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.extraction.force_nouns import Noun
from tracker.extraction.numeral import Numeral
from tracker.vocabulary import Unit


class Sort(StrEnum):
    """How a force is named."""

    COUNTED = "counted"
    ELLIPTIC = "elliptic"
    SINGLE = "single"
    NAMED = "named"
    RATIO = "ratio"
    BARE = "bare"


@dataclass(frozen=True, kw_only=True, slots=True)
class Force:
    """Something a claim may be about.

    Parameters
    ----------
    first, last : int
        Tokens of numeral and noun, `last` exclusive.
    sort : Sort
        How it is named.
    unit : Unit or None
        What is counted.
    numeral : Numeral or None
        The number.
    noun : Noun or None
        The noun; None for an elliptic number.
    formation : tuple of int or None
        Tokens of a designation.
    classes : tuple of (Unit, int, int)
        Equipment named in it.
    part : bool
        Whether the words make it a part of another number.
    pronoun : bool
        Whether a pronoun stands for it.
    base : bool
        Whether only a share of it is spoken of: "half of the 100".
    """

    first: int
    last: int
    sort: Sort
    unit: Unit | None = None
    numeral: Numeral | None = None
    noun: Noun | None = None
    formation: tuple[int, int] | None = None
    classes: tuple[tuple[Unit, int, int], ...] = ()
    part: bool = False
    pronoun: bool = False
    base: bool = False
