"""STIX 2.1: a report on what was claimed, with who said it, where, and in which words.

Objects and properties after OASIS STIX 2.1 (2021), markings after its TLP 2.0 definitions
(OASIS, STIX 2.1 TLP 2.0 extension, 2023).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely

from geo.geodesy import great_circle_km
from tracker.errors import InvalidValueError
from tracker.exports.flat import json_text, rows
from tracker.exports.metadata import in_lines
from tracker.exports.table import Table

NEEDED = {"claim_id", "quote", "known_at", "claimant", "title"}
SPACE = uuid.UUID("5f5a2b1c-7c0e-5e0f-9d6b-0c4f3f1b6a52")
"""Namespace of ids: the same rows give the same bundle."""
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
MARKINGS = {
    "TLP:CLEAR": ("clear", "94868c89-83c2-464b-929b-a1a8aa3c8487"),
    "TLP:GREEN": ("green", "bab4a63c-aed9-4cf5-a766-dfca5abac2bb"),
    "TLP:AMBER": ("amber", "55d920b0-5e8b-4f79-9ee9-91f868d9b421"),
    "TLP:AMBER+STRICT": ("amber+strict", "939a9414-2ddd-4d32-a0cd-375ea402b003"),
    "TLP:RED": ("red", "e828b379-4e03-4974-9ac4-e53a884c97c1"),
}
MADE = "2022-10-01T00:00:00.000Z"
"""When the TLP 2.0 markings were defined."""
AUTHOR = "Troop Tracker"


def write(table: Table, path: Path, withheld: list[str]) -> int:
    """Write a table as a STIX bundle.

    Parameters
    ----------
    table : Table
        Sightings, regions or movements.
    path : Path
        The file: a bundle with one `report`, a `note` a row (the words), `location` and
        `identity` objects, and the marking.
    withheld : list of str
        What was held back; it stands in the description of the report.

    Returns
    -------
    int
        Rows.

    Raises
    ------
    InvalidValueError
        Where the table holds no words of claims.
    """
    if not {field.name for field in table.fields} >= NEEDED:
        raise InvalidValueError(
            f"{table.name}: no quotes; STIX takes sightings, regions and movements."
        )
    written, names, told = 0, list[str](), set[str]()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"type":"bundle","id":"{_id("bundle", table.name, _day(table))}","objects":[')
        file.write("\n" + json_text(_marking(table)))
        file.write(",\n" + json_text(_identity(table, AUTHOR, "organization")))
        for row in rows(table):
            written += 1
            for thing in _objects(table, row):
                if thing["id"] not in told:
                    told.add(thing["id"])
                    names.append(thing["id"])
                    file.write(",\n" + json_text(thing))
        file.write(",\n" + json_text(_report(table, names, withheld)) + "\n]}\n")
    return written


def _objects(table: Table, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    who = _identity(table, row["claimant"] or "not named", "unknown")
    places = list(_locations(table, row))
    yield who
    yield from places
    yield {
        **_common(table, "note", row["id"], _instant(row["known_at"])),
        "abstract": row["title"],
        "content": row["quote"],
        "authors": [who["name"]],
        "object_refs": [one["id"] for one in places] or [who["id"]],
        "external_references": [_reference(row)],
    }


def _reference(row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "source_name": row.get("citation") or row["claimant"] or "source not named",
        "external_id": row["claim_id"],
    }
    if row.get("link"):
        found["url"] = row["link"]
    if row.get("link") and row.get("sha256"):
        found["hashes"] = {"SHA-256": row["sha256"]}
    return found


def _locations(table: Table, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    # STIX knows points with a precision: a line is told by its ends, an area by its middle.
    shape = row["geometry"]
    if shape is None or shape.is_empty:
        return
    name, radius_km = row["place"] or row["title"], row.get("radius_km")
    if shape.geom_type.endswith("LineString"):
        ends = shapely.get_coordinates(shape)[[0, -1]]
        for which, (lon, lat) in zip(("from", "to"), ends, strict=True):
            yield _location(table, f"{name} ({which})", lon, lat, None)
        return
    middle = shape.representative_point()
    if shape.geom_type != "Point":
        edge = shapely.get_coordinates(shape)
        radius_km = max(great_circle_km(middle.x, middle.y, lon, lat) for lon, lat in edge)
    yield _location(table, name, middle.x, middle.y, radius_km)


def _location(
    table: Table, name: str, lon: float, lat: float, radius_km: float | None
) -> dict[str, Any]:
    found = {
        **_common(table, "location", f"{name} {lon:.5f} {lat:.5f} {radius_km}", _day(table)),
        "name": name,
        "latitude": round(float(lat), 5),
        "longitude": round(float(lon), 5),
    }
    return found if radius_km is None else {**found, "precision": round(radius_km * 1000.0)}


def _identity(table: Table, name: str, kind: str) -> dict[str, Any]:
    marks = [_marking(table)["id"]]
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": _id("identity", name, kind),
        "created": MADE,
        "modified": MADE,
        "name": name,
        "identity_class": kind,
        "object_marking_refs": marks,
    }


def _report(table: Table, names: list[str], withheld: list[str]) -> dict[str, Any]:
    at = _day(table)
    return {
        **_common(table, "report", f"{table.name} {at}", at),
        "name": table.title,
        "description": "\n".join((in_lines(table), *withheld)),
        "published": at,
        "object_refs": names or [_id("identity", AUTHOR, "organization")],
    }


def _common(table: Table, kind: str, name: str, at: str) -> dict[str, Any]:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": _id(kind, name, at),
        "created_by_ref": _id("identity", AUTHOR, "organization"),
        "created": at,
        "modified": at,
        "object_marking_refs": [_marking(table)["id"]],
    }


def _marking(table: Table) -> dict[str, Any]:
    level, name = MARKINGS[table.facts.marking or "TLP:CLEAR"]
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{name}",
        "created": MADE,
        "name": f"TLP:{level.upper()}",
        "extensions": {
            TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level},
        },
    }


def _id(kind: str, *names: str) -> str:
    return f"{kind}--{uuid.uuid5(SPACE, ' '.join((kind, *names)))}"


def _day(table: Table) -> str:
    return f"{table.facts.as_of}T00:00:00.000Z"


def _instant(text: str) -> str:
    return text.replace("Z", ".000Z")
