"""Addresses: one canonical form, so that one page is one report."""

from __future__ import annotations

from urllib.parse import urldefrag, urlsplit

from courlan import normalize_url

MOST_CHARACTERS = 2_000
"""Longest address taken; browsers and servers refuse longer ones too."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAME_SITE = ("www.", "m.", "amp.")


def canonical_address(address: str) -> str | None:
    """Bring an address into its canonical form.

    Parameters
    ----------
    address : str
        Any text that should be an address.

    Returns
    -------
    str or None
        The address in lower-case host, without fragment, default port, tracking parameters, and
        credentials; None where it is no address of http or https.
    """
    address = address.strip()
    if len(address) > MOST_CHARACTERS or any(char.isspace() or char < " " for char in address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in _DEFAULT_PORTS or not host or "\\" in address:
        return None
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        place = f"{place}:{port}"
    bare = parts._replace(scheme=scheme, netloc=place, path=parts.path or "/").geturl()
    return urldefrag(normalize_url(bare)).url


def site_of(address: str) -> str:
    """Name the site that an address belongs to.

    Parameters
    ----------
    address : str
        A canonical address.

    Returns
    -------
    str
        Its host without `www.`, `m.` or `amp.`.
    """
    host = urlsplit(address).hostname or ""
    for prefix in _SAME_SITE:
        host = host.removeprefix(prefix)
    return host
