"""One page has one address, however it was linked to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.documents.addresses import canonical_address, site_of


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/a?id=1",
        " https://News.Example:443/a?id=1&utm_source=rss#top ",
        "HTTPS://user:secret@news.example/a?id=1&fbclid=xyz",
    ],
)
def test_ways_to_link_to_a_page_are_one_address(address):
    """Case, port, credentials, fragment and tracking parameters do not make another page."""
    assert canonical_address(address) == "https://news.example/a?id=1"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "news.example/a",
        "javascript://news.example/%0Aalert(1)",
        "file:///etc/passwd",
        "http://",
        "http://news.example:99999/",
        "http://news.example\\@127.0.0.1/",
        "https://news.example/a b",
        "https://news.example/" + "a" * 3_000,
        "http://[::1",
    ],
)
def test_what_is_no_address_of_the_web_is_none(address):
    """Nothing but http and https with a host is followed, linked or stored as an address."""
    assert canonical_address(address) is None


def test_a_site_has_one_name():
    """The mobile page and the one with www belong to one source."""
    assert site_of("https://www.news.example/a") == site_of("https://m.news.example/a")


@given(st.text(max_size=60))
def test_a_canonical_address_stays_as_it_is(rest):
    """Canonical means that doing it again changes nothing."""
    address = canonical_address(f"https://news.example/{rest}")

    assert address is None or canonical_address(address) == address
