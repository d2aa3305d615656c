"""Trouble that may pass is tried again, servers are asked no more than they like."""

import gzip
import socket  # noqa: TID251 - servers that misbehave
import struct
import threading
import time
from datetime import timedelta
from email.utils import format_datetime

import pytest
import stamina

from jobs.errors import FetchError
from jobs.fetch import Fetcher, Pace, Validators
from jobs.fetch.body import read_body
from jobs.fetch.trouble import retry_after_s
from tracker import clock
from tracker.errors import UnreadableInputError

HERE = frozenset({"127.0.0.1"})


@pytest.fixture
def quick():
    """Try again without a pause."""
    stamina.set_testing(True, attempts=3)
    yield
    stamina.set_testing(False)


def fetch(address, **more):
    bounds = {name: more.pop(name) for name in ("proxy", "pace", "tries") if name in more}
    with Fetcher(allowed_hosts=HERE, **bounds) as fetcher:
        return fetcher.fetch(address, **more)


def in_turn(*answers):
    """Answer with one status after the other."""
    left = list(answers)

    def serve(handler):
        status = left.pop(0) if len(left) > 1 else left[0]
        handler.send_response(status)
        handler.send_header("content-length", "2")
        handler.end_headers()
        handler.wfile.write(b"ok")

    return serve


def test_trouble_that_passes_is_no_failure(site, quick):
    """500 and 429, then an answer."""
    site.pages["/x"] = in_turn(500, 429, 200)

    assert fetch(f"{site.address}/x").content == b"ok"
    assert len(site.asked) == 3


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (403, 1), (410, 1), (500, 3), (429, 3)])
def test_what_does_not_pass_ends_in_one_sentence(site, quick, status, tries):
    """Nobody asks again for what is not there, nor for ever."""
    site.pages["/x"] = in_turn(status)

    with pytest.raises(FetchError, match=f"the server answered {status}") as caught:
        fetch(f"{site.address}/x")

    assert caught.value.status == status
    assert len(site.asked) == tries


def reset(handler):
    """Break the connection off with a reset."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def endless(handler):
    """Send a body that never ends."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"a" * 100_000)
    except OSError:
        handler.close_connection = True


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [(reset, "the connection failed"), (endless, "it has more than 8 MB")],
)
def test_resets_and_endless_bodies(site, quick, behaviour, reason):
    """Each ends in one clear sentence."""
    site.pages["/x"] = behaviour

    with pytest.raises(FetchError, match=reason):
        fetch(f"{site.address}/x")


