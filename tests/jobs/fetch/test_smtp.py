"""Mail goes to public servers, under TLS where there is a password, and each failure is a word."""

import socket  # noqa: TID251 - finds a free port for a server on loopback
import socketserver
import ssl
import threading
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from jobs.errors import FetchError
from jobs.fetch import MailServer, send_mail

LOOPBACK = Path(__file__).with_name("loopback.pem")
"""Key and certificate of nobody, for 127.0.0.1, made for these tests."""
HOST = "127.0.0.1"


class Inbox:
    """Takes mail, but not for one address."""

    def __init__(self):
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        """Refuse one recipient."""
        if address.startswith("nobody"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        """Keep a mail."""
        self.mails.append(envelope)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    """Know one user."""
    is_known = data.login == b"desk" and data.password == b"secret-word"
    return AuthResult(success=is_known, handled=False)


def free_port():
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@pytest.fixture
def inbox():
    """Start a mail server on loopback that wants TLS and a password."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(LOOPBACK)
    handler = Inbox()
    controller = Controller(
        handler,
        hostname=HOST,
        port=free_port(),
        tls_context=tls,
        require_starttls=True,
        authenticator=authenticate,
        auth_required=True,
    )
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


def server_at(port, **said):
    """Name the server as the settings would."""
    tls = ssl.create_default_context(cafile=str(LOOPBACK))
    given = {"user": "desk", "password": "secret-word", "allowed_hosts": (HOST,), "tls": tls}
    return MailServer(host=HOST, port=port, **{**given, **said})


def mail(to="analyst@desk.example"):
    """Write a mail."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "tracker@desk.example", to, "Поезд"
    message.set_content("A train.")
    return message


def test_a_mail_arrives(inbox):
    """Over STARTTLS, with the account, in one piece."""
    send_mail(server_at(inbox.port), mail())

    (got,) = inbox.mails
    assert got.rcpt_tos == ["analyst@desk.example"]
    assert b"A train." in got.content


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"password": "wrong"}, "refuses the user or the password"),
        ({"security": "none"}, "a password goes over TLS alone"),
        ({"allowed_hosts": ()}, "not on the public internet"),
        ({"tls": None}, "SSLCertVerificationError"),
    ],
)
def test_what_fails_is_said_without_the_password(inbox, said, reason):
    """Nothing arrives, and the sentence says why."""
    with pytest.raises(FetchError, match=reason) as caught:
        send_mail(server_at(inbox.port, **said), mail())

    assert inbox.mails == []
    assert "secret-word" not in str(caught.value)


def test_a_recipient_that_is_refused_is_named(inbox):
    """The others have got it."""
    with pytest.raises(FetchError, match=r"but not for nobody@desk\.example"):
        send_mail(server_at(inbox.port), mail("analyst@desk.example, nobody@desk.example"))

    assert len(inbox.mails) == 1


def test_a_server_that_says_nothing_is_left(monkeypatch):
    """One byte and then silence ends with the deadline."""
    monkeypatch.setattr("jobs.fetch.smtp.SILENCE_S", 0.3)

    class Silent(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.sendall(b"2")
            self.request.recv(1)

    with socketserver.ThreadingTCPServer((HOST, 0), Silent) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        with pytest.raises(FetchError, match="failed"):
            send_mail(server_at(server.server_address[1]), mail())
        server.shutdown()
