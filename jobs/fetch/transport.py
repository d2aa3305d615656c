"""The way that requests take: straight to public hosts, or through a proxy that the user names."""

from __future__ import annotations

import socket  # noqa: TID251 - this is the place that talks to the network
import ssl
from collections.abc import Collection
from functools import cache

import httpcore2
import httpx2  # noqa: TID251 - as above

from jobs.errors import FetchError
from jobs.fetch.network import GuardedBackend
from jobs.fetch.public import is_public

_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa", "lan", "intranet")
"""Names that lead nowhere on the public internet (RFC 6761, 6762, 8375, and habit)."""


def make_transport(backend: GuardedBackend, proxy: str | None) -> httpx2.BaseTransport:
    """Make the way that requests take.

    Parameters
    ----------
    backend : GuardedBackend
        Makes the connections.
    proxy : str or None
        Proxy of HTTP or SOCKS 5.

    Returns
    -------
    BaseTransport
        For the client.
    """
    transport = httpx2.HTTPTransport(verify=_tls(), trust_env=False, proxy=proxy)
    transport._pool = _pool(backend, proxy)  # noqa: SLF001 - httpx2 has no door for a backend
    return transport


@cache
def _tls() -> ssl.SSLContext:
    # reading the authorities takes longer than asking a server that has nothing new
    return httpx2.create_ssl_context(trust_env=False)


def _pool(backend: GuardedBackend, proxy: str | None) -> httpcore2.ConnectionPool:
    tls = _tls()
    if proxy is None:
        return httpcore2.ConnectionPool(ssl_context=tls, network_backend=backend)
    said = httpx2.Proxy(url=proxy)
    backend.allow_proxy(said.url.host)
    place = httpcore2.URL(
        scheme=said.url.raw_scheme,
        host=said.url.raw_host,
        port=said.url.port,
        target=said.url.raw_path,
    )
    if said.url.scheme.startswith("socks5"):
        return httpcore2.SOCKSProxy(
            proxy_url=place, proxy_auth=said.raw_auth, ssl_context=tls, network_backend=backend
        )
    return httpcore2.HTTPProxy(
        proxy_url=place, proxy_auth=said.raw_auth, ssl_context=tls, network_backend=backend
    )


def require_public_target(host: str, allowed: Collection[str]) -> None:
    """Refuse a host that is asked for through a proxy and is somebody's inside.

    Parameters
    ----------
    host : str
        The host. A name is looked up by the proxy, not here: a resolver would learn it. Only
        numbers, in any spelling that a system takes for an address, and local names are judged.
    allowed : collection of str
        Hosts, in lower case, that may be inside.

    Raises
    ------
    FetchError
        Where it is not public.
    """
    name = host.lower().rstrip(".")
    if name in allowed:
        return
    number = _number(name)
    if number is not None and not is_public(number):
        raise FetchError(host, f"it leads to {number}, which is not on the public internet.")
    if number is not None:
        return
    if "." not in name or name.endswith(tuple(f".{end}" for end in _LOCAL_NAMES)):
        raise FetchError(host, "it is a name of a private network, not of the public internet.")


def _number(name: str) -> str | None:
    try:
        answers = socket.getaddrinfo(name, None, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return None
    return str(answers[0][4][0])
