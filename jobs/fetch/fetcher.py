"""Fetch an address: bounded in time, size and redirects, without cookies, public hosts only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

import httpcore2
import httpx2  # noqa: TID251 - this is the place that talks to the network

from jobs.errors import FetchError
from jobs.fetch.network import GuardedBackend
from tracker import clock

USER_AGENT = "troop-tracker"
"""How servers know us; a deployment adds how to reach the people who run it."""
MOST_REDIRECTS = 5
MOST_BYTES = 8_000_000
"""As large as a report or feed may be."""
SILENCE_S = 15.0
"""Longest pause of a server before or within its answer."""
DEADLINE_S = 60.0
"""Longest time for one address, its redirects included."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEPT_HEADERS = ("content-type", "date", "etag", "last-modified")
_LONGEST_HEADER = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a server sent.

    Parameters
    ----------
    address : str
        Where it came from in the end.
    status : int
        HTTP status, always of success.
    headers : Mapping of str to str
        Headers worth keeping, names in lower case.
    content : bytes
        The body, its transfer compression undone.
    fetched_at : datetime
        When, aware UTC.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    fetched_at: datetime


class Fetcher:
    """A client for public addresses.

    Parameters
    ----------
    contact : str, optional
        How to reach the people who run this, for the servers' logs: an address of the web or mail.
    allowed_hosts : collection of str
        Hosts that may lie inside a private network, for example "127.0.0.1".
    most_bytes : int
        Longest body.
    silence_s, deadline_s : float
        Longest pause, and longest time for one address, seconds.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        allowed_hosts: Collection[str] = (),
        most_bytes: int = MOST_BYTES,
        silence_s: float = SILENCE_S,
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._most_bytes = most_bytes
        self._deadline_s = deadline_s
        self._backend = GuardedBackend(allowed_hosts)
        agent = f"{USER_AGENT} (+{contact})" if contact else USER_AGENT
        self._client = httpx2.Client(
            transport=_Transport(self._backend),
            headers={"user-agent": agent, "accept-encoding": "gzip, deflate"},
            timeout=silence_s,
            follow_redirects=False,
            trust_env=False,  # neither proxies nor passwords that happen to lie about
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def fetch(self, address: str) -> Answer:
        """Fetch an address.

        Parameters
        ----------
        address : str
            Address of http or https.

        Returns
        -------
        Answer
            The body with what is worth keeping.

        Raises
        ------
        FetchError
            Where there is no answer of success within the bounds, or the address or one that it
            redirects to is not public; the sentence says which.
        """
        self._backend.give_seconds(self._deadline_s)
        current = address
        for _ in range(MOST_REDIRECTS + 1):
            try:
                answer = self._get(current)
            except FetchError as error:
                raise FetchError(address, error.reason) from None
            except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
                raise FetchError(address, _reason(error)) from error
            if isinstance(answer, Answer):
                return answer
            current = answer
        raise FetchError(address, f"it redirects more than {MOST_REDIRECTS} times.")

    def _get(self, address: str) -> Answer | str:
        # the answer, or the address that it redirects to, whose body nobody reads
        _require_web(address)
        self._client.cookies.clear()
        with self._client.stream("GET", address) as response:
            location = response.headers.get("location")
            if response.status_code in _REDIRECTS and location:
                return str(response.url.join(location))
            if not response.is_success:
                raise FetchError(address, f"the server answered {response.status_code}.")
            return Answer(
                address=address,
                status=response.status_code,
                headers={
                    name: response.headers[name][:_LONGEST_HEADER]
                    for name in _KEPT_HEADERS
                    if name in response.headers
                },
                content=self._body(address, response),
                fetched_at=clock.now(),
            )

    def _body(self, address: str, response: httpx2.Response) -> bytes:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > self._most_bytes:
                raise FetchError(address, f"it has more than {self._most_bytes / 1e6:g} MB.")
        return bytes(body)


class _Transport(httpx2.HTTPTransport):
    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(), network_backend=backend
        )


def _require_web(address: str) -> None:
    url = httpx2.URL(address)  # the parser that the connection goes by
    if url.scheme not in {"http", "https"} or not url.host:
        raise FetchError(address, f"{address[:80]!r} is no address of http or https.")


def _reason(error: Exception) -> str:
    if isinstance(error, httpx2.TimeoutException):
        return "the server did not answer in time."
    if isinstance(error, httpx2.InvalidURL):
        return "it is no address of the web."
    if isinstance(error, httpx2.DecodingError):
        return "the server's compression is damaged."
    words = " ".join(str(error).split())
    return f"the connection failed ({words or type(error).__name__})."
