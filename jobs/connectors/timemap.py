"""Events of a TimeMap (the timeline map of Forensic Architecture and Bellingcat), as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from jobs.connector import Cursor, Delivery, Reach, Row, Source
from jobs.connector.payload import ids_gone, payloads
from jobs.connector.row_mapping import MappedOptions, cell_text, map_record
from jobs.documents.json_feed import read_json
from jobs.errors import SourceError
from tracker.errors import InvalidValueError, UnreadableInputError

NEEDS = ("address", "path")
USUAL = {
    "id": "id",
    "observed_from": "date",
    "published": "date",
    "area": "location",
    "lat": "latitude",
    "lon": "longitude",
    "quote": "description",
}
"""What the fields of an event mean where the settings say nothing else."""


class Options(MappedOptions):
    """How sharp the positions are, and what the fields mean."""

    radius_km: float = Field(
        1, ge=0, le=500, description="The true place lies within it with 90 % probability, km."
    )


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Read the events where the file changed.

    Parameters
    ----------
    source : Source
        `path` of a file or folder, or `address`, of a list of events (or an object with `events`).
    reach : Reach
        Network and files.
    cursor : Cursor
        Hash, validators and ids by file.

    Yields
    ------
    Delivery
        One per file that changed.

    Raises
    ------
    SourceError
        Where it is no such list.
    """
    seen = dict(cursor)
    options: Options = source.options
    if not options.columns:
        options = options.model_copy(update={"columns": USUAL})
    for piece, kept in payloads(source, reach, cursor, endings=(".json",)):
        try:
            value = read_json(piece.content)
        except UnreadableInputError as error:
            raise SourceError(source.name, f"{piece.name}: {error}") from None
        events = value.get("events") if isinstance(value, dict) else value
        if not isinstance(events, list):
            raise SourceError(source.name, f"{piece.name} is no list of events.")
        rows, rejected = [], []
        for number, event in enumerate(events, start=1):
            try:
                rows.append(_row(source, options, event, f"event {number}"))
            except InvalidValueError as error:
                rejected.append(f"event {number}: {error}")
        key = piece.address or piece.name
        ids = [row.cells.get("id", "") for row in rows]
        gone = ids_gone(kept, seen.get(key), ids, is_complete=not rejected)
        seen[key] = kept
        yield Delivery(
            piece=piece,
            rows=tuple(rows),
            gone=gone,
            rejected=tuple(rejected),
            cursor=dict(seen),
        )


def _row(source: Source, options: Options, event: Any, where: str) -> Row:
    if not isinstance(event, Mapping):
        raise InvalidValueError("it is no object.")
    links = event.get("sources")
    told = links if isinstance(links, list) else [links]
    defaults = {
        "claimant": source.settings.publisher,
        "kind": "sighting",
        "status": "actual",
        "actor": "unknown",
        "radius_km": f"{options.radius_km:g}",
        "citation": cell_text("; ".join(str(link) for link in told if link)),
    }
    row = map_record(options, event, where, defaults)
    if "lat" in row.cells and "lon" in row.cells:
        return row
    cells = {
        name: cell for name, cell in row.cells.items() if name not in {"lat", "lon", "radius_km"}
    }
    return Row(where=where, cells=cells)
