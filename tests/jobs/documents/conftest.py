"""Makers of pages and feeds, so that a test states only what it is about."""

import html

import pytest

SENTENCES = (
    "Reinforcements totalling more than 10,000 troops are on their way from the Far East.",
    "Trains with tanks and rocket launchers passed Omsk and Chelyabinsk during the past week.",
    "Watchers at three stations counted up to four trains a day, all of them heading west.",
    "An official in Moscow said that the movements were part of an inspection of the forces.",
)


@pytest.fixture
def make_page():
    """Return a maker of an article's page."""

    def make(
        paragraphs=SENTENCES,
        title="Trains heading west",
        link="https://news.example/2022/trains",
        published="2022-01-13T15:08:00-05:00",
        head="",
    ):
        facts = f'<link rel="canonical" href="{link}">' if link else ""
        if published:
            facts += f'<meta property="article:published_time" content="{published}">'
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
        return (
            f'<!DOCTYPE html><html lang="en-GB"><head><title>{title}</title>{facts}{head}</head>'
            f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article>"
            "<footer>About us</footer></body></html>"
        )

    return make


@pytest.fixture
def make_feed():
    """Return a maker of an RSS feed out of (title, link, description) entries."""

    def make(*entries, published="Thu, 13 Jan 2022 20:08:00 GMT"):
        items = "".join(
            f"<item><title>{title}</title><link>{link}</link><pubDate>{published}</pubDate>"
            f"<description>{html.escape(description)}</description></item>"
            for title, link, description in entries
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            "<title>News</title><link>https://news.example/</link><language>en-gb</language>"
            f"{items}</channel></rss>"
        )

    return make
