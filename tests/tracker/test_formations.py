"""Formations are found in all their spellings, and what is open stays open."""

import pytest

from tracker.formations import Formation, Formations, seed_formations


@pytest.mark.parametrize(
    "words",
    [
        "41st Combined Arms Army",
        "41 CAA",
        "41-я общевойсковая армия",
        "41-й общевойсковой армии",
        "41-ша загальновійськова армія",
    ],
)
def test_one_army_in_many_spellings(words):
    """Number, echelon and enough of the name are one formation in any language."""
    assert seed_formations().find(words) == "41st Combined Arms Army"


def test_an_open_designation_keeps_its_candidates():
    """Two brigades of one number are two answers, and none is chosen."""
    book = Formations(
        [
            Formation(designation="5th Tank Brigade", names=(), echelon="brigade"),
            Formation(designation="5th Rifle Brigade", names=(), echelon="brigade"),
        ]
    )

    assert len(book.candidates("5th Brigade")) == 2
    assert book.find("5th Brigade") is None
    assert book.find("5th Tank Brigade") == "5th Tank Brigade"


def test_an_unknown_designation_is_none():
    """What the order of battle does not know is not guessed."""
    assert seed_formations().candidates("999th Army") == ()
    assert seed_formations().find("some soldiers") is None


@pytest.mark.parametrize(
    "words", ["4th Armored Division", "72nd Mechanized Brigade", "72-га механізована бригада"]
)
def test_a_formation_of_another_branch_is_not_taken_for_a_listed_one(words):
    """One number and echelon is not enough where the words name another army's branch."""
    assert seed_formations().find(words) is None
