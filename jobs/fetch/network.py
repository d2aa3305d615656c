"""Connections that lead only to public addresses, and only for as long as they were given.

The check stands where the connection is made, after the name was resolved: what was checked is what
is connected to, for every redirect and for a name that changes its answer.
"""

from __future__ import annotations

import socket  # noqa: TID251 - this is the place that talks to the network
import ssl
import time
from collections.abc import Collection, Iterable
from typing import Any

import httpcore2

from jobs.errors import FetchError
from jobs.fetch.public import is_public


class GuardedBackend(httpcore2.NetworkBackend):
    """Connect to public addresses and to hosts that were allowed by name.

    Parameters
    ----------
    allowed_hosts : collection of str
        Hosts, as addresses name them, that may lie inside a private network.
    """

    def __init__(self, allowed_hosts: Collection[str]) -> None:
        self._allowed = frozenset(host.lower() for host in allowed_hosts)
        self._proxy: str | None = None
        self._plain = httpcore2.SyncBackend()
        self._deadline_s = float("inf")

    def allow_proxy(self, host: str) -> None:
        """Let the one proxy through that the user named, wherever it stands.

        Parameters
        ----------
        host : str
            Its host. Every connection is to it then; what it is asked for is judged before.
        """
        self._proxy = host

    def give_seconds(self, deadline_s: float) -> None:
        """Bound everything that is read and written from now on.

        Parameters
        ----------
        deadline_s : float
            Seconds from now; a server that sends one byte at a time does not get more.
        """
        self._deadline_s = time.monotonic() + deadline_s

    def remaining(self, timeout: float | None) -> float:
        """Shorten a timeout to what the deadline leaves.

        Parameters
        ----------
        timeout : float or None
            Timeout of one read or write, seconds.

        Returns
        -------
        float
            Seconds.

        Raises
        ------
        httpcore2.ReadTimeout
            Where nothing is left.
        """
        left = self._deadline_s - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return left if timeout is None else min(timeout, left)

    def connect_tcp(  # noqa: D102 - as the base class says
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        is_let_through = host == self._proxy or host.lower() in self._allowed
        address = host if is_let_through else public_address(host, port)
        stream = self._plain.connect_tcp(
            address, port, self.remaining(timeout), local_address, socket_options
        )
        return _BoundedStream(stream, self)


def public_address(host: str, port: int) -> str:
    """Look up a host and refuse it where it is not public.

    Parameters
    ----------
    host, port : str, int
        The host.

    Returns
    -------
    str
        The address to connect to, in numbers.

    Raises
    ------
    ConnectError
        Where it has none.
    FetchError
        Where any of its addresses is not on the public internet.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(f"{host} has no address") from error
    addresses = [str(answer[4][0]) for answer in answers]
    private = [address for address in addresses if not is_public(address)]
    if private:
        raise FetchError(
            host,
            f"it leads to {private[0]}, which is not on the public internet; "
            "allow its host if you mean it.",
        )
    return addresses[0]


class _BoundedStream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream, backend: GuardedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.remaining(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(
            ssl_context, server_hostname, self._backend.remaining(timeout)
        )
        return _BoundedStream(secured, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
