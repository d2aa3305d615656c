"""Tables of claims: CSV, TSV, XLSX and published Google Sheets, columns mapped by settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from pydantic import Field

from jobs.connector import Cursor, Delivery, Piece, Reach, Row, Source
from jobs.connector.payload import ids_gone, payloads
from jobs.connector.row_mapping import MappedOptions, map_record, missing_columns
from jobs.documents.table import read_table
from jobs.errors import SourceError
from jobs.processes.parsing import parse
from tracker.errors import InvalidValueError, UnreadableInputError

NEEDS = ("address", "path")
_ENDINGS = frozenset({".csv", ".tsv", ".xlsx"})
_GOOGLE = re.compile(
    r"https://docs\.google\.com/spreadsheets/d/(?!e/)([A-Za-z0-9_-]{10,100})(?:/|$)"
)


class Options(MappedOptions):
    """How the table is laid out, and what its columns mean."""

    sheet: str | None = Field(None, max_length=100, description="Sheet of a workbook.")
    header_row: int = Field(1, ge=1, le=1_000, description="Row with the names of the columns.")


def read(source: Source, reach: Reach, cursor: Cursor) -> Iterator[Delivery]:
    """Read the table where it changed: new and edited records come in, missing ones are noted.

    Parameters
    ----------
    source : Source
        `path` of a file or a folder, or `address`; that of a Google sheet may be the one that the
        browser shows.
    reach : Reach
        Network and files.
    cursor : Cursor
        Hash, validators and ids by file.

    Yields
    ------
    Delivery
        One per table that changed.

    Raises
    ------
    SourceError
        Where a column that the settings name is missing: no record could be trusted.
    """
    seen = dict(cursor)
    address = csv_address(source.settings.address) if source.settings.address else None
    for piece, kept in payloads(source, reach, cursor, endings=_ENDINGS, address=address):
        rows, rejected, notes = read_rows(source, piece)
        key = address or piece.name
        ids = [row.cells.get("id", "") for row in rows]
        gone = ids_gone(kept, seen.get(key), ids, is_complete=not rejected)
        seen[key] = kept
        yield Delivery(
            piece=piece,
            rows=rows,
            gone=gone,
            rejected=rejected,
            notes=notes,
            cursor=dict(seen),
        )


def csv_address(address: str) -> str:
    """Turn the address that a browser shows of a Google sheet into that of its CSV.

    Parameters
    ----------
    address : str
        Any address.

    Returns
    -------
    str
        The export of the sheet that its `gid` names; other addresses stay as they are.
    """
    match = _GOOGLE.match(address)
    if match is None or "/export" in address or "/gviz/" in address:
        return address
    parts = urlsplit(address)
    said = parse_qs(parts.query) | parse_qs(parts.fragment)
    gid = said.get("gid", ["0"])[0]
    number = gid if gid.isascii() and gid.isdigit() else "0"
    return f"https://docs.google.com/spreadsheets/d/{match[1]}/export?format=csv&gid={number}"


def read_rows(
    source: Source, piece: Piece
) -> tuple[tuple[Row, ...], tuple[str, ...], tuple[str, ...]]:
    """Read the records of a table.

    Parameters
    ----------
    source : Source
        The source.
    piece : Piece
        The table.

    Returns
    -------
    tuple
        Records, one sentence per record that is refused, and notes.

    Raises
    ------
    SourceError
        Where it is no table, or lacks a column.
    """
    options: Options = source.options
    try:
        table = parse(read_table, piece.content, sheet=options.sheet, header_row=options.header_row)
    except UnreadableInputError as error:
        raise SourceError(source.name, f"{piece.name}: {error}") from None
    missing = missing_columns(options, table.header)
    if missing:
        raise SourceError(
            source.name,
            f"{piece.name} has no column {', '.join(map(repr, missing))}; it has "
            f"{', '.join(repr(name[:40]) for name in table.header[:20])}.",
        )
    defaults = {"claimant": source.settings.publisher}
    rows, rejected = [], list(table.rejected)
    for line, record in zip(table.lines, table.records, strict=True):
        try:
            rows.append(map_record(options, record, f"row {line}", defaults))
        except InvalidValueError as error:
            rejected.append(f"row {line}: {error}")
    known = {*options.columns.values(), *options.key, *options.ignored, options.wagons or ""}
    unknown = [name for name in table.header if name and options.columns and name not in known]
    notes = tuple(f"the column {name[:60]!r} is not mapped and left out." for name in unknown)
    return tuple(rows), tuple(rejected), notes
