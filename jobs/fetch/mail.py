"""Mail from a mailbox on a server: IMAP over TLS, public hosts only, messages bounded in size."""

from __future__ import annotations

import imaplib
import re
import socket  # noqa: TID251 - this is the place that talks to the network
import ssl
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import httpcore2

from jobs.errors import FetchError
from jobs.fetch.network import public_address

SILENCE_S = 30.0
MOST_BYTES = 8_000_000
"""Longest message."""
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_FOLDER = re.compile(r'[^\x00-\x1f\x7f"\\]{1,200}')


class _GuardedImap(imaplib.IMAP4_SSL):
    """IMAP that connects to the address that was checked."""

    def __init__(self, host: str, port: int, *, is_allowed: bool, tls: ssl.SSLContext) -> None:
        self._is_allowed = is_allowed
        super().__init__(host, port, ssl_context=tls, timeout=SILENCE_S)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        try:
            host = self.host if self._is_allowed else public_address(self.host, self.port)
        except httpcore2.ConnectError as error:
            raise FetchError(self.host, f"{error}.") from None
        plain = socket.create_connection((host, self.port), timeout)
        context: ssl.SSLContext = self.ssl_context
        return context.wrap_socket(plain, server_hostname=self.host)


class Mailbox:
    """One folder of a mailbox, opened for reading alone.

    Parameters
    ----------
    client : IMAP4
        The connection, logged in.
    folder : str
        Name of the folder.
    """

    def __init__(self, client: imaplib.IMAP4, folder: str) -> None:
        self._client = client
        state, _ = client.select(f'"{folder}"', readonly=True)
        if state != "OK":
            raise FetchError(folder, "the mailbox has no such folder.")
        said = client.response("UIDVALIDITY")[1]
        self.validity = int(said[0]) if said and said[0] else 0

    def newer_than(self, last: int) -> Iterator[tuple[int, bytes | None]]:
        """Get messages that came after one.

        Parameters
        ----------
        last : int
            Number of the last one seen; 0 for all.

        Yields
        ------
        tuple of int and bytes or None
            Number and message, in order; None where it has more than `MOST_BYTES`.
        """
        _, found = self._client.uid("SEARCH", f"UID {last + 1}:*")
        numbers = sorted(int(word) for word in (found[0] or b"").split())
        for number in numbers:
            if number > last:  # "n:*" gives the last message even where it is older
                yield number, self._message(number)

    def _message(self, number: int) -> bytes | None:
        _, said = self._client.uid("FETCH", str(number), "(RFC822.SIZE)")
        size = _SIZE.search(said[0] if said and isinstance(said[0], bytes) else b"")
        if size is None or int(size[1]) > MOST_BYTES:
            return None
        _, parts = self._client.uid("FETCH", str(number), "(BODY.PEEK[])")
        return next((part[1] for part in parts if isinstance(part, tuple)), None)


@contextmanager
def open_mailbox(
    host: str,
    *,
    port: int,
    user: str,
    password: str,
    folder: str,
    allowed_hosts: Collection[str] = (),
    tls: ssl.SSLContext | None = None,
) -> Iterator[Mailbox]:
    """Open a folder of a mailbox.

    Parameters
    ----------
    host, port : str, int
        The server.
    user, password : str
        The account; neither stands in any message.
    folder : str
        Name of the folder.
    allowed_hosts : collection of str
        Hosts that may lie inside a private network.
    tls : SSLContext, optional
        How the server's certificate is checked; by the system's authorities by default.

    Yields
    ------
    Mailbox
        Open for reading; nothing is marked as seen.

    Raises
    ------
    FetchError
        Where the server cannot be reached, refuses the account, or talks nonsense.
    """
    if not _FOLDER.fullmatch(folder):
        raise FetchError(host, "the folder's name has characters that no folder has.")
    with _reasons(host), _client(host, port, allowed_hosts, tls) as client:
        try:
            client.login(user, password)
        except imaplib.IMAP4.error:
            raise FetchError(host, "the server refuses the user or the password.") from None
        yield Mailbox(client, folder)


@contextmanager
def _client(
    host: str, port: int, allowed_hosts: Collection[str], tls: ssl.SSLContext | None
) -> Iterator[imaplib.IMAP4]:
    context = tls or ssl.create_default_context()
    client = _GuardedImap(host, port, is_allowed=host in allowed_hosts, tls=context)
    try:
        yield client
    finally:
        try:
            client.logout()
        except (imaplib.IMAP4.error, OSError):
            client.shutdown()


@contextmanager
def _reasons(host: str) -> Iterator[None]:
    try:
        yield
    except FetchError:
        raise
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        raise FetchError(host, f"the mailbox failed ({type(error).__name__}).") from None
