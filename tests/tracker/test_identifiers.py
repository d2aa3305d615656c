"""Ids name content: the same content has the same id everywhere and always."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tracker.identifiers import ID_HEX_DIGITS, content_id

PARTS = st.lists(st.one_of(st.text(), st.integers(), st.booleans(), st.none()), max_size=4)


@given(parts=PARTS)
def test_an_id_has_its_prefix_and_twenty_hex_digits(parts):
    """Any content, lone surrogates included, gives an id of one shape."""
    prefix, digits = content_id("c", *parts).split("-")

    assert prefix == "c"
    assert len(digits) == ID_HEX_DIGITS
    assert int(digits, 16) >= 0


@given(left=PARTS, right=PARTS)
def test_ids_agree_exactly_where_contents_do(left, right):
    """Parts are kept apart and typed: only equal content shares an id."""
    same = [(type(p), p) for p in left] == [(type(p), p) for p in right]

    assert (content_id("c", *left) == content_id("c", *right)) == same


def test_parts_are_not_run_together():
    """("ab", "c") and ("a", "bc") are two things."""
    assert content_id("r", "ab", "c") != content_id("r", "a", "bc")


def test_what_it_names_is_part_of_an_id():
    """A report and a version of the same words do not collide."""
    assert content_id("r", "x") != content_id("v", "x")


def test_an_id_is_the_same_in_every_release():
    """Ids stand in people's databases and briefings: this one must never change."""
    made_at = datetime(2022, 2, 18, 9, 30, tzinfo=UTC)

    assert content_id("c", "r-1", 0, 18, None, made_at) == "c-05e4a5b52cfdc3ba6dec"
