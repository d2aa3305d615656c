"""Plain text files state their facts in header lines, or not at all."""

from datetime import UTC, datetime

import pytest

from jobs.documents.document import Channel
from jobs.documents.plain_text import read_plain_text
from tracker.errors import UnreadableInputError

HEADERS = """\
Source: sample:rail-watch
Published: 2022-01-13T09:30Z
Address: https://rail-watch.example/17?utm_source=x
Language: en

Two trains

Two trains with tanks passed Omsk.

They went west.
"""


def test_headers_state_the_facts():
    """Source, time, address and language are taken from the lines before the blank one."""
    document = read_plain_text(HEADERS)

    assert document.channel is Channel.TEXT
    assert document.source == "sample:rail-watch"
    assert document.own_id == document.address == "https://rail-watch.example/17"
    assert document.published_at == datetime(2022, 1, 13, 9, 30, tzinfo=UTC)
    assert document.language == "en"
    assert document.title == "Two trains"
    assert document.text == "Two trains with tanks passed Omsk.\n\nThey went west."


def test_a_day_without_an_hour_is_public_by_its_end():
    """Nothing is known before it can have been."""
    document = read_plain_text("Published: 2022-01-13\n \nA train passed.")

    assert document.published_at == datetime(2022, 1, 13, 23, 59, 59, 999000, tzinfo=UTC)


def test_a_text_without_headers_states_nothing():
    """No fact is made up, and the words stay whole."""
    document = read_plain_text("Note: a train\nSource: a friend\n\npassed Omsk.")

    assert document.source is document.own_id is document.published_at is None
    assert document.text == "Note: a train\nSource: a friend\n\npassed Omsk."


def test_a_first_line_that_stands_alone_is_the_title():
    """A pasted article opens with its headline; a pasted post does not."""
    assert read_plain_text("Trains\n\nA train passed.").title == "Trains"
    assert read_plain_text("A train passed.\nIt went west.").title == ""
    assert read_plain_text("A train passed.").text == "A train passed."


def test_a_title_line_wins():
    """The header gives the title even where the first line looks like one."""
    document = read_plain_text("Title: Trains\n\nOmsk\n\nA train passed.")

    assert (document.title, document.text) == ("Trains", "Omsk\n\nA train passed.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Published: yesterday\n\nA train.",
            "its Published: line is wrong: 'yesterday' is no date",
        ),
        ("Published: 2022-02-30\n\nA train.", "no date of the calendar"),
        ("Address: ftp://a.example/\n\nA train.", "is no address of http or https"),
        ("Language: English\n\nA train.", "is no ISO 639-1 code such as en"),
        ("Source: sample:x\nPublished: 2022-01-13", "there is no text in it"),
        ("--- ... ---", "there is no text in it"),
    ],
)
def test_a_wrong_header_is_named(text, reason):
    """A typing error is not taken for a missing fact."""
    with pytest.raises(UnreadableInputError, match=reason):
        read_plain_text(text)
