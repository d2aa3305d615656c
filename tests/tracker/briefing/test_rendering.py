"""Markdown and HTML say the same, byte for byte again, and outside text stays text in both."""

import re
from html.parser import HTMLParser

import pytest

from tracker.briefing import render_html, render_markdown, write_briefing
from tracker.vocabulary import ClaimKind

RENDERERS = [render_markdown, render_html]
QUIET = {"html", "head", "meta", "title", "body", "div", "h1", "h2", "p", "ul", "ol", "li"} | {
    *("table", "tr", "th", "td", "a", "bdi", "span", "code")
}


class Elements(HTMLParser):
    """Collect what a page is made of."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.words = set(), [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        """Note text."""
        self.words.append(data)


@pytest.fixture
def briefing(edition, make_evidence, troops):
    """Write a briefing with a bit of everything."""
    claims = [troops(), troops(quote="a train", kind=ClaimKind.SIGHTING, via=("Reuters",))]
    return write_briefing(
        edition, make_evidence(*claims, withheld=["One place is shown coarsely."])
    )


@pytest.mark.parametrize("render", RENDERERS)
def test_the_same_evidence_gives_the_same_bytes(edition, make_evidence, troops, render):
    """A published briefing can be made again."""
    first, again = (
        render(write_briefing(edition, make_evidence(troops(), troops(quote="other"))))
        for _ in range(2)
    )

    assert first == again
    assert first.endswith("\n")


@pytest.mark.parametrize("render", RENDERERS)
def test_what_a_briefing_must_state_is_there(briefing, render):
    """Both times, intervals, quotes, link, hash, what was withheld, and the way to all claims."""
    text = " ".join(re.sub(r"<[^>]+>", " ", render(briefing)).split())

    for words in (
        "by the end of 14 January 2022",
        "since 7 January 2022",
        "2026-11-24 18:00:00 UTC",
        "90,000–110,000",
        "80,000–125,000",
        "100,000 troops are near the border",
        "via Reuters",
        "ab" * 32,
        "One place is shown coarsely.",
        "tracker why around@2022-01-14~2022-01-14",
    ):
        assert words in text
    assert "https://news.example/1" in render(briefing)


def test_hostile_words_stay_words_in_markdown(edition, make_evidence, hostile):
    """No tag, link, heading, code or table cell of theirs; nothing that reorders the line."""
    text = render_markdown(write_briefing(edition, make_evidence(hostile)))

    assert "<script" not in text
    assert "<img" not in text
    assert "](javascript" not in text.replace("\\]", "")
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert not re.search(r"^# Omsk|^- <i>", text, re.MULTILINE)
    columns = {len(re.findall(r"(?<!\\)\|", line)) for line in text.split("\n") if line[:1] == "|"}
    assert columns == {7}


def test_hostile_words_stay_words_in_html(edition, make_evidence, hostile):
    """The page has the elements of the template alone, and no attribute that runs."""
    page = Elements(render_html(write_briefing(edition, make_evidence(hostile))))

    assert page.tags <= QUIET
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in "".join(page.words)


def test_the_page_is_fit_for_mail(briefing):
    """Nothing is loaded, nothing runs, styles stand in place, links lead to the web or inside."""
    html = render_html(briefing)
    page = Elements(html)

    assert page.tags <= QUIET
    assert "src" not in dict(page.attributes)
    assert "class" not in dict(page.attributes)
    assert "@import" not in html
    assert "url(" not in html
    links = [value for name, value in page.attributes if name == "href"]
    assert links
    assert all(link.startswith(("#ref-", "https://")) for link in links)


def test_every_number_in_the_page_leads_to_its_reference(briefing):
    """A reader who clicks arrives."""
    html = render_html(briefing)

    targets = set(re.findall(r'id="(ref-\d+)"', html))
    assert targets
    assert set(re.findall(r'href="#(ref-\d+)"', html)) == targets


def test_a_long_quotation_is_cut_at_a_word(edition, make_evidence, troops):
    """The archive holds the rest."""
    text = render_markdown(write_briefing(edition, make_evidence(troops(quote="troops " * 200))))

    assert "troops ...”" in text
