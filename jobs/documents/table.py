"""Tables: CSV, TSV and XLSX as records of cells, whatever their encoding and separator."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import python_calamine

from jobs.documents.decoding import decode
from tracker.errors import UnreadableInputError

MOST_ROWS = 500_000
MOST_COLUMNS = 1_000
MOST_CELLS = 20_000_000
MOST_UNPACKED_BYTES = 256_000_000
"""A workbook is a ZIP archive: what its members say that they unpack to, together."""
DAMAGED_ZIP = (*(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError),)
"""What the standard library raises on a damaged or an encrypted archive."""
_ZIP = b"PK\x03\x04"
_SEPARATORS = ",;\t|"
_SNIFFED_CHARACTERS = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table that was read.

    Parameters
    ----------
    header : tuple of str
        Names of the columns.
    records : tuple of dict
        Cells by column: text of a CSV; text, numbers, days or None of a workbook.
    lines : tuple of int
        Line or row in which each record ends, counted from 1.
    rejected : tuple of str
        One sentence for each row that fits no column.
    """

    header: tuple[str, ...]
    records: tuple[dict[str, Any], ...]
    lines: tuple[int, ...]
    rejected: tuple[str, ...] = ()


def read_table(
    data: bytes, *, sheet: str | None = None, header_row: int = 1, charset: str | None = None
) -> Table:
    """Read a table.

    Parameters
    ----------
    data : bytes
        CSV, TSV or XLSX, told by its bytes.
    sheet : str, optional
        Name of the sheet of a workbook; the first one by default.
    header_row : int
        Row with the names of the columns, counted from 1.
    charset : str, optional
        Encoding of a CSV as its server says.

    Returns
    -------
    Table
        Its records; blank rows are left out.

    Raises
    ------
    UnreadableInputError
        Where it is no table, or larger than a table may be.
    """
    if data.startswith(_ZIP):
        return _table(enumerate(_workbook(data, sheet), start=1), header_row)
    return _table(_delimited(decode(data, declared=charset)), header_row)


def _delimited(text: str) -> Iterator[tuple[int, Sequence[Any]]]:
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise UnreadableInputError(f"it is no table (line {reader.line_num}: {error}).") from None


def _separator(text: str) -> str:
    first = next((line for line in text[:_SNIFFED_CHARACTERS].split("\n") if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _workbook(data: bytes, sheet: str | None) -> list[list[Any]]:
    require_small_archive(data)
    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as book:
            names = book.sheet_names
            if sheet is not None and sheet not in names:
                shown = ", ".join(name[:40] for name in names[:10])
                raise UnreadableInputError(f"it has no sheet {sheet[:40]!r}; it has {shown}.")
            return book.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError, ValueError) as error:
        if isinstance(error, UnreadableInputError):
            raise
        raise UnreadableInputError(f"it is no workbook ({error}).") from None


def require_small_archive(data: bytes) -> None:
    """Refuse a ZIP archive that would unpack to more than is read.

    Parameters
    ----------
    data : bytes
        The archive.

    Raises
    ------
    UnreadableInputError
        Where it is damaged, or its members together are too large or too many.
    """
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except DAMAGED_ZIP as error:
        raise UnreadableInputError(f"it is a damaged archive ({error}).") from None
    if len(members) > 10_000 or sum(one.file_size for one in members) > MOST_UNPACKED_BYTES:
        raise UnreadableInputError(
            f"it unpacks to more than {MOST_UNPACKED_BYTES / 1e6:.0f} MB, or to too many files."
        )


def _table(rows: Iterable[tuple[int, Sequence[Any]]], header_row: int) -> Table:
    header: tuple[str, ...] = ()
    records: list[dict[str, Any]] = []
    lines: list[int] = []
    rejected: list[str] = []
    cells = 0
    for number, (line, row) in enumerate(rows, start=1):
        if number < header_row or not any(str(cell or "").strip() for cell in row):
            continue
        if not header:
            header = _header(row)
            continue
        cells += len(row)
        if len(records) >= MOST_ROWS or cells > MOST_CELLS:
            raise UnreadableInputError(f"it has more than {MOST_ROWS:,} rows; split it.")
        if any(str(cell or "").strip() for cell in row[len(header) :]):
            rejected.append(f"row {line}: it has more cells than the header has columns.")
            continue
        named = zip(header, row, strict=False)
        records.append({name: _cell(cell) for name, cell in named if name})
        lines.append(line)
    if not header:
        raise UnreadableInputError("there is no table in it.")
    return Table(
        header=header, records=tuple(records), lines=tuple(lines), rejected=tuple(rejected)
    )


def _header(row: Sequence[Any]) -> tuple[str, ...]:
    if len(row) > MOST_COLUMNS:
        raise UnreadableInputError(f"it has more than {MOST_COLUMNS:,} columns.")
    names = tuple(" ".join(str(cell or "").split()) for cell in row)
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise UnreadableInputError(f"the column {twice[0][:60]!r} stands twice in the header.")
    return names


def _cell(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell.strip()
    return cell
