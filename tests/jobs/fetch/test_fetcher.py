"""Fetching is bounded in every direction and says in one sentence what stopped it."""

import contextlib
import gzip
import time

import pytest

from jobs.errors import FetchError
from jobs.fetch import Fetcher

HERE = frozenset({"127.0.0.1"})
PATIENCE_S = 20
"""How long a slow server of these tests goes on."""


def fetch(address, tries=1, **bounds):
    with Fetcher(allowed_hosts=HERE, tries=tries, **bounds) as fetcher:
        return fetcher.fetch(address)


def test_an_answer_is_what_the_server_sent(site):
    """Body, status, address and the headers worth keeping."""
    address = site.serve("/a", "A train.", content_type="text/plain", etag='"1"', x_other="no")

    answer = fetch(address)

    assert (answer.address, answer.status, answer.content) == (address, 200, b"A train.")
    assert answer.headers["content-type"] == "text/plain"
    assert answer.headers["etag"] == '"1"'
    assert "x-other" not in answer.headers


def test_we_say_who_we_are_and_carry_nothing_along(site):
    """The user agent names the program and its people; cookies are not sent back."""
    address = site.serve("/a", "A train.", set_cookie="id=1")

    with Fetcher(allowed_hosts=HERE, contact="https://desk.example/bot") as fetcher:
        fetcher.fetch(address)
        fetcher.fetch(address)

    sent = [headers for _, headers in site.asked]
    assert sent[0]["user-agent"] == "troop-tracker (+https://desk.example/bot)"
    assert not any("cookie" in headers or "authorization" in headers for headers in sent)


def test_redirects_are_followed_to_the_end(site):
    """The address is the one that answered in the end."""
    site.serve("/old", status=301, location="/new")
    site.serve("/new", "A train.")

    assert fetch(f"{site.address}/old").address == f"{site.address}/new"


def test_a_redirect_loop_ends(site):
    """After five redirects there is one sentence and no sixth request."""
    address = site.serve("/loop", status=302, location="/loop")

    with pytest.raises(FetchError, match="it redirects more than 5 times"):
        fetch(address)

    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2/", "http://localhost:1/", "http://[::1]/", "http://2130706433/"]
)
def test_a_redirect_into_the_private_network_is_refused(site, target):
    """What one host may does not hold for another; the connection itself is checked."""
    address = site.serve("/out", status=302, location=target)

    with pytest.raises(FetchError, match="which is not on the public internet"):
        fetch(address)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/", "data:,x", "//[::1"])
def test_a_redirect_out_of_the_web_is_refused(site, target):
    """No scheme but http and https is followed."""
    address = site.serve("/out", status=302, location=target)

    with pytest.raises(FetchError, match=r"is no address"):
        fetch(address)


def test_loopback_is_refused_unless_it_was_allowed(site):
    """Without a word from the user nothing inside is reached."""
    address = site.serve("/a", "secret")

    with Fetcher() as fetcher, pytest.raises(FetchError, match=r"127\.0\.0\.1, which is not on"):
        fetcher.fetch(address)

    assert site.asked == []


@pytest.mark.parametrize("compressed", [False, True])
def test_a_body_that_does_not_end_is_cut(site, compressed):
    """The bound counts what comes out of the compression."""
    body = b"a" * 3_000_000
    headers = {"content_encoding": "gzip"} if compressed else {}
    address = site.serve("/big", gzip.compress(body) if compressed else body, **headers)

    with pytest.raises(FetchError, match="it has more than 1 MB"):
        fetch(address, most_bytes=1_000_000)


def test_the_body_of_a_redirect_is_not_read(site):
    """A compression bomb beside a location does no harm."""
    bomb = gzip.compress(b"a" * 50_000_000)
    site.serve("/bomb", bomb, status=302, location="/new", content_encoding="gzip")
    site.serve("/new", "A train.")

    assert fetch(f"{site.address}/bomb", most_bytes=1_000).content == b"A train."


def drip(handler):
    """Send one byte at a time, never silent for long."""
    handler.send_response(200)
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(10 * PATIENCE_S):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.1)


def silence(handler):
    """Accept and say nothing."""
    time.sleep(PATIENCE_S)
    handler.close_connection = True


def cut(handler):
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("content-length", "1000")
    handler.end_headers()
    handler.wfile.write(b"A train")
    handler.close_connection = True


@pytest.mark.parametrize("behaviour", [drip, silence])
def test_a_slow_server_costs_seconds(site, behaviour):
    """Dripping and silent servers are left at the deadline, long before they end."""
    site.pages["/bad"] = behaviour
    started = time.perf_counter()

    with pytest.raises(FetchError, match="did not answer in time"):
        fetch(f"{site.address}/bad", silence_s=0.5, deadline_s=1.0)

    assert time.perf_counter() - started < PATIENCE_S / 2


def test_a_server_that_breaks_off_is_told(site):
    """Half an answer is none."""
    site.pages["/bad"] = cut

    with pytest.raises(FetchError, match="the connection failed"):
        fetch(f"{site.address}/bad")


@pytest.mark.parametrize("status", [404, 429, 500, 304])
def test_a_failure_is_named_by_its_status(site, status):
    """No error page passes for a report."""
    address = site.serve("/x", "<html><body>error</body></html>", status=status)

    with pytest.raises(FetchError, match=f"the server answered {status}"):
        fetch(address)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://no-such-host.invalid/", "no-such-host.invalid has no address"),
        ("http://127.0.0.1:1/", "the connection failed"),
        ("gopher://127.0.0.1/", "is no address of http or https"),
        ("http://[::1", "it is no address of the web"),
        ("http://a\x00b/", "no address"),
        ("", "is no address of http or https"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_sentence(address, reason):
    """Bad names, closed ports and other schemes."""
    with pytest.raises(FetchError, match=reason):
        fetch(address)


def test_a_damaged_compression_is_one_sentence(site):
    """A body that is not what its header says."""
    address = site.serve("/x", b"no gzip at all", content_encoding="gzip")

    with pytest.raises(FetchError, match="compression is damaged"):
        fetch(address)
