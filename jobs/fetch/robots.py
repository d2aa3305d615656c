"""What sites ask of programs that read them: robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable

from protego import Protego

from jobs.errors import FetchError
from jobs.fetch.answer import Answer

MOST_BYTES = 500 * 1024
"""RFC 9309, section 2.5: at least 500 kibibytes are read."""
LONGEST_PAUSE_S = 60.0
"""A longer crawl delay would outlast the time that one address gets."""


class Robots:
    """The rules of the sites that were visited, each asked for once.

    Parameters
    ----------
    agent : str
        The name that rules are looked up by.
    fetch : Callable
        Fetches the robots.txt of an address, without asking for leave.
    """

    def __init__(self, agent: str, fetch: Callable[[str], Answer]) -> None:
        self._agent = agent
        self._fetch = fetch
        self._rules: dict[str, Protego | bool] = {}

    def allows(self, origin: str, address: str) -> bool:
        """Tell whether a site lets an address be read.

        Parameters
        ----------
        origin : str
            Scheme, host and port, `https://news.example`.
        address : str
            The address.

        Returns
        -------
        bool
            True where the site has no rules (an answer of 400 to 499); False where they say so,
            and where they cannot be had at all, as RFC 9309 asks (section 2.3.1.4).
        """
        rules = self._of(origin)
        return rules if isinstance(rules, bool) else rules.can_fetch(address, self._agent)

    def pause_s(self, origin: str) -> float:
        """Say which pause a site asks for between requests.

        Parameters
        ----------
        origin : str
            Scheme, host and port.

        Returns
        -------
        float
            Seconds, 0 where it asks for none.
        """
        rules = self._of(origin)
        asked = None if isinstance(rules, bool) else rules.crawl_delay(self._agent)
        return min(float(asked or 0), LONGEST_PAUSE_S)

    def _of(self, origin: str) -> Protego | bool:
        if origin not in self._rules:
            self._rules[origin] = self._read(origin)
        return self._rules[origin]

    def _read(self, origin: str) -> Protego | bool:
        try:
            answer = self._fetch(f"{origin}/robots.txt")
        except FetchError as error:
            return error.status is not None and 400 <= error.status < 500 and error.status != 429
        return Protego.parse(answer.content[:MOST_BYTES].decode("utf-8", "replace"))
