"""From the columns of somebody's table to those of the claims CSV, as `tracker.toml` says."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from jobs.connector.contract import ConnectorOptions, Row
from jobs.documents.markup import fragment_text
from tracker.claims.coded_row import COLUMNS
from tracker.errors import InvalidValueError, UnreadableInputError
from tracker.movements.wagons import parse_wagon_number

_DATES = ("observed_from", "observed_to", "published", "target_date", "expected_until")
_DIGEST_CHARACTERS = 16
MOST_CELL_CHARACTERS = 20_000


class MappedOptions(ConnectorOptions):
    """How the columns of a table become those of the claims CSV."""

    columns: dict[str, str] = Field(
        default_factory=dict, description="Column of the claims CSV = column of the table."
    )
    constants: dict[str, str] = Field(
        default_factory=dict, description="Column of the claims CSV = what it always holds."
    )
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="Per column of the claims CSV: table's word = ours."
    )
    key: tuple[str, ...] = Field(
        (), description="Columns of the table that together name a record without an id."
    )
    date_format: str | None = Field(
        None, max_length=40, description="How the table writes days, as strptime has it: %d.%m.%Y."
    )
    wagons: str | None = Field(
        None, description="Column with wagon numbers, whose check digits are verified."
    )
    ignored: tuple[str, ...] = Field((), description="Columns that are known and left out.")

    @field_validator("columns", "constants", "values")
    @classmethod
    def _known(cls, said: dict[str, Any]) -> dict[str, Any]:
        unknown = [name for name in said if name not in COLUMNS]
        if unknown:
            raise ValueError(f"{', '.join(unknown)}: no column of the claims CSV")
        return said

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.columns and "id" not in self.columns and not self.key:
            raise ValueError("map a column to 'id', or name the columns of the 'key'")
        return self


def missing_columns(options: MappedOptions, header: Sequence[str]) -> list[str]:
    """Find the columns that the settings name and the table does not have.

    Parameters
    ----------
    options : MappedOptions
        The settings.
    header : sequence of str
        The table's columns.

    Returns
    -------
    list of str
        Their names; with one of them missing no record can be trusted.
    """
    wagons = (options.wagons,) if options.wagons else ()
    wanted = (*options.columns.values(), *options.key, *wagons)
    return sorted({name for name in wanted if name not in header})


def map_record(
    options: MappedOptions, record: Mapping[str, Any], where: str, defaults: Mapping[str, str]
) -> Row:
    """Turn one record into a row of the claims CSV.

    Parameters
    ----------
    options : MappedOptions
        The settings; with no `columns` the table's own names are taken.
    record : Mapping
        Cells by column: text, numbers, days or nothing.
    where : str
        Where it stands, for messages.
    defaults : Mapping of str to str
        Cells for columns that neither the table nor the settings fill.

    Returns
    -------
    Row
        Cells by column of the claims CSV; an empty cell is not stated.

    Raises
    ------
    InvalidValueError
        Where a day is not written as the settings say, or a wagon number does not check.
    """
    names = options.columns or {name: name for name in record if name in COLUMNS}
    cells = dict(defaults) | dict(options.constants)
    for name, column in names.items():
        cell = cell_text(record.get(column))
        cell = options.values.get(name, {}).get(cell, cell)
        if name in _DATES and cell and not isinstance(record.get(column), date):
            cell = _day(cell, options.date_format)
        if cell:
            cells[name] = cell
    if "id" not in names:
        cells["id"] = record_key(record, options.key)
    if options.wagons:
        cells |= _wagons(cell_text(record.get(options.wagons)), cells)
    return Row(where=where, cells=cells)


def record_key(record: Mapping[str, Any], columns: Sequence[str]) -> str:
    """Name a record by what stands in it.

    Parameters
    ----------
    record : Mapping
        Cells by column.
    columns : sequence of str
        The columns that count; all where there are none.

    Returns
    -------
    str
        16 hex digits.
    """
    told = [f"{name}={cell_text(record.get(name))}" for name in columns or sorted(record)]
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest()[
        :_DIGEST_CHARACTERS
    ]


def cell_text(cell: object) -> str:
    """Write a cell as text.

    Parameters
    ----------
    cell : object
        Text, a number, a day, an instant, or nothing.

    Returns
    -------
    str
        One line; whole numbers without a fraction, days as ISO; empty for nothing and NaN.

    Raises
    ------
    InvalidValueError
        Where it is longer than any cell may be, or its markup is not tame.
    """
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return ""
    if isinstance(cell, datetime):
        is_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if is_day else _instant(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    if len(text) > MOST_CELL_CHARACTERS:
        raise InvalidValueError(f"a cell has more than {MOST_CELL_CHARACTERS:,} characters.")
    if "<" in text:
        try:
            text = fragment_text(text)
        except UnreadableInputError as error:
            raise InvalidValueError(str(error)) from None
    return " ".join(text.split())


def _instant(at: datetime) -> str:
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def _day(cell: str, written: str | None) -> str:
    if written is None:
        return cell
    try:
        return datetime.strptime(cell, written).replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        raise InvalidValueError(f"{cell[:40]!r} is no day written as {written}.") from None


def _wagons(cell: str, cells: Mapping[str, str]) -> dict[str, str]:
    parts = (part.strip() for part in cell.replace(";", ",").split(","))
    numbers = [parse_wagon_number(part).digits for part in parts if part]
    if not numbers:
        return {}
    told = f"wagons {', '.join(numbers)}"
    note = cells.get("note")
    return {"note": f"{note}; {told}" if note else told}
