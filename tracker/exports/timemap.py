"""Events of TimeMap, the timeline map of Forensic Architecture and Bellingcat, as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely

from tracker.errors import InvalidValueError
from tracker.exports.flat import json_text, rows
from tracker.exports.metadata import metadata
from tracker.exports.table import Table

NEEDED = {"id", "title", "time_from", "quote"}


def write(table: Table, path: Path, withheld: list[str]) -> int:
    """Write a table as a list of events.

    Parameters
    ----------
    table : Table
        Sightings, regions or movements.
    path : Path
        The file: an object with `events` and `metadata`.
    withheld : list of str
        What was held back; it is complete when the last row was read.

    Returns
    -------
    int
        Rows. An event stands at the point of its row, at the middle of an area or of a line; one
        without a time or a place is left out, because TimeMap can show neither.

    Raises
    ------
    InvalidValueError
        Where the table holds no events.
    """
    if not {field.name for field in table.fields} >= NEEDED:
        raise InvalidValueError(
            f"{table.name}: no events; TimeMap takes sightings, regions and movements."
        )
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"events":[')
        for row in rows(table):
            if row["time_from"] is None or row["geometry"] is None:
                continue
            file.write(("," if written else "") + "\n" + json_text(_event(row)))
            written += 1
        about = json_text(metadata(table, (), written, withheld))
        file.write(f'\n],"metadata":{about}}}\n')
    return written


def _event(row: dict[str, Any]) -> dict[str, Any]:
    shape = row["geometry"]
    if shape.geom_type.endswith("LineString"):
        point = shapely.line_interpolate_point(shape, 0.5, normalized=True)
        point = shape.representative_point() if point is None else point
    else:
        point = shape.representative_point()
    tags = (row.get("category"), row.get("certainty"), row.get("status"))
    return {
        "id": row["id"],
        "date": row["time_from"][:10],
        "time": row["time_from"][11:16],
        "location": row.get("place") or "",
        "latitude": f"{point.y:.5f}",
        "longitude": f"{point.x:.5f}",
        "description": row["quote"] or row["title"],
        "title": row["title"],
        "sources": [row["link"]] if row.get("link") else [],
        "associations": [tag for tag in tags if tag],
        "claimant": row.get("claimant"),
        "claim": row.get("claim_id"),
    }
