"""Fetch an address: bounded in time, size, pace and redirects, public hosts only, no cookies."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Self

import httpx2  # noqa: TID251 - this is the place that talks to the network
import stamina

from jobs.errors import FetchError
from jobs.fetch.answer import UNCHANGED, Answer, Validators
from jobs.fetch.body import read_body
from jobs.fetch.network import GuardedBackend
from jobs.fetch.pace import REQUESTS_PER_MINUTE, Pace
from jobs.fetch.robots import Robots
from jobs.fetch.transport import make_transport, require_public_target
from jobs.fetch.trouble import may_pass, reason_of, retry_after_s
from tracker import clock
from tracker.errors import UnreadableInputError

USER_AGENT = "troop-tracker"
"""How servers know us; a deployment adds how to reach the people who run it."""
MOST_REDIRECTS = 5
MOST_BYTES = 8_000_000
"""As large as a report or feed may be."""
SILENCE_S = 15.0
"""Longest pause of a server before or within its answer."""
DEADLINE_S = 60.0
"""Longest time for one address, its redirects, pauses and further tries included."""
TRIES = 3
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 20.0
"""Pauses before another try double from the first to the longest, each with as much jitter."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that another try may better."""
_KEPT_HEADERS = ("content-type", "date", "etag", "last-modified")
_LONGEST_HEADER = 300
logging.getLogger("stamina").setLevel(logging.ERROR)  # its line names neither address nor reason


