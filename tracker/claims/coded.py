"""Coded claims: the one CSV format in which people hand over claims that they read themselves.

Each row is one statement of one publication. It becomes a report of its own (named by the file's
source and the row's id), whose text is the coder's wording, and one claim that quotes it.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from tracker.claimants import Claimants
from tracker.claims.coded_row import COLUMNS, REQUIRED, CodedClaim, read_row
from tracker.errors import InvalidValueError, RecordRejectedError, UnreadableInputError

MOST_BYTES = 200_000_000
"""Largest file read in one piece; a million rows of this format take about half of it."""
MOST_CELL_CHARACTERS = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class CodedFile:
    """What a file of coded claims holds.

    Parameters
    ----------
    claims : tuple of CodedClaim
        Accepted rows, in order.
    rejected : tuple of RecordRejectedError
        Rows that were refused, with line and reason.
    unknown_columns : tuple of str
        Columns that the format does not know; they are ignored.
    """

    claims: tuple[CodedClaim, ...]
    rejected: tuple[RecordRejectedError, ...] = ()
    unknown_columns: tuple[str, ...] = ()


def read_coded(data: bytes, *, source: str, claimants: Claimants | None = None) -> CodedFile:
    """Read a file of coded claims.

    Parameters
    ----------
    data : bytes
        The file, UTF-8 with or without byte order mark, comma-separated, with a header line.
    source : str
        Id under which its rows are known; with a row's id it names the report.
    claimants : Claimants, optional
        Registry that knows ids and grades of claimants; by default none are known.

    Returns
    -------
    CodedFile
        Accepted rows, refused rows, unknown columns. References between rows (`relays`,
        `corrects`) still name row ids: `resolve_references` turns them into claim ids.

    Raises
    ------
    UnreadableInputError
        Where the file is too large, no text in UTF-8, or lacks a column.
    """
    reader = csv.DictReader(io.StringIO(_decode(data), newline=""), strict=True)
    header = _header(reader)
    claims: list[CodedClaim] = []
    rejected: list[RecordRejectedError] = []
    seen: set[str] = set()
    for line, row in _rows(reader, rejected):
        try:
            coded = read_row(row, source, claimants or Claimants(()))
        except InvalidValueError as error:
            rejected.append(RecordRejectedError(line, str(error)))
            continue
        if coded.row_id in seen:
            reason = f"the id {coded.row_id!r} stands twice in the file."
            rejected.append(RecordRejectedError(line, reason))
            continue
        seen.add(coded.row_id)
        claims.append(coded)
    unknown = tuple(name for name in header if name not in COLUMNS)
    return CodedFile(claims=tuple(claims), rejected=tuple(rejected), unknown_columns=unknown)


def resolve_references(
    coded: tuple[CodedClaim, ...], known: Callable[[str], str | None] = lambda _: None
) -> tuple[tuple[CodedClaim, ...], tuple[str, ...]]:
    """Turn the row ids in `relays` and `corrects` into claim ids.

    Parameters
    ----------
    coded : tuple of CodedClaim
        Rows of one source, of one file or several.
    known : Callable
        Finds the claim id of a row that was ingested earlier, or None.

    Returns
    -------
    tuple of CodedClaim
        The rows with claim ids.
    tuple of str
        One sentence for each reference that nothing answers to; it was left out.
    """
    ids = {row.row_id: row.claim.id for row in coded}
    missing: list[str] = []

    def resolved(row: CodedClaim, references: tuple[str, ...]) -> tuple[str, ...]:
        found = {name: ids.get(name) or known(name) for name in references}
        missing.extend(
            f"{row.row_id} refers to {name}, which is not known."
            for name in found
            if not found[name]
        )
        return tuple(claim_id for claim_id in found.values() if claim_id)

    rows = tuple(
        replace(
            row,
            claim=replace(
                row.claim,
                relays=resolved(row, row.claim.relays),
                corrects=resolved(row, row.claim.corrects),
            ),
        )
        for row in coded
    )
    return rows, tuple(missing)


def _decode(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise UnreadableInputError(
            f"the file has {len(data) / 1e6:.0f} MB, more than the {MOST_BYTES / 1e6:.0f} MB "
            "that are read at once; split it."
        )
    if not data.strip():
        raise UnreadableInputError("the file is empty.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInputError(
            f"the file is no UTF-8 text (byte {error.start}); save it as CSV UTF-8."
        ) from None
    if "\x00" in text:
        raise UnreadableInputError("the file is binary, not CSV text.")
    return text


def _header(reader: csv.DictReader[str]) -> list[str]:
    csv.field_size_limit(MOST_CELL_CHARACTERS)
    try:
        header = [name.strip() for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise UnreadableInputError(f"the header line is no CSV: {error}.") from None
    reader.fieldnames = header
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        near = difflib.get_close_matches(missing[0], header, n=1)
        hint = f" (is it {near[0][:40]!r}?)" if near else ""
        raise UnreadableInputError(
            f"the column {missing[0]!r} is missing{hint}; a file of claims needs the columns "
            f"{', '.join(REQUIRED)}."
        )
    twice = [name for name in header if name in COLUMNS and header.count(name) > 1]
    if twice:
        raise UnreadableInputError(f"the column {twice[0]!r} stands twice in the header.")
    return header


def _rows(
    reader: csv.DictReader[str], rejected: list[RecordRejectedError]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            rejected.append(RecordRejectedError(reader.line_num, f"no CSV row: {error}."))
            continue
        if None in row:
            reason = "it has more cells than the header has columns; quote cells with commas."
            rejected.append(RecordRejectedError(reader.line_num, reason))
            continue
        yield reader.line_num, {name: (cell or "").strip() for name, cell in row.items() if name}
