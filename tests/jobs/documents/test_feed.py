"""Feeds give a document per entry; a bad entry does not cost a good one."""

from datetime import UTC, datetime

import pytest

from jobs.documents.document import Channel
from jobs.documents.feed import read_feed
from tracker.errors import UnreadableInputError

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk"><title>Новини</title>
<entry><id>tag:news.example,2022:1</id><title>Потяги</title>
<link href="https://news.example/1"/><updated>2022-01-13T10:00:00+02:00</updated>
<summary>Коротко</summary>
<content type="html">&lt;p&gt;Три потяги з танками.&lt;/p&gt;
&lt;p&gt;Їдуть на захід.&lt;/p&gt;</content>
</entry></feed>"""


def test_an_entry_is_a_document(make_feed):
    """Title, link without tracking, time, language and the words of the summary."""
    feed = make_feed(
        ("Trains &amp; tanks", "https://news.example/1?utm_source=rss", "<b>Two</b> trains")
    )

    (document,) = read_feed(feed).documents

    assert document.channel is Channel.ENTRY
    assert (document.title, document.text) == ("Trains & tanks", "Two trains")
    assert document.own_id == document.address == "https://news.example/1"
    assert document.source == "news.example"
    assert document.published_at == datetime(2022, 1, 13, 20, 8, tzinfo=UTC)
    assert document.language == "en"


def test_the_longest_text_of_an_entry_counts():
    """Atom feeds carry the whole article beside its summary."""
    (document,) = read_feed(ATOM).documents

    assert document.text == "Три потяги з танками.\nЇдуть на захід."
    assert document.published_at == datetime(2022, 1, 13, 8, tzinfo=UTC)


def test_an_entry_without_words_is_named_and_the_others_stay(make_feed):
    """One empty entry in the middle costs nothing else."""
    feed = make_feed(
        ("A", "https://news.example/1", "One train."),
        ("B", "https://news.example/2", ""),
        ("C", "https://news.example/3", "<i>" * 600),
        ("D", "https://news.example/4", "Two trains."),
    )

    reading = read_feed(feed)

    assert [document.title for document in reading.documents] == ["A", "D"]
    assert reading.rejected == (
        "entry 2: there is no text in it.",
        "entry 3: its elements lie more than 512 deep.",
    )


def test_a_feed_that_is_cut_off_loses_its_last_entry(make_feed):
    """Half an entry is not taken for a whole one."""
    feed = make_feed(
        ("A", "https://news.example/1", "One train."),
        ("B", "https://news.example/2", "Two trains passed Omsk and Tomsk."),
    )

    reading = read_feed(feed[: feed.index("Omsk")])

    assert [document.title for document in reading.documents] == ["A"]
    assert reading.rejected == ("the feed is cut off before its end; its last entry is left out.",)


def test_an_entry_without_a_link_is_known_by_its_guid():
    """The feed's own address says whose it is."""
    feed = (
        "<rss><channel><item><guid>post-17</guid><title>A</title>"
        "<description>One train.</description></item></channel></rss>"
    )

    (document,) = read_feed(feed, address="https://www.news.example/feed").documents

    assert (document.source, document.own_id, document.address) == ("news.example", "post-17", None)
    assert document.published_at is None


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        ("<rss><channel></channel></rss>", "the feed has no entry"),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><item/></rss>", "declares entities of its own"),
        ("<rss>" + "<item>" * 600 + "</rss>", "more than 512 deep"),
    ],
)
def test_an_unusable_feed_is_refused(feed, reason):
    """Each in one sentence."""
    with pytest.raises(UnreadableInputError, match=reason):
        read_feed(feed)
