"""A briefing as JSON: the record of an edition, from which every rendering is made again."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tracker.briefing.model import Briefing
from tracker.errors import UnreadableInputError

VERSION = 1
"""Version of the record; it rises when a reader of the one before would fail."""

_ADAPTER = TypeAdapter(Briefing)


def render_json(briefing: Briefing) -> bytes:
    """Write a briefing as JSON.

    Parameters
    ----------
    briefing : Briefing
        The briefing.

    Returns
    -------
    bytes
        UTF-8, as `docs/reference/briefing.schema.json` describes: every key is present.
    """
    record = {"version": VERSION, **_ADAPTER.dump_python(briefing, mode="json")}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def read_json(data: bytes) -> Briefing:
    """Read a briefing that `render_json` wrote.

    Parameters
    ----------
    data : bytes
        The record.

    Returns
    -------
    Briefing
        Equal to the one that was written.

    Raises
    ------
    UnreadableInputError
        Where it is no such record, or of a later version.
    """
    try:
        record = json.loads(data)
        version = record.pop("version")
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise UnreadableInputError("this is no record of a briefing.") from error
    if version != VERSION:
        raise UnreadableInputError(
            f"the record of the briefing has version {str(version)[:20]}; this release reads "
            f"{VERSION}."
        )
    try:
        return _ADAPTER.validate_python(record)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UnreadableInputError(
            f"the record of the briefing is damaged at {where}: {first['msg']}."
        ) from error


def record_schema() -> dict[str, Any]:
    """Describe the record.

    Returns
    -------
    dict of str to Any
        JSON Schema (2020-12).
    """
    schema = _ADAPTER.json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "A briefing, as `tracker brief` records it"
    schema["properties"] = {"version": {"const": VERSION}, **schema["properties"]}
    schema["required"] = list(schema["properties"])
    return schema
