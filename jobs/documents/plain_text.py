"""Plain text files: optional header lines that state the facts, then the words."""

from __future__ import annotations

import re
from datetime import datetime

from jobs.documents.addresses import canonical_address, site_of
from jobs.documents.document import Channel, Document
from tracker.errors import InvalidValueError, UnreadableInputError
from tracker.timespan import parse_date

_HEADER = re.compile(r"(Source|Published|Address|Language|Title):[ \t]*(\S[^\n]*?)[ \t]*")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LANGUAGE = re.compile(r"[a-z]{2}")
MOST_TITLE_CHARACTERS = 200


def read_plain_text(text: str) -> Document:
    """Read a plain text file.

    Parameters
    ----------
    text : str
        The file's text. It may open with lines `Source:`, `Published:`, `Address:`, `Language:`,
        `Title:` and a blank line; a first line that stands alone is the title where no header
        gives one.

    Returns
    -------
    Document
        Its words; facts that it does not state are None.

    Raises
    ------
    UnreadableInputError
        Where a header says something that cannot be, or nothing follows the headers.
    """
    headers, body = _split(text)
    title = headers.get("Title")
    if title is None:
        title, body = split_title(body)
    address = _address(headers.get("Address"))
    try:
        return Document(
            channel=Channel.TEXT,
            title=title,
            text=body,
            source=headers.get("Source") or (site_of(address) if address else None),
            own_id=address,
            address=address,
            published_at=_published(headers.get("Published")),
            language=_language(headers.get("Language")),
        )
    except InvalidValueError as error:
        raise UnreadableInputError(str(error)) from None


def split_title(text: str) -> tuple[str, str]:
    """Part the headline from a text.

    Parameters
    ----------
    text : str
        Text whose first line may be a headline: short, and followed by a blank line.

    Returns
    -------
    str
        The headline, or an empty text.
    str
        The rest, without blank lines at its ends.
    """
    first, _, rest = text.strip("\n").partition("\n")
    alone = rest.startswith("\n") and rest.strip()
    if alone and len(first) <= MOST_TITLE_CHARACTERS and any(char.isalnum() for char in first):
        return first.strip(), rest.strip("\n")
    return "", text.strip("\n")


def _split(text: str) -> tuple[dict[str, str], str]:
    head, *rest = _BLANK_LINE.split(text.lstrip("\n"), maxsplit=1)
    matches = [_HEADER.fullmatch(line) for line in head.split("\n")]
    headers = {match[1]: match[2] for match in matches if match}
    if len(headers) < len(matches):
        return {}, text
    return headers, "".join(rest)


def _address(value: str | None) -> str | None:
    if value is None:
        return None
    address = canonical_address(value)
    if address is None:
        raise UnreadableInputError(f"its Address: {value[:60]!r} is no address of http or https.")
    return address


def _published(value: str | None) -> datetime | None:
    try:
        return None if value is None else parse_date(value).end
    except InvalidValueError as error:
        raise UnreadableInputError(f"its Published: line is wrong: {error}") from None


def _language(value: str | None) -> str | None:
    if value is not None and not _LANGUAGE.fullmatch(value):
        raise UnreadableInputError(
            f"its Language: {value[:20]!r} is no ISO 639-1 code such as en, ru or uk."
        )
    return value
