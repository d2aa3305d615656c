"""Bytes into text, whatever their encoding; what is no text is refused in one sentence."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from tracker.errors import UnreadableInputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "a rich-text document"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_DECLARED_WITHIN = 4_096
"""Bytes in which a page or feed must name its encoding: the HTML standard asks for 1,024."""
_GUESSED_FROM = 200_000
_USUAL = ["cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "cp1252"]
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL_SHARE = 0.01


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Decode a text.

    Parameters
    ----------
    data : bytes
        The bytes.
    declared : str, optional
        Encoding that came with them, for example in a header.

    Returns
    -------
    str
        The text, lines ended by a line feed. A byte order mark decides, then valid UTF-8, then
        the declared encoding, then the encoding that gives the most plausible text.

    Raises
    ------
    UnreadableInputError
        Where there is nothing in it or it is no text.
    """
    if not data.strip():
        raise UnreadableInputError("it is empty.")
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise UnreadableInputError(f"it is {what}; save its text as a .txt or .html file.")
    text = _decoded(data, declared)
    if text is None or _is_binary(text):
        raise UnreadableInputError("it is binary, not text.")
    if not text.strip():
        raise UnreadableInputError("it is empty.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, declared: str | None) -> str | None:
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _strictly(data, marked)
    text = _strictly(data, "utf-8")
    if text is not None:
        return text
    named = _DECLARED.search(data[:_DECLARED_WITHIN])
    for encoding in (declared, named[1].decode("ascii") if named else None):
        if encoding and (said := _strictly(data, encoding)) is not None:
            return said
    sample = data[:_GUESSED_FROM]
    # A short text fits encodings of half the world: those of the theatre come first.
    guess = from_bytes(sample, cp_isolation=_USUAL).best() or from_bytes(sample).best()
    return None if guess is None else data.decode(guess.encoding, "replace")


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _is_binary(text: str) -> bool:
    if "\x00" in text:
        return True
    return len(_CONTROLS.findall(text)) > _MOST_CONTROL_SHARE * len(text)
