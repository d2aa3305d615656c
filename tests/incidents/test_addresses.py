"""Incidents of other programs around addresses and redirects that must not happen here."""

from __future__ import annotations

import socket  # noqa: TID251 - to see where a name would lead

import pytest

from jobs.documents.addresses import canonical_address
from jobs.errors import FetchError
from jobs.fetch import Fetcher
from jobs.fetch.network import public_address
from jobs.fetch.public import is_public


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:{}/", "http://[::1]:{}/", "http://[::ffff:127.0.0.1]:{}/", "http://0:{}/"],
)
def test_miniflux_ghsa_xwh2_a_link_in_content_reaches_no_private_host(site, address):
    """What a feed's entry links to is fetched from public hosts alone (GHSA-xwh2-742g-w3wp)."""
    site.serve("/", b"secret")
    port = site.address.rpartition(":")[2]
    with Fetcher() as fetcher, pytest.raises(FetchError):
        fetcher.follow(address.format(port))
    assert site.asked == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x/", "data:,x", "s3://b/k", "//"])
def test_scrapy_ghsa_23j4_a_redirect_leaves_the_web_nowhere(site, target):
    """A redirect to another scheme is refused (GHSA-23j4-mw76-5v7h)."""
    address = site.serve("/", status=302, location=target)
    with Fetcher(allowed_hosts={"127.0.0.1"}) as fetcher, pytest.raises(FetchError):
        fetcher.fetch(address)


def test_miniflux_fe2bfb27_a_name_is_resolved_once(monkeypatch):
    """A name that answers public, then private, leads to the address that was checked."""
    answers = iter(["93.184.216.34", "127.0.0.1"])

    def resolve(host, port, *_args, **_options):
        address = next(answers)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert public_address("rebind.example", 80) == "93.184.216.34"
    with pytest.raises(Exception, match=r"127\.0\.0\.1"):
        public_address("rebind.example", 80)


@pytest.mark.parametrize(
    "address",
    [
        "http://news.example\\@127.0.0.1:{0}/",
        "http://news.example@127.0.0.1:{0}/",
        "http://127.0.0.1:{0}\\@news.example/",
        "http://127.0.0.1:{0}#@news.example/",
        "http:127.0.0.1:{0}/",
        "http:///127.0.0.1:{0}/",
        "http://2130706433:{0}/",
        "http://0x7f.1:{0}/",
        "http://0177.0.0.1:{0}/",
        "http://\uff11\uff12\uff17.0.0.1:{0}/",
        "http://127.0.0.1.:{0}/",
        "http://localhost\t:{0}/",
    ],
)
def test_changedetection_08017d66_one_parser_reads_the_address(site, address):
    """However it is spelt, what is checked is what is connected to."""
    site.serve("/", b"secret")
    port = site.address.rpartition(":")[2]
    with Fetcher() as fetcher, pytest.raises(FetchError):
        fetcher.fetch(address.format(port))
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("100.64.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "fec0::1"),
        *("224.0.0.1", "ff02::1", "192.0.0.8", "192.88.99.1", "169.254.169.254", "0.0.0.0"),
    ],
)
def test_changedetection_ghsa_gwph_no_exotic_range_is_public(address):
    """Shared, translated and reserved ranges are refused (GHSA-gwph-fp79-379w)."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "FILE:///etc/passwd", "file:/etc/passwd", "source:file:///etc"),
        *("view-source:file:///etc/passwd", " file:///etc/passwd", "fi\nle:///etc/passwd"),
    ],
)
def test_changedetection_cve_2024_51483_no_spelling_of_file_is_read(address):
    """Only http and https are fetched (CVE-2024-51483, -51998, -56509)."""
    with Fetcher() as fetcher, pytest.raises(FetchError):
        fetcher.fetch(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript://youtube.com/%0Aalert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "\x01http:",
    ],
)
def test_miniflux_3b5a7ee4_a_known_host_does_not_make_a_scheme_harmless(address):
    """A link that is not http or https is no link."""
    assert canonical_address(address) is None
