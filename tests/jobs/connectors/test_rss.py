"""Feeds come in entry by entry, cost one request where nothing is new, and lead to articles."""

import json
import time

import pytest

from jobs.errors import SourceError
from tests.jobs.connectors.conftest import make_source

TRAINS = ("Trains", "https://news.example/1", "On Thursday 12 trains with tanks passed Omsk.")
TANKS = ("Tanks", "https://news.example/2", "On Friday 20 tanks were seen near Yelnya.")


def edited(entry, old, new):
    title, link, text = entry
    return title, link, text.replace(old, new)


def test_entries_come_in_and_an_edit_is_known_from_its_capture(desk, site, make_feed):
    """New entries are reports; other words of a known one are a new version."""
    source = make_source("rss", address=site.serve("/feed", make_feed(TRAINS, TANKS)))
    first = desk.read(source)
    site.serve("/feed", make_feed(edited(TRAINS, "12 trains", "15 trains"), TANKS))

    second = desk.read(source)

    assert (first.texts.reports, first.items) == (2, 2)
    assert (second.texts.reports, second.texts.edits) == (0, 1)
    assert any("15 trains" in text for text in desk.texts())


def test_an_entry_that_left_the_feed_stays(desk, site, make_feed):
    """A feed is a window: what drops out of it was not deleted."""
    source = make_source("rss", address=site.serve("/feed", make_feed(TRAINS, TANKS)))
    desk.read(source)
    site.serve("/feed", make_feed(TANKS))

    reading = desk.read(source)

    assert (reading.gone, len(desk.texts())) == (0, 2)


def test_nothing_new_costs_one_request_and_no_write(desk, site, make_feed):
    """The server is asked with what it said last time; the database file is not touched."""
    entries = [
        (f"T{n}", f"https://news.example/{n}", f"Train {n} passed Omsk.") for n in range(200)
    ]
    feed = make_feed(*entries)

    def answer(handler):
        same = handler.headers.get("if-none-match") == '"1"'
        handler.send_response(304 if same else 200)
        handler.send_header("etag", '"1"')
        handler.send_header("content-length", "0" if same else str(len(feed.encode())))
        handler.end_headers()
        handler.wfile.write(b"" if same else feed.encode())

    site.pages["/feed"] = answer
    source = make_source("rss", address=f"{site.address}/feed")
    desk.read(source)
    before = (desk.workspace.folder / "tracker.gpkg-wal").stat().st_size
    site.asked.clear()

    started = time.process_time()
    reading = desk.read(source)
    took_s = time.process_time() - started

    assert reading.items == 0
    assert len(site.asked) == 1
    assert (desk.workspace.folder / "tracker.gpkg-wal").stat().st_size == before
    assert took_s < 0.2


def test_a_server_without_validators_is_told_by_its_bytes(look, site, make_feed):
    """The same bytes again deliver nothing."""
    source = make_source("rss", address=site.serve("/feed", make_feed(TRAINS)))

    first = look(source)
    second = look(source, first.cursor)

    assert (len(first.documents), len(second.documents)) == (1, 0)


def test_a_feed_whose_clock_alone_went_on_is_not_kept_again(desk, site, make_feed):
    """Bytes that only tell when the feed was made anew would fill the archive for months."""
    feed = make_feed(TRAINS, TANKS)
    source = make_source("rss", address=site.serve("/feed", feed))
    built = "<lastBuildDate>Fri, 14 Jan 2022 10:00:00 GMT</lastBuildDate></channel>"
    kept = []

    for page in (feed, feed.replace("</channel>", built), feed.replace("12 trains", "15 trains")):
        site.serve("/feed", page)
        desk.read(source)
        kept.append(sum(file.is_file() for file in desk.workspace.archive.rglob("*")))

    assert kept == [1, 1, 2]


@pytest.mark.parametrize(("left", "notes"), [((TANKS,), 0), ((), 1)])
def test_a_feed_that_ran_ahead_of_its_readings_is_told(look, site, make_feed, left, notes):
    """Where no entry of the last reading is left, others may have passed in between."""
    source = make_source("rss", address=site.serve("/feed", make_feed(TRAINS, TANKS)))
    first = look(source)
    later = ("Later", "https://news.example/9", "On Monday 3 trains passed Tambov.")
    site.serve("/feed", make_feed(later, *left))

    found = look(source, first.cursor)

    assert len(found.documents) == 1 + len(left)
    assert [note for note in found.notes if "passed unseen" in note] == list(found.notes)
    assert len(found.notes) == notes


def test_a_bad_entry_stops_no_other(look, site, make_feed):
    """One without words is named beside the good one."""
    source = make_source("rss", address=site.serve("/feed", make_feed(("", "", ""), TRAINS)))

    found = look(source)

    assert found.texts == [TRAINS[2]]
    assert found.rejected == ["entry 1: there is no text in it."]


def test_articles_are_fetched_where_they_are_asked_for(look, site, make_feed, make_page):
    """Each entry leads to its page; robots.txt and a dead link cost only their own article."""
    site.serve("/robots.txt", "User-agent: *\nDisallow: /closed", content_type="text/plain")
    pages = [f"{site.address}/{name}" for name in ("open", "closed", "dead")]
    site.serve("/open", make_page(link=pages[0]))
    site.serve("/closed", make_page(link=pages[1]))
    feed = make_feed(*[("Trains", page, "A summary of trains.") for page in pages])
    source = make_source("rss", address=site.serve("/feed", feed), options={"articles": True})

    found = look(source)

    assert sum("Far East" in text for text in found.texts) == 1
    assert len(found.rejected) == 2
    assert any("robots.txt" in reason for reason in found.rejected)
    assert [path for path, _ in site.asked].count("/closed") == 0


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2/", "http://169.254.169.254/", "http://[::1]/"]
)
def test_an_article_inside_a_private_network_is_refused(look, site, make_feed, target):
    """Miniflux GHSA-xwh2-742g-w3wp: what a feed names is not what the user allowed."""
    feed = make_feed(("Trains", target, "A summary of trains."))
    source = make_source("rss", address=site.serve("/feed", feed), options={"articles": True})

    found = look(source)

    assert len(found.documents) == 1
    assert len(found.rejected) == 1
    assert "robots.txt" in found.rejected[0] or "not on the public internet" in found.rejected[0]


def test_a_json_feed_is_a_feed(look, site):
    """Its items are entries; unknown keys and items that are none do no harm."""
    item = {"id": "1", "url": TRAINS[1], "content_html": f"<p>{TRAINS[2]}</p>", "_new": {"a": 1}}
    item["date_published"] = "2022-01-13T20:08:00Z"
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [item, 7]}
    source = make_source("rss", address=site.serve("/feed", json.dumps(feed)))

    found = look(source)

    assert found.texts == [TRAINS[2]]
    assert found.documents[0].published_at.isoformat() == "2022-01-13T20:08:00+00:00"
    assert found.rejected == ["entry 2: it is no object."]


def test_a_lone_surrogate_becomes_a_mark(look, site):
    """changedetection.io 5d47a076: half a character breaks no output."""
    feed = (
        '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", '
        '"content_text": "Trains \\ud800 passed"}]}'
    )
    found = look(make_source("rss", address=site.serve("/feed", feed)))

    assert found.texts[0].encode("utf-8") == b"Trains ? passed"


def test_a_page_is_no_feed(look, site, make_page):
    """The sentence says what is there instead."""
    source = make_source("rss", address=site.serve("/feed", make_page()))

    with pytest.raises(SourceError, match="it should be a feed but is an HTML page"):
        look(source)
