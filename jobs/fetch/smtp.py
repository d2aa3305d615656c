"""Mail to a server: SMTP, public hosts only, passwords over TLS alone, bounded in time."""

from __future__ import annotations

import smtplib
import socket  # noqa: TID251 - this is the place that talks to the network
import ssl
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal

import httpcore2

from jobs.errors import FetchError
from jobs.fetch.network import public_address

SILENCE_S = 30.0
DEADLINE_S = 120.0
"""Longest pause of a server, and longest time for one mail."""
_OWN_NAME = "localhost"
"""Name that servers are greeted with: that of this machine is none of their business."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MailServer:
    """A server that takes mail, and how it is spoken to.

    Parameters
    ----------
    host, port : str, int
        Where it is.
    security : {'starttls', 'tls', 'none'}
        How the way to it is protected.
    user, password : str or None
        The account, where it asks for one; neither stands in any message.
    allowed_hosts : collection of str
        Hosts that may lie inside a private network.
    tls : SSLContext or None
        How its certificate is checked; by the system's authorities where None.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: str | None = None
    allowed_hosts: Collection[str] = ()
    tls: ssl.SSLContext | None = None

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port})"


def send_mail(server: MailServer, message: EmailMessage) -> None:
    """Hand a mail to a server.

    Parameters
    ----------
    server : MailServer
        The server.
    message : EmailMessage
        The mail with its sender and its recipients.

    Raises
    ------
    FetchError
        Where the server cannot be reached, refuses the account, a recipient or the mail, or takes
        too long.
    """
    if server.user is not None and server.security == "none":
        raise FetchError(server.host, "a password goes over TLS alone; set its 'security'.")
    with _reasons(server.host), _connected(server) as client:
        if server.security == "starttls":
            client.starttls(context=server.tls or ssl.create_default_context())
        if server.user is not None:
            client.login(server.user, server.password or "")
        refused = client.send_message(message)
        if refused:
            names = ", ".join(sorted(refused))
            raise FetchError(server.host, f"the server took the mail, but not for {names}.")


class _GuardedSmtp(smtplib.SMTP):
    """SMTP that connects to the address that was checked."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        super().__init__(server.host, server.port, local_hostname=_OWN_NAME, timeout=SILENCE_S)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        is_allowed = host in self._server.allowed_hosts
        try:
            address = host if is_allowed else public_address(host, port)
        except httpcore2.ConnectError as error:
            raise FetchError(host, f"{error}.") from None
        plain = socket.create_connection((address, port), timeout)
        if self._server.security != "tls":
            return plain
        context = self._server.tls or ssl.create_default_context()
        return context.wrap_socket(plain, server_hostname=host)


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    client = _GuardedSmtp(server)
    # No timeout of one read ends a server that sends one byte at a time.
    guard = threading.Timer(DEADLINE_S, client.close)
    guard.daemon = True
    guard.start()
    try:
        yield client
        client.quit()
    finally:
        guard.cancel()
        client.close()


@contextmanager
def _reasons(host: str) -> Iterator[None]:
    try:
        yield
    except FetchError:
        raise
    except smtplib.SMTPAuthenticationError:
        raise FetchError(host, "the server refuses the user or the password.") from None
    except smtplib.SMTPResponseException as error:
        raise FetchError(host, f"the server answered {error.smtp_code}.") from None
    except smtplib.SMTPRecipientsRefused:
        raise FetchError(host, "the server refuses every recipient.") from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise FetchError(host, f"the mail server failed ({type(error).__name__}).") from None
