"""Positions of units with their strength in battalion tactical groups, as uawardata.com gives them.

Trap of such tables: an army's strength is that of its brigades, which stand in rows of their own;
`0` and `n/a` say that nobody knows; and a number may contradict the words beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from jobs.connector import ConnectorOptions, Cursor, Delivery, Piece, Reach, Row, Source
from jobs.connector.payload import ids_gone, payloads
from jobs.connector.row_mapping import cell_text
from jobs.documents.table import Table, read_table
from jobs.errors import SourceError
from jobs.processes.parsing import parse
from tracker.errors import InvalidValueError, UnreadableInputError

NEEDS = ("address", "path")
_NEEDED = ("date", "lat", "lng", "unit", "country")
_KNOWN = frozenset(
    {
        *_NEEDED,
        *("icon", "type", "strength", "strength_in_btg_text", "strength_in_btg_number"),
        *("unitnumber", "subordinate_to", "sources_url", "sources_date", "notes", "stacked"),
        *("icon15", "type_of_btg"),
    }
)
_ACTORS = {"ru": "RU", "ua": "UA", "by": "BY"}
_COUNT = re.compile(r"\s*(?P<below><)?\s*(?P<count>\d{1,3})(?P<doubt>\?)?\s*(?P<parts>\()?")
_UNSTATED = frozenset({"", "n/a", "na", "none", "?", "-"})


class Options(ConnectorOptions):
    """How sharp the positions are."""

    radius_km: float = Field(
        10, ge=0, le=500, description="The true place lies within it with 90 % probability, km."
    )


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Read the table where it changed.

    Parameters
    ----------
    source : Source
        `path` of a file or folder, or `address`, of CSV.
    reach : Reach
        Network and files.
    cursor : Cursor
        Hash, validators and ids by file.

    Yields
    ------
    Delivery
        One per table; what is contradictory, doubled or not stated is told in its notes.

    Raises
    ------
    SourceError
        Where it is no such table.
    """
    seen = dict(cursor)
    for piece, kept in payloads(source, reach, cursor, endings=(".csv",)):
        table = _table(source, piece)
        rows, rejected, notes = _rows(source, table)
        key = piece.address or piece.name
        ids = [row.cells["id"] for row in rows]
        gone = ids_gone(kept, seen.get(key), ids, is_complete=not rejected)
        seen[key] = kept
        yield Delivery(
            piece=piece,
            rows=tuple(rows),
            gone=gone,
            rejected=(*table.rejected, *rejected),
            notes=notes,
            cursor=dict(seen),
        )


def _table(source: Source, piece: Piece) -> Table:
    try:
        table = parse(read_table, piece.content)
    except UnreadableInputError as error:
        raise SourceError(source.name, f"{piece.name}: {error}") from None
    missing = [name for name in _NEEDED if name not in table.header]
    if missing:
        raise SourceError(source.name, f"{piece.name} has no column {', '.join(missing)}.")
    return table


def _rows(source: Source, table: Table) -> tuple[list[Row], list[str], tuple[str, ...]]:
    parents = {(record["date"], record.get("subordinate_to")) for record in table.records}
    counted: Counter[str] = Counter()
    places: set[tuple[str, ...]] = set()
    rows, rejected = [], []
    unknown = [name for name in table.header if name not in _KNOWN]
    notes = [f"the column {name[:60]!r} is not known and left out." for name in unknown]
    doubled = 0
    for line, record in zip(table.lines, table.records, strict=True):
        place = tuple(cell_text(record.get(name)) for name in ("date", "unit", "lat", "lng"))
        if place in places:
            doubled += 1
            continue
        places.add(place)
        day, unit = place[:2]
        counted[f"{day}/{unit}"] += 1
        number = counted[f"{day}/{unit}"]
        own_id = f"{day}/{unit}" if number == 1 else f"{day}/{unit}/{number}"
        try:
            size, note = _size(record, is_parent=(record["date"], unit) in parents)
            rows.append(Row(where=f"row {line}", cells=_cells(source, record, own_id) | size))
        except InvalidValueError as error:
            rejected.append(f"row {line}: {error}")
            continue
        if note:
            notes.append(f"row {line}, {unit}: {note}")
    if doubled:
        notes.append(f"{doubled} rows repeat a unit at one place on one day and are left out.")
    return rows, rejected, tuple(notes)


def _cells(source: Source, record: Mapping[str, Any], own_id: str) -> dict[str, str]:
    def cell(name: str) -> str:
        return cell_text(record.get(name))

    actor = _ACTORS.get(cell("country").lower())
    if actor is None:
        raise InvalidValueError(f"the country {cell('country')[:20]!r} is none of ru, ua, by.")
    kind = cell("type") or cell("type_of_btg")
    told = [f"{cell('unit')} at {cell('lat')}, {cell('lng')}", kind, cell("strength")]
    if cell("strength_in_btg_text"):
        told.append(f"BTG: {cell('strength_in_btg_text')}")
    return {
        "id": own_id,
        "actor": actor,
        "area": f"{cell('lat')}, {cell('lng')}",
        "lat": cell("lat"),
        "lon": cell("lng"),
        "radius_km": f"{source.options.radius_km:g}",
        "observed_from": cell("date"),
        "observed_to": cell("date"),
        "published": cell("date"),
        "claimant": source.settings.publisher,
        "kind": "presence",
        "status": "actual",
        "extent": "unit",
        "formation": cell("unit"),
        "quote": ", ".join(part for part in told if part),
        "citation": cell("sources_url"),
        "note": cell("notes"),
    }


def _size(record: Mapping[str, Any], *, is_parent: bool) -> tuple[dict[str, str], str | None]:
    # the cells of a size, and what is wrong with the one that is written
    if "strength_in_btg_text" not in record:
        return _exactly(1), None
    text = cell_text(record["strength_in_btg_text"])
    if text.lower() in _UNSTATED:
        return {}, None
    match = _COUNT.match(text)
    if match is None:
        return {}, f"its strength {text[:60]!r} is no number and counts as not stated."
    return _stated(match, cell_text(record.get("strength_in_btg_number")), is_parent=is_parent)


def _stated(
    match: re.Match[str], number: str, *, is_parent: bool
) -> tuple[dict[str, str], str | None]:
    count = int(match["count"])
    if number and not _is_same(number, count):
        text = match.string[:60]
        return {}, f"its strength is {text!r} in words and {number[:20]} as a number: not stated."
    if count == 0:
        return {}, None  # nobody wrote that a unit has vanished: nothing was known
    if is_parent or match["parts"]:
        return {}, f"its {count} BTGs are those of its subordinates, which have rows of their own."
    if match["below"]:
        return {"qualifier": "fewer_than", "best": str(count), "unit": "BTG"}, None
    return _exactly(count) | ({"approx": "yes"} if match["doubt"] else {}), None


def _is_same(number: str, count: int) -> bool:
    try:
        return float(number) == count
    except ValueError:
        return False


def _exactly(count: int) -> dict[str, str]:
    return {"qualifier": "exact", "best": str(count), "unit": "BTG"}
