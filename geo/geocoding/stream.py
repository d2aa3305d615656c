"""Geocodes many texts as JSON lines, one after the other, in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.geocode import Geocoder
from geo.geocoding.mention import Mention

LONGEST_LINE_BYTES = 64 * 1024 * 1024
REMEMBERED_OUTLINES = 512
_GEOMETRY = '"geometry": null'
_encode = json.JSONEncoder(ensure_ascii=False).encode
_outlines: dict[int, tuple[BaseGeometry, str]] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class RejectedLine:
    """A line that could not be read.

    Attributes
    ----------
    number
        Its number in the file, from 1.
    reason
        What is wrong with it, in one sentence.
    """

    number: int
    reason: str


def geocode_jsonl(
    source: BinaryIO,
    geocoder: Geocoder,
    *,
    on_rejected: Callable[[RejectedLine], None],
    on_read: Callable[[int], None] | None = None,
) -> Iterator[str]:
    """Yield one line of JSON for every line that could be read.

    Holds one line at a time. A broken line is reported and the rest goes on.

    Parameters
    ----------
    source
        Lines of UTF-8 JSON `{"doc_id", "text", "lang"?, "published"?}`; empty lines are skipped.
    geocoder
        Reads the texts; its answers don't depend on the texts before.
    on_rejected
        Called for each line that could not be read.
    on_read
        Called with the number of bytes read so far of this line, for a progress bar.

    Yields
    ------
    str
        `{"doc_id", "places": [...]}` without the line's end.
    """
    number = 0
    while line := source.readline(LONGEST_LINE_BYTES + 1):
        number += 1
        size = len(line)
        too_long = size > LONGEST_LINE_BYTES
        while too_long and line and not line.endswith(b"\n"):
            line = source.readline(LONGEST_LINE_BYTES)
            size += len(line)
        if too_long:
            limit = LONGEST_LINE_BYTES // 1024**2
            reason = f"the line is longer than {limit} MB: split it."
            on_rejected(RejectedLine(number=number, reason=reason))
        elif line.strip():
            answer = _answer(line, geocoder)
            if isinstance(answer, str):
                yield answer
            else:
                on_rejected(RejectedLine(number=number, reason=answer.args[0]))
        if on_read is not None:
            on_read(size)


def _answer(line: bytes, geocoder: Geocoder) -> str | ValueError:
    # The answer to one line, or what is wrong with it.
    try:
        given = json.loads(line.decode("utf-8-sig"))
        doc_id, text, lang, published = _fields(given)
    except (ValueError, TypeError, RecursionError) as error:
        return ValueError(str(error) or "the line is nested too deeply.")
    mentions = geocoder.geocode(text, lang=lang, published=published)
    places = ", ".join(mention_line(mention) for mention in mentions)
    return f'{{"doc_id": {_encode(doc_id)}, "places": [{places}]}}'


def _fields(given: Any) -> tuple[str | int, str, str | None, datetime | None]:
    # The fields of a line; raises TypeError or ValueError where one is of another kind.
    if not isinstance(given, dict):
        raise TypeError("a line must hold a JSON object with doc_id and text.")
    doc_id, text, lang = given.get("doc_id"), given.get("text"), given.get("lang")
    if not isinstance(doc_id, str | int):
        raise TypeError("doc_id must be a string or a number.")
    if not isinstance(text, str):
        raise TypeError("text must be a string.")
    if lang is not None and not isinstance(lang, str):
        raise TypeError("lang must be a string such as en, ru or uk.")
    published = given.get("published")
    if published is not None and not isinstance(published, str):
        raise TypeError("published must be a date in ISO 8601.")
    return doc_id, text, lang, datetime.fromisoformat(published) if published else None


def mention_line(mention: Mention) -> str:
    """Return a mention as JSON, the outline of a region written once and remembered.

    Returns
    -------
    str
        One JSON object without line ends, with the keys of `Mention.as_json`.
    """
    line = _encode(mention.as_json(with_geometry=False))
    if mention.geometry is None:
        return line
    return line.replace(_GEOMETRY, f'"geometry": {_outline(mention.geometry)}', 1)


def _outline(geometry: BaseGeometry) -> str:
    # Kept by identity beside the geometry itself, so that no other can take its number.
    known = _outlines.get(id(geometry))
    if known is None:
        if len(_outlines) >= REMEMBERED_OUTLINES:
            _outlines.clear()
        known = _outlines[id(geometry)] = (geometry, str(shapely.to_geojson(geometry)))
    return known[1]
