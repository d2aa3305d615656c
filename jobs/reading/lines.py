"""Many texts as JSON lines: one in, one out, in bounded memory; a broken line stops no other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tracker.errors import InvalidValueError, RecordRejectedError
from tracker.timespan import parse_date

MOST_LINE_BYTES = 64_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One text of a batch.

    Parameters
    ----------
    doc_id : str or int
        Its id, given back with the result.
    text : str
        The text.
    lang : str or None
        ISO 639-1 code, where stated.
    published : str or None
        When it was published, an ISO date or instant, where stated.
    """

    doc_id: str | int
    text: str
    lang: str | None = None
    published: str | None = None


def read_lines(
    file: BinaryIO, advanced: Callable[[int], None] = lambda _: None
) -> Iterator[Text | RecordRejectedError]:
    """Read texts from JSON lines.

    Parameters
    ----------
    file : binary file
        Lines `{"doc_id", "text", "lang"?, "published"?}` in UTF-8.
    advanced : Callable
        Is told the bytes of each line read.

    Yields
    ------
    Text or RecordRejectedError
        One per line that is not blank; the error names the line.
    """
    number = 0
    while line := file.readline(MOST_LINE_BYTES + 1):
        number += 1
        size_bytes = len(line)
        too_long = size_bytes > MOST_LINE_BYTES
        while too_long and line and not line.endswith(b"\n"):
            line = file.readline(MOST_LINE_BYTES)
            size_bytes += len(line)
        advanced(size_bytes)
        if too_long:
            limit = f"{MOST_LINE_BYTES / 1e6:.0f} MB"
            yield RecordRejectedError(number, f"it is longer than {limit}; split it.")
        elif line.strip():
            yield _read_line(line, number)


def _read_line(line: bytes, number: int) -> Text | RecordRejectedError:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return RecordRejectedError(number, "it is no JSON object in UTF-8.")
    fault = _fault(record)
    if fault is not None:
        return RecordRejectedError(number, fault)
    return Text(
        doc_id=record["doc_id"],
        text=record["text"],
        lang=record.get("lang"),
        published=record.get("published"),
    )


def _fault(record: object) -> str | None:
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return "it has no text under the key 'text'."
    if not isinstance(record.get("doc_id"), str | int):
        return "it has no id under the key 'doc_id'."
    lang, published = record.get("lang"), record.get("published")
    if not isinstance(lang, str | None) or not isinstance(published, str | None):
        return "'lang' and 'published' are text or left out."
    try:
        if published:
            parse_date(published)
    except InvalidValueError as error:
        return str(error)
    return None


def answer_lines(
    texts: Iterable[Text | RecordRejectedError],
    key: str,
    answer: Callable[[Text], str],
    refused: Callable[[RecordRejectedError], None],
) -> Iterator[str]:
    """Answer each text of a batch with one JSON line.

    Parameters
    ----------
    texts : iterable of Text or RecordRejectedError
        What `read_lines` yields.
    key : str
        Key of the answer beside `doc_id`.
    answer : Callable
        Makes the records of one text, as a JSON array.
    refused : Callable
        Is told of each broken line.

    Yields
    ------
    str
        A JSON object on one line.
    """
    for text in texts:
        if isinstance(text, RecordRejectedError):
            refused(text)
            continue
        doc_id = json.dumps(text.doc_id, ensure_ascii=False)
        yield f'{{"doc_id": {doc_id}, "{key}": {answer(text)}}}'
