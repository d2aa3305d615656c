"""A parser that hangs, dies or swells costs its own input and seconds, never the program."""

import os
import time

import pytest

from jobs.documents import read_document
from jobs.processes.parsing import parse
from tracker.errors import UnreadableInputError


def test_what_a_parser_gives_and_refuses_comes_through(make_page):
    """The value, or the sentence."""
    reading = parse(read_document, make_page().encode(), name="a.html")

    assert "Far East" in reading.documents[0].text
    with pytest.raises(UnreadableInputError, match="it is a PDF document"):
        parse(read_document, b"%PDF-1.7", name="a.html")


def test_a_parser_that_hangs_is_killed_and_the_next_one_works():
    """Five seconds, one sentence."""
    parse(len, b"warm")
    started = time.monotonic()

    with pytest.raises(UnreadableInputError, match="it took too long to read"):
        parse(time.sleep, 60)

    assert time.monotonic() - started < 20
    assert parse(len, b"abc") == 3


def test_a_parser_that_takes_its_process_with_it():
    """A crash below Python is one sentence too."""
    with pytest.raises(UnreadableInputError, match="reading it ended the process"):
        parse(os._exit, 139)

    assert parse(len, b"abc") == 3


def test_a_parser_that_swells_is_stopped():
    """Ten gigabytes are not given to anybody."""
    with pytest.raises(UnreadableInputError):
        parse(bytes, 10_000_000_000)
