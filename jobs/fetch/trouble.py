"""What went wrong on the way, in words, and whether waiting may mend it."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime

import httpx2  # noqa: TID251 - this is the place that talks to the network

from tracker import clock

_UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"


def retry_after_s(header: str | None) -> float | None:
    """Read how long a server asks to be left alone (RFC 9110, section 10.2.3).

    Parameters
    ----------
    header : str or None
        Value of `Retry-After`: seconds, or a date.

    Returns
    -------
    float or None
        Seconds from now, not negative; None where it says nothing that can be read.
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return max(0.0, (aware - clock.now()).total_seconds())


def may_pass(error: Exception) -> bool:
    """Tell whether another try may better an error of the connection.

    Parameters
    ----------
    error : Exception
        What the client raised.

    Returns
    -------
    bool
        False where the server's certificate is not to be trusted, and where the proxy or the
        protocol itself is refused.
    """
    lasting = (httpx2.UnsupportedProtocol, httpx2.ProxyError)
    return not isinstance(error, lasting) and _UNTRUSTED not in str(error)


def reason_of(error: Exception) -> str:
    """Say what an error of the connection means.

    Parameters
    ----------
    error : Exception
        What the client raised.

    Returns
    -------
    str
        A sentence, without the address.
    """
    if isinstance(error, httpx2.TimeoutException):
        return "the server did not answer in time."
    if isinstance(error, httpx2.InvalidURL):
        return "it is no address of the web."
    if _UNTRUSTED in str(error):
        return "its certificate cannot be trusted."
    words = " ".join(str(error).split())
    return f"the connection failed ({words or type(error).__name__})."
