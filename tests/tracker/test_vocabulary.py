"""The closed lists of words: what data files, databases and readers rely on."""

import enum

import pytest

from tracker import vocabulary
from tracker.vocabulary import FORWARD_LOOKING, Credibility, Qualifier, Status, Unit

WORDS = [
    kind
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, enum.StrEnum) and kind is not enum.StrEnum
]


@pytest.mark.parametrize("kind", WORDS)
def test_a_word_is_read_back_from_what_is_written(kind):
    """Every word survives a file or a database column."""
    assert [kind(str(word)) for word in kind] == list(kind)


@pytest.mark.parametrize("kind", WORDS)
def test_names_and_words_agree(kind):
    """`Unit.BTG` is written "BTG", `Flow.IN` is written "in": no word hides behind another."""
    assert [word.name for word in kind] == [word.value.upper() for word in kind]


def test_what_is_actual_is_not_forward_looking():
    """Plans are not presence."""
    assert Status.ACTUAL not in FORWARD_LOOKING
    assert {Status.PLANNED, Status.EXPECTED, Status.REQUIRED} <= FORWARD_LOOKING


def test_credibility_runs_from_confirmed_to_cannot_be_judged():
    """The numbers are those of the Admiralty scale."""
    assert [grade.value for grade in Credibility] == [1, 2, 3, 4, 5, 6]
    assert Credibility(1) is Credibility.CONFIRMED
    assert Credibility(6) is Credibility.CANNOT_BE_JUDGED


def test_lists_are_as_long_as_their_users_expect():
    """A new qualifier needs a likelihood and a new unit a conversion: both must be thought of."""
    assert (len(Qualifier), len(Unit)) == (20, 23)
