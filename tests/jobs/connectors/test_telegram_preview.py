"""Channels are paged back to the last post seen; edits and deletions are noticed."""

import pytest

from jobs.errors import SourceError
from tests.jobs.connectors.conftest import make_source


def make_post(number, text, channel="raildesk", when="2022-01-13T10:00:00+00:00", extra=""):
    body = f'<div class="tgme_widget_message_text" dir="auto">{text}</div>' if text else ""
    time = f'<time datetime="{when}">10:00</time>' if when else ""
    return (
        f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" '
        f'data-post="{channel}/{number}">{extra}{body}<a class="tgme_widget_message_date">{time}'
        "</a></div></div>"
    )


def make_preview(*posts):
    return (
        '<html><body><main><section class="tgme_channel_history">'
        f"{''.join(posts)}</section></main></body></html>"
    )


@pytest.fixture
def channel(site):
    """Serve a channel of some posts, at most three on a page, as t.me does."""

    def serve(posts):
        pages = sorted(posts)
        for start in [None, *pages, max(pages) + 1]:
            older = [number for number in pages if start is None or number < start][-3:]
            path = "/s/raildesk" + (f"?before={start}" if start else "")
            site.serve(path, make_preview(*[make_post(n, posts[n]) for n in older]))
        return f"{site.address}/s/raildesk"

    return serve


POSTS = {number: f"Post {number}: {number} trains passed Omsk." for number in range(1, 9)}


def test_pages_are_followed_back_to_the_last_post_seen(look, channel, site):
    """The first reading goes back some pages, a later one only to what is known."""
    source = make_source("telegram_preview", address=channel(POSTS))
    first = look(source)
    site.asked.clear()
    channel(POSTS | {9: "9 trains passed.", 10: "10 trains passed."})

    second = look(source, first.cursor)

    assert len(first.documents) == 8
    assert sorted(second.texts) == ["10 trains passed.", "9 trains passed."]
    assert len(site.asked) == 1


def test_a_gap_longer_than_a_page_is_closed(look, channel):
    """Seven posts came since: three pages are read, none is missed."""
    source = make_source("telegram_preview", address=channel({1: "One train.", 2: "Two trains."}))
    first = look(source)
    channel(dict(list(POSTS.items())) | {9: "9 trains passed."})

    second = look(source, first.cursor)

    assert len(second.documents) >= 7
    assert second.cursor["last"] == 9


def test_an_edit_is_a_new_version_however_small(desk, channel):
    """One word more is an edit of the same report, known from its capture."""
    text = "On Thursday twelve trains with tanks passed Omsk, all of them were heading to the west."
    source = make_source("telegram_preview", address=channel({1: text}))
    desk.read(source)
    channel({1: text.replace("the west", "the far west")})

    reading = desk.read(source)
    again = desk.read(source)

    assert (reading.texts.edits, reading.texts.reports) == (1, 0)
    assert again.items == 0
    (filed,) = desk.repository.reports()
    assert len(filed.versions) == 2
    assert filed.versions[1].known_at > filed.versions[1].published_at


def test_a_deletion_is_a_capture_and_takes_nothing_back(desk, channel):
    """The post stays a report; one capture of the page without it says that it is gone."""
    source = make_source("telegram_preview", address=channel(dict(list(POSTS.items())[:3])))
    desk.read(source)
    channel({1: POSTS[1], 3: POSTS[3]})

    reading = desk.read(source)
    again = desk.read(source)

    assert (reading.gone, again.gone) == (1, 0)
    (filed,) = [one for one in desk.repository.reports() if one.report.own_id.endswith("/2")]
    assert "gone" in filed.captures[-1].headers
    assert len(desk.texts()) == 3


def test_unknown_parts_pictures_and_other_channels_do_no_harm(look, site):
    """A picture has no words, a post without a time is named, another channel's is left out."""
    page = make_preview(
        make_post(1, ""),
        make_post(2, "Trains.", when=None),
        make_post(3, "Theirs.", channel="other"),
        make_post(4, "12 trains<br>passed <b>Omsk</b>.", extra="<tg-new><x-poll/></tg-new>"),
    )
    source = make_source("telegram_preview", address=site.serve("/s/raildesk", page))

    found = look(source)

    assert found.texts == ["12 trains\npassed Omsk."]
    assert found.documents[0].address == "https://t.me/raildesk/4"
    assert found.rejected == ["post 2: it does not say when it was published."]


def test_a_channel_that_is_gone_is_no_channel_whose_posts_were_deleted(desk, channel, site):
    """Another kind of page breaks the reading off, and nothing counts as deleted."""
    source = make_source("telegram_preview", address=channel(POSTS))
    desk.read(source)
    site.serve("/s/raildesk", "<html><body>Contact @raildesk</body></html>")

    reading = desk.read(source)

    assert "no preview of a public channel" in reading.failure
    assert reading.gone == 0


def test_an_address_of_something_else_is_refused(look):
    """Nothing is asked of a host whose path is no channel."""
    with pytest.raises(SourceError, match="none of a channel"):
        look(make_source("telegram_preview", address="https://t.me/joinchat/AAAA/x"))
