"""Tests of holding back the search for garbage."""

import gc

import pytest

from tracker.garbage import no_search


def test_the_search_rests_inside_and_goes_on_after():
    """Inside the block, also inside another one, nothing is searched; afterwards it is again."""
    with no_search():
        with no_search():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_search_goes_on_after_an_error():
    """An error that leaves the block does not leave the search off."""

    @no_search()
    def fail():
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        fail()
    assert gc.isenabled()


def test_what_was_off_stays_off():
    """A program that does without the search is not given it."""
    gc.disable()
    try:
        with no_search():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
