"""The client as the settings want it."""

from __future__ import annotations

from collections.abc import Collection

from jobs.fetch.fetcher import Fetcher
from jobs.settings.sources import FetchSettings


def open_fetcher(
    settings: FetchSettings, *, allowed_hosts: Collection[str] = (), proxy: str | None = None
) -> Fetcher:
    """Make a client.

    Parameters
    ----------
    settings : FetchSettings
        What holds for every request.
    allowed_hosts : collection of str
        Hosts that may lie inside a private network.
    proxy : str, optional
        Proxy that goes before the settings' own.

    Returns
    -------
    Fetcher
        To be closed.
    """
    return Fetcher(
        contact=settings.contact,
        allowed_hosts=allowed_hosts,
        proxy=proxy or settings.proxy,
        robots=settings.robots,
        requests_per_minute=settings.requests_per_minute,
    )
