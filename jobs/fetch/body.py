"""The body of an answer, bounded while it arrives, its compression undone piece by piece."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from tracker.errors import UnreadableInputError

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_RAW_DEFLATE = -zlib.MAX_WBITS
_PIECE_BYTES = 1 << 20
_PLAIN = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_DAMAGED = "the server's compression is damaged."


def read_body(chunks: Iterable[bytes], *, encoding: str, most_bytes: int) -> bytes:
    """Read a body.

    Parameters
    ----------
    chunks : iterable of bytes
        The body as it arrives, compressed.
    encoding : str
        Value of `Content-Encoding`.
    most_bytes : int
        As long as the body may be, before and after its compression is undone; never more than
        that is held, however far the compression would swell.

    Returns
    -------
    bytes
        The body.

    Raises
    ------
    UnreadableInputError
        Where there is more; or it is compressed in a way that was not asked for, more than once,
        or wrongly.
    """
    encoding = encoding.strip().lower()
    if encoding in _PLAIN:
        return _gathered(chunks, most_bytes)
    if encoding not in _PACKED:
        raise UnreadableInputError(_DAMAGED)
    try:
        return _inflated(chunks, most_bytes)
    except zlib.error:
        raise UnreadableInputError(_DAMAGED) from None


def _gathered(chunks: Iterable[bytes], most_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most_bytes:
            raise UnreadableInputError(f"it has more than {most_bytes / 1e6:g} MB.")
    return bytes(body)


def _inflated(chunks: Iterable[bytes], most_bytes: int) -> bytes:
    body = bytearray()
    arrived, inflater = 0, None
    for chunk in chunks:
        arrived += len(chunk)
        if inflater is None:
            inflater = zlib.decompressobj(_window(chunk))
        rest = chunk
        while rest and not inflater.eof:
            body += inflater.decompress(rest, _PIECE_BYTES)
            rest = inflater.unconsumed_tail
            if max(len(body), arrived) > most_bytes:
                raise UnreadableInputError(f"it has more than {most_bytes / 1e6:g} MB.")
    if inflater is not None and not inflater.eof:
        raise UnreadableInputError(_DAMAGED)
    return bytes(body)


def _window(start: bytes) -> int:
    # servers send "deflate" with and without its wrapper (RFC 9110, section 8.4.1.2)
    is_wrapped = start[:2] == b"\x1f\x8b" or (
        len(start) > 1 and start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    )
    return _GZIP_OR_ZLIB if is_wrapped else _RAW_DEFLATE
