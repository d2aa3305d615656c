"""Mailboxes are read over TLS alone, message by message, and nothing is marked as seen."""

import re
import socketserver
import ssl
import threading
from pathlib import Path

import pytest

from jobs.errors import FetchError
from jobs.fetch import Fetcher, open_mailbox

LOOPBACK = Path(__file__).with_name("loopback.pem")
"""Key and certificate of nobody, for 127.0.0.1, made for these tests."""
MAILS = {3: b"Subject: a\r\n\r\nTrains.", 7: b"Subject: b\r\n\r\nTanks.", 9: b"x" * 9_000_000}


class Imap(socketserver.StreamRequestHandler):
    """As much of IMAP as a reader needs."""

    def handle(self):
        """Answer one client."""
        self.say("* OK ready")
        for line in self.rfile:
            tag, _, words = line.decode().strip().partition(" ")
            self.server.heard.append(words)
            self.answer(words)
            refused = words.startswith("LOGIN") and "secret-word" not in words
            self.say(f"{tag} {'NO' if refused else 'OK'} done")

    def say(self, line):
        """Send a line."""
        self.wfile.write(f"{line}\r\n".encode())

    def answer(self, words):
        """Send what a command asks for."""
        if words == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif words.startswith("EXAMINE"):
            self.say("* 3 EXISTS")
            self.say("* OK [UIDVALIDITY 42] valid")
        elif found := re.match(r"UID SEARCH UID (\d+):", words):
            numbers = [n for n in MAILS if n >= int(found[1])] or [max(MAILS)]
            self.say(f"* SEARCH {' '.join(map(str, numbers))}")
        elif found := re.match(r"UID FETCH (\d+) \(RFC822", words):
            number = int(found[1])
            self.say(f"* 1 FETCH (UID {number} RFC822.SIZE {len(MAILS[number])})")
        elif found := re.match(r"UID FETCH (\d+) \(BODY.PEEK", words):
            body = MAILS[int(found[1])]
            self.wfile.write(b"* 1 FETCH (UID %s BODY[] {%d}\r\n" % (found[1].encode(), len(body)))
            self.wfile.write(body + b")\r\n")


@pytest.fixture
def server():
    """Serve a mailbox over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(LOOPBACK)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Imap) as server:
        server.daemon_threads = True
        server.heard = []
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # a client that trusts nobody hangs up
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def open_box(server, password="secret-word", **more):
    return open_mailbox(
        "127.0.0.1",
        port=server.server_address[1],
        user="me",
        password=password,
        folder="INBOX",
        **{"allowed_hosts": ("127.0.0.1",)} | more,
    )


def trusted():
    return ssl.create_default_context(cafile=str(LOOPBACK))


def test_messages_after_the_last_one_come(server):
    """A large one is named and not fetched; the folder is opened for reading alone."""
    with open_box(server, tls=trusted()) as box:
        everything = list(box.newer_than(0))
        later, nothing = list(box.newer_than(3)), list(box.newer_than(9))

    assert box.validity == 42
    assert everything == [(3, MAILS[3]), (7, MAILS[7]), (9, None)]
    assert [number for number, _ in later] == [7, 9]
    assert nothing == []
    assert not any(words.startswith(("SELECT", "UID STORE")) for words in server.heard)


def test_a_wrong_password_is_one_sentence_without_it(server):
    """What was tried is not repeated."""
    with (
        pytest.raises(FetchError, match="refuses the user or the password") as caught,
        open_box(server, password="wrong-word", tls=trusted()),
    ):
        pass

    assert "wrong-word" not in str(caught.value)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, "the mailbox failed .SSLCertVerificationError"),
        ({"allowed_hosts": ()}, "which is not on the public internet"),
    ],
)
def test_a_server_of_nobody_gets_no_password(server, more, reason):
    """An untrusted certificate, and a host inside a private network."""
    with pytest.raises(FetchError, match=reason), open_box(server, **more):
        pass

    assert server.heard == []


def test_an_untrusted_certificate_of_a_site(server):
    """The sentence says so, and there is no second try."""
    address = f"https://127.0.0.1:{server.server_address[1]}/"

    with (
        Fetcher(allowed_hosts={"127.0.0.1"}) as fetcher,
        pytest.raises(FetchError, match="its certificate cannot be trusted"),
    ):
        fetcher.fetch(address)
