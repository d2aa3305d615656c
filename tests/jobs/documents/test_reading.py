"""The bytes tell what a file holds; each kind of fault gives one sentence."""

import time

import pytest

from jobs.documents import MOST_BYTES, Channel, read_document
from tracker.errors import UnreadableInputError


def channels(data, **given):
    return [document.channel for document in read_document(data, **given).documents]


def test_the_bytes_tell_the_kind(make_page, make_feed):
    """A page without an ending and a feed served as HTML are read as what they are."""
    feed = make_feed(("A", "https://news.example/1", "One train."))

    assert channels(b"A train passed.", name="post") == [Channel.TEXT]
    assert channels(make_page().encode(), name="saved") == [Channel.PAGE]
    assert channels(feed.encode(), name="feed", content_type="text/html") == [Channel.ENTRY]


@pytest.mark.parametrize(
    "given",
    [{"name": "feed.xml"}, {"name": "news", "content_type": "application/rss+xml; charset=utf-8"}],
)
def test_a_feed_that_is_a_page_is_refused(make_page, given):
    """A page that says 'please log in' is not a report."""
    with pytest.raises(UnreadableInputError, match="it should be a feed but is an HTML page"):
        read_document(make_page().encode(), **given)


def test_the_charset_of_the_answer_counts(make_page):
    """A page that does not name its encoding was served with it."""
    page = make_page(paragraphs=["Эшелон с танками прошёл Омск и идёт на запад."])

    (document,) = read_document(
        page.encode("koi8-r"), name="page", content_type="text/html; charset=KOI8-R"
    ).documents

    assert document.text == "Эшелон с танками прошёл Омск и идёт на запад."


def test_fifty_megabytes_are_one_sentence():
    """What is too large is refused before it is looked at."""
    started = time.process_time()

    with pytest.raises(UnreadableInputError, match=r"it has 50\.0 MB, more than the 8 MB"):
        read_document(b"a" * 50_000_000, name="dump.txt")

    assert time.process_time() - started < 1
    assert MOST_BYTES == 8_000_000


def test_xml_of_another_kind_is_refused():
    """A sitemap is no report."""
    with pytest.raises(UnreadableInputError, match="neither a feed nor a page"):
        read_document(b"<?xml version='1.0'?><urlset></urlset>", name="sitemap")


@pytest.mark.parametrize(
    "filler", [b" ", b"1", b"<?", b"<!--", b"<!---->", b"\n\n", b"Source: x\n"]
)
def test_long_runs_of_one_thing_take_linear_time(filler):
    """Two million characters of anything are read or refused at once."""
    started = time.process_time()
    data = filler * (2_000_000 // len(filler)) + b"a"

    assert channels(data, name="run.txt") == [Channel.TEXT]
    assert time.process_time() - started < 5