def test_a_server_that_speaks_no_tls_is_one_sentence():
    """The handshake fails, and that is said."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_talk_plainly, args=(server,), daemon=True).start()

        with pytest.raises(FetchError, match="the connection failed"):
            fetch(f"https://127.0.0.1:{server.getsockname()[1]}/", tries=1)


def _talk_plainly(server):
    connection, _ = server.accept()
    with connection:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        time.sleep(0.2)


def test_a_server_is_left_alone_as_long_as_it_asks(site):
    """`Retry-After` closes the host; what would take too long fails at once."""
    address = site.serve("/x", "no", status=429, retry_after="3600")
    pace = Pace(6_000)

    with pytest.raises(FetchError, match="answered 429"):
        fetch(address, pace=pace)
    with pytest.raises(FetchError, match="its turn would come too late"):
        fetch(address, pace=pace)

    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("", None),
        (None, None),
        ("soon", None),
        ("9" * 50, None),
        ("-1", None),
        ("²", None),
    ],
)
def test_how_long_a_server_asks_for(header, seconds):
    """Seconds; what cannot be read says nothing."""
    assert retry_after_s(header) == seconds


def test_a_date_to_wait_for():
    """An instant in the past means now."""
    now = clock.now()

    assert 50 < retry_after_s(format_datetime(now + timedelta(minutes=1), usegmt=True)) <= 60
    assert retry_after_s(format_datetime(now - timedelta(minutes=1), usegmt=True)) == 0


def test_a_host_is_asked_so_often_and_no_more():
    """Five at once after a rest, then one in two seconds; another host has its own turns."""
    now, slept = [100.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(30, monotonic=lambda: now[0], sleep=sleep)
    for _ in range(8):
        with pace.turn("a.example", within_s=60):
            pass
    with pace.turn("b.example", within_s=60):
        pass

    assert slept == pytest.approx([2.0, 2.0, 2.0])


def test_one_host_is_asked_by_one_at_a_time():
    """A second thread waits, and gives up where the wait is too long."""
    pace = Pace(6_000)
    with pace.turn("a.example", within_s=1):
        failed = []

        def other():
            try:
                with pace.turn("a.example", within_s=0.05):
                    pass
            except TimeoutError:
                failed.append(True)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()

    assert failed == [True]


def test_what_is_known_is_not_sent_again(site):
    """The server is asked with its own words; 304 has no body and is no failure."""
    address = site.serve("/x", b"", status=304)

    answer = fetch(address, validators=Validators(etag='"1"', last_modified="Thu, 13 Jan 2022"))

    assert (answer.is_unchanged, answer.content) == (True, b"")
    sent = site.asked[0][1]
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('"1"', "Thu, 13 Jan 2022")


def test_a_key_does_not_follow_a_redirect(site):
    """CVE-2024-3574, CVE-2024-1968: another host or port gets no header that was meant for one."""
    port = site.address.rpartition(":")[2]
    site.serve("/x", status=302, location=f"http://localhost:{port}/y")
    site.serve("/y", "ok")

    with Fetcher(allowed_hosts={"127.0.0.1", "localhost"}) as fetcher:
        fetcher.fetch(f"{site.address}/x", headers={"authorization": "Bearer secret-word"})

    sent = dict(site.asked)
    assert sent["/x"]["authorization"] == "Bearer secret-word"
    assert "authorization" not in sent["/y"]


def test_a_password_in_an_address_is_refused_and_not_repeated():
    """The sentence shows the address without it."""
    with pytest.raises(FetchError, match="it has a password in it") as caught:
        fetch("https://me:secret-word@news.example/")

    assert "secret-word" not in str(caught.value)


def test_robots_are_obeyed_where_nobody_named_the_address(site):
    """An address that a person named is fetched all the same; rules are asked for once."""
    site.serve("/robots.txt", "User-agent: *\nDisallow: /closed\n", content_type="text/plain")
    closed, opened = site.serve("/closed/a", "ok"), site.serve("/open", "ok")

    with Fetcher(allowed_hosts=HERE, tries=1) as fetcher:
        with pytest.raises(FetchError, match=r"robots\.txt asks programs to leave it alone"):
            fetcher.follow(closed)
        assert fetcher.follow(opened).content == b"ok"
        assert fetcher.fetch(closed).content == b"ok"

    assert [path for path, _ in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_rules_that_cannot_be_had(site, status, allowed):
    """RFC 9309: none where the server says so, all of them where it is out of order."""
    site.serve("/robots.txt", status=status)
    address = site.serve("/a", "ok")

    with Fetcher(allowed_hosts=HERE, tries=1) as fetcher:
        if allowed:
            assert fetcher.follow(address).content == b"ok"
        else:
            with pytest.raises(FetchError, match=r"robots\.txt"):
                fetcher.follow(address)


def test_a_proxy_on_loopback_works_and_loopback_behind_it_does_not(site):
    """Miniflux #4456: the user's own proxy is let through, what it is asked for is judged."""
    site.serve("http://news.example/a", "by proxy")

    with Fetcher(proxy=site.address, tries=1, pace=Pace(6_000)) as fetcher:
        assert fetcher.fetch("http://news.example/a").content == b"by proxy"
        for target in ("127.0.0.1", "2130706433", "0x7f.1", "[::1]", "localhost", "nas.local"):
            with pytest.raises(FetchError, match=r"not on the public internet|private network"):
                fetcher.fetch(f"http://{target}/a")

    assert [path for path, _ in site.asked] == ["http://news.example/a"]


def test_tor_is_asked_by_name(quick):
    """SOCKS 5 with the name inside: nobody here looks it up."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            connection, _ = server.accept()
            with connection:
                connection.recv(64)
                connection.sendall(b"\x05\x00")
                heard.append(connection.recv(512))
                connection.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")

        threading.Thread(target=answer, daemon=True).start()
        proxy = f"socks5h://127.0.0.1:{server.getsockname()[1]}"
        with Fetcher(proxy=proxy, tries=1, pace=Pace(6_000)) as fetcher:
            assert fetcher.fetch("http://desk.onion/").content == b"ok"

    assert b"desk.onion" in heard[0]


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "gzip" + ", gzip" * 9, "zstd"])
def test_an_encoding_that_nobody_asked_for(encoding):
    """urllib3 CVE-2025-66418: chains of encodings are not undone."""
    with pytest.raises(UnreadableInputError, match="compression is damaged"):
        read_body([gzip.compress(b"a")], encoding=encoding, most_bytes=100)


def test_a_bomb_is_held_only_up_to_the_limit():
    """CVE-2025-66471: 100 MB out of 100 kB are not made."""
    bomb = gzip.compress(b"a" * 100_000_000)

    with pytest.raises(UnreadableInputError, match="more than 1 MB"):
        read_body([bomb], encoding="gzip", most_bytes=1_000_000)


def test_a_compressed_body_that_breaks_off():
    """Half of an answer is none."""
    with pytest.raises(UnreadableInputError, match="compression is damaged"):
        read_body([gzip.compress(b"a train" * 1_000)[:-10]], encoding="gzip", most_bytes=10**6)