@cache
def _shared_pace(requests_per_minute: float) -> Pace:
    return Pace(requests_per_minute)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Request:
    address: str
    validators: Validators
    headers: Mapping[str, str]
    form: Mapping[str, str] | None
    most_bytes: int
    ends_at: float


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
    tries : int
        How often an address is asked for while the trouble may pass.
    pace : Pace, optional
        How fast hosts are asked. By default one pace for all clients of the process, which does
        not hold for the allowed hosts: they are the user's own.
    requests_per_minute : float
        Most requests to one host, where no pace is given.
    proxy : str, optional
        Proxy of HTTP or SOCKS 5, which may stand on loopback; names are looked up by it.
    robots : bool
        Whether `follow` obeys robots.txt.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        allowed_hosts: Collection[str] = (),
        most_bytes: int = MOST_BYTES,
        silence_s: float = SILENCE_S,
        deadline_s: float = DEADLINE_S,
        tries: int = TRIES,
        pace: Pace | None = None,
        requests_per_minute: float = REQUESTS_PER_MINUTE,
        proxy: str | None = None,
        robots: bool = True,
    ) -> None:
        self._most_bytes = most_bytes
        self._deadline_s = deadline_s
        self._tries = tries
        self._own_pace = pace
        self._pace = pace or _shared_pace(requests_per_minute)
        self._allowed = frozenset(host.lower() for host in allowed_hosts)
        self._has_proxy = proxy is not None
        self._backend = GuardedBackend(allowed_hosts)
        agent = f"{USER_AGENT} (+{contact})" if contact else USER_AGENT
        self._client = httpx2.Client(
            transport=make_transport(self._backend, proxy),
            headers={"user-agent": agent, "accept-encoding": "gzip, deflate"},
            timeout=silence_s,
            follow_redirects=False,
            trust_env=False,  # neither proxies nor passwords that happen to lie about
        )
        self._robots = Robots(USER_AGENT, self.fetch) if robots else None

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

    def follow(self, address: str, *, validators: Validators | None = None) -> Answer:
        """Fetch an address that no person named but a page, a feed or a list did.

        Parameters
        ----------
        address : str
            Address of http or https.
        validators : Validators, optional
            What is known of it already.

        Returns
        -------
        Answer
            As `fetch` says.

        Raises
        ------
        FetchError
            As `fetch` says, and where the site's robots.txt asks programs to leave it alone.
        """
        if self._robots is not None:
            url = _web_address(address)
            origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
            if not self._robots.allows(origin, address):
                raise FetchError(address, "the site's robots.txt asks programs to leave it alone.")
            pause_s = self._robots.pause_s(origin)
            if pause_s:
                self._pace.slow_down(url.host, pause_s)
        return self.fetch(address, validators=validators)

    def fetch(
        self,
        address: str,
        *,
        validators: Validators | None = None,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        most_bytes: int | None = None,
    ) -> Answer:
        """Fetch an address that a person named.

        Parameters
        ----------
        address : str
            Address of http or https, without a password in it.
        validators : Validators, optional
            What is known of it already: where it is still so, the answer is 304 without a body.
        headers : Mapping of str to str, optional
            Headers beside the usual ones. They go to the origin of this address alone: a redirect
            to another scheme, host or port does not carry them.
        form : Mapping of str to str, optional
            Fields to post instead of asking; it is then tried once.
        most_bytes : int, optional
            Longest body, where it differs from the client's.

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
        _web_address(address)  # before anything repeats it: there may be a password in it
        ends_at = time.monotonic() + self._deadline_s
        self._backend.give_seconds(self._deadline_s)
        request = _Request(
            address=address,
            validators=validators or Validators(),
            headers=dict(headers or {}),
            form=dict(form) if form is not None else None,
            most_bytes=most_bytes or self._most_bytes,
            ends_at=ends_at,
        )
        tries = stamina.retry_context(
            on=lambda error: _pause_before_another_try(error, ends_at),
            attempts=self._tries if form is None else 1,
            timeout=self._deadline_s,
            wait_initial=FIRST_PAUSE_S,
            wait_max=LONGEST_PAUSE_S,
            wait_jitter=FIRST_PAUSE_S,
        )
        for attempt in tries:
            with attempt:
                return self._through_redirects(request)
        raise FetchError(address, "it was not tried.")  # pragma: no cover - tries is at least 1

    def post(self, address: str, content: bytes, *, headers: Mapping[str, str]) -> Answer:
        """Hand bytes to an address that a person named: one try, and no redirect is followed.

        Parameters
        ----------
        address : str
            Address of http or https, without a password in it.
        content : bytes
            What is handed over.
        headers : Mapping of str to str
            Headers beside the usual ones, its kind among them.

        Returns
        -------
        Answer
            Status and headers; nobody reads the body.

        Raises
        ------
        FetchError
            Where the server does not answer with success, or the address is not public.
        """
        url = _web_address(address)
        ends_at = time.monotonic() + self._deadline_s
        self._backend.give_seconds(self._deadline_s)
        if self._has_proxy:
            require_public_target(url.host, self._allowed)
        self._client.cookies.clear()
        sending = self._client.stream("POST", url, headers=dict(headers), content=content)
        try:
            with self._turn(url.host, ends_at), sending as response:
                if not response.is_success:
                    self._refuse(address, response)
                return self._answer(address, response, b"")
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            passes = isinstance(error, httpx2.TransportError) and may_pass(error)
            raise FetchError(address, reason_of(error), may_pass=passes) from error

    def _through_redirects(self, request: _Request) -> Answer:
        current = request.address
        for _ in range(MOST_REDIRECTS + 1):
            try:
                answer = self._get(current, request)
            except FetchError as error:
                raise FetchError(
                    request.address,
                    error.reason,
                    status=error.status,
                    may_pass=error.may_pass,
                    rest_s=error.rest_s,
                ) from None
            except httpx2.TransportError as error:
                reason = reason_of(error)
                raise FetchError(request.address, reason, may_pass=may_pass(error)) from error
            except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
                raise FetchError(request.address, reason_of(error)) from error
            if isinstance(answer, Answer):
                return answer
            current = answer
        raise FetchError(request.address, f"it redirects more than {MOST_REDIRECTS} times.")

    def _get(self, address: str, request: _Request) -> Answer | str:
        # the answer, or the address that it redirects to, whose body nobody reads
        url = _web_address(address)
        if self._has_proxy:
            require_public_target(url.host, self._allowed)
        self._client.cookies.clear()
        with self._turn(url.host, request.ends_at), self._stream(url, request) as response:
            location = response.headers.get("location")
            if response.status_code in _REDIRECTS and location:
                return str(response.url.join(location))
            if response.status_code == UNCHANGED and request.validators.asked():
                return self._answer(address, response, b"")
            if not response.is_success:
                self._refuse(address, response)
            return self._answer(address, response, _body(address, response, request.most_bytes))

    def _stream(
        self, url: httpx2.URL, request: _Request
    ) -> AbstractContextManager[httpx2.Response]:
        own = httpx2.URL(request.address)
        same_origin = (url.scheme, url.host, url.port) == (own.scheme, own.host, own.port)
        headers = {**request.headers, **request.validators.asked()} if same_origin else {}
        if request.form is not None and same_origin:
            return self._client.stream("POST", url, headers=headers, data=request.form)
        return self._client.stream("GET", url, headers=headers)

    def _refuse(self, address: str, response: httpx2.Response) -> None:
        status = response.status_code
        reason = f"the server answered {status}."
        if status not in _PASSING:
            raise FetchError(address, reason, status=status)
        rest_s = retry_after_s(response.headers.get("retry-after"))
        if rest_s is not None:
            self._pace.close_for(response.url.host, rest_s)
        raise FetchError(address, reason, status=status, may_pass=True, rest_s=rest_s)

    def _answer(self, address: str, response: httpx2.Response, content: bytes) -> Answer:
        return Answer(
            address=address,
            status=response.status_code,
            headers={
                name: response.headers[name][:_LONGEST_HEADER]
                for name in _KEPT_HEADERS
                if name in response.headers
            },
            content=content,
            fetched_at=clock.now(),
        )

    @contextmanager
    def _turn(self, host: str, ends_at: float) -> Iterator[None]:
        if self._own_pace is None and host.lower() in self._allowed:
            yield
            return
        try:
            with self._pace.turn(host, within_s=ends_at - time.monotonic()):
                yield
        except TimeoutError:
            raise FetchError(
                host, "its turn would come too late: the host is asked no more often."
            ) from None


def _web_address(address: str) -> httpx2.URL:
    try:
        url = httpx2.URL(address)  # the parser that the connection goes by
    except httpx2.InvalidURL:
        raise FetchError(address, "it is no address of the web.") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise FetchError(address, f"{address[:80]!r} is no address of http or https.")
    if url.userinfo:
        shown = f"{url.scheme}://{url.host}{url.path}"
        raise FetchError(shown, "it has a password in it; put that under 'credentials'.")
    return url


def _body(address: str, response: httpx2.Response, most_bytes: int) -> bytes:
    encoding = response.headers.get("content-encoding", "")
    try:
        return read_body(response.iter_raw(), encoding=encoding, most_bytes=most_bytes)
    except UnreadableInputError as error:
        raise FetchError(address, str(error)) from None


def _pause_before_another_try(error: Exception, ends_at: float) -> bool | float:
    if not (isinstance(error, FetchError) and error.may_pass):
        return False
    if error.rest_s is None:
        return True
    return error.rest_s if error.rest_s < ends_at - time.monotonic() else False
