"""Pages give the article's words and the facts that they state about themselves."""

from datetime import UTC, datetime

import pytest

from jobs.documents.page import read_instant, read_page
from tracker.errors import UnreadableInputError


def test_a_page_gives_its_article(make_page):
    """Title, address, time, language and words, without menu and footer."""
    document = read_page(make_page())

    assert document.title == "Trains heading west"
    assert document.source == "news.example"
    assert document.own_id == document.address == "https://news.example/2022/trains"
    assert document.published_at == datetime(2022, 1, 13, 20, 8, tzinfo=UTC)
    assert document.language == "en"
    assert document.text.startswith("Reinforcements totalling more than 10,000 troops")
    assert document.text.endswith("inspection of the forces.")


def test_a_short_post_is_read_without_its_menu(make_page):
    """A page of one sentence is an article too."""
    document = read_page(make_page(paragraphs=["A train with tanks passed Omsk today."]))

    assert document.text == "A train with tanks passed Omsk today."


def test_a_page_has_the_wording_of_its_text(make_page):
    """The same article as text and as page has the same words."""
    page = read_page(make_page(paragraphs=["A train passed Omsk.", "It went\n west."]))

    assert page.text == "A train passed Omsk.\nIt went west."


def test_a_page_that_was_fetched_cannot_pass_for_another_site(make_page):
    """A canonical link to elsewhere is believed in a saved file only."""
    page = make_page(link="https://www.victim.example/real")

    assert read_page(page).source == "victim.example"
    assert read_page(page, address="https://evil.example/a").source == "evil.example"
    assert read_page(page, address="https://victim.example/?p=1").own_id == (
        "https://www.victim.example/real"
    )


def test_linked_data_gives_the_time(make_page):
    """Pages without the meta element state it in JSON-LD."""
    data = '<script type="application/ld+json">{"datePublished": "2022-01-13T10:00:00Z"}</script>'

    document = read_page(make_page(published=None, head=data))

    assert document.published_at == datetime(2022, 1, 13, 10, tzinfo=UTC)


def test_a_page_without_a_date_has_none(make_page):
    """A year in the footer is not taken for one."""
    page = make_page(published=None, link=None).replace("About us", "© 2019 News")

    assert read_page(page).published_at is None


@pytest.mark.parametrize(
    ("declared", "language"),
    [("uk-UA", "uk"), ("UA", "uk"), (" ru ", "ru"), ("english", None), ("", None), ("x-1", None)],
)
def test_a_declared_language_is_a_code(make_page, declared, language):
    """Country codes that sites write for languages are understood."""
    page = make_page().replace('lang="en-GB"', f'lang="{declared}"')

    assert read_page(page).language == language


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2022-01-13T15:08:00Z", datetime(2022, 1, 13, 15, 8, tzinfo=UTC)),
        ("2022-01-13T15:08:00+0300", datetime(2022, 1, 13, 12, 8, tzinfo=UTC)),
        ("2022-01-13 15:08", datetime(2022, 1, 13, 23, 59, 59, 999000, tzinfo=UTC)),
        ("2022-01-13", datetime(2022, 1, 13, 23, 59, 59, 999000, tzinfo=UTC)),
        ("13 January", None),
        ("0001-01-01T00:00:00+23:00", None),
        ("", None),
    ],
)
def test_a_time_without_a_zone_is_its_day(text, instant):
    """An hour in an unknown zone is not taken for an hour of UTC."""
    assert read_instant(text) == instant


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><head><title>x</title></head><body><p>A train pas", "the page is cut off"),
        ("<html><body><nav></nav></body></html>", "there is no article text in the page"),
        ("<!DOCTYPE html><!-- nothing -->", "there is no text|there is no article text"),
        ("<html><body>" + "<i>" * 600 + "x</body></html>", "more than 512 deep"),
    ],
)
def test_an_unusable_page_is_refused(page, reason):
    """Each in one sentence."""
    with pytest.raises(UnreadableInputError, match=reason):
        read_page(page)
