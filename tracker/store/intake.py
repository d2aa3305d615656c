"""Values into rows, in bulk, inside the caller's transaction; saying a thing twice adds nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store.bulk import insert_missing, insert_rows
from tracker.store.tables import metadata
from tracker.store.value_rows import Row

Item = TypeVar("Item")

BATCH_ROWS = 2_000
"""Rows that one statement takes: more is not faster and holds more memory."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """How much of what was given was new.

    Parameters
    ----------
    new : int
        Rows that the database did not have.
    known : int
        Values that it already had, word for word.
    clashing : tuple of str
        Ids that came twice in one call with different content; the first was kept.
    """

    new: int = 0
    known: int = 0
    clashing: tuple[str, ...] = ()

    def __add__(self, other: Added) -> Added:
        return Added(
            new=self.new + other.new,
            known=self.known + other.known,
            clashing=self.clashing + other.clashing,
        )


def batches(items: Iterable[Item], size: int = BATCH_ROWS) -> Iterator[list[Item]]:
    """Cut a stream into lists.

    Parameters
    ----------
    items : iterable
        The stream.
    size : int
        Length of each list but the last.

    Yields
    ------
    list
        The next items, never empty.
    """
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


def insert_new(connection: Connection, table: str, rows: Sequence[Row], at: datetime) -> int:
    """Insert the rows that break no uniqueness.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    table : str
        A table with a unique column or pair of columns.
    rows : sequence of dict
        Column values without `recorded_at`.
    at : datetime
        When they are recorded, aware UTC.

    Returns
    -------
    int
        How many were new.
    """
    if not rows:
        return 0
    target = metadata.tables[table]
    if "recorded_at" in target.columns:
        for row in rows:
            row["recorded_at"] = at
    return insert_missing(connection, target, rows)


def insert_changed(
    connection: Connection, table: str, rows: Sequence[Row], key: Sequence[str], at: datetime
) -> Added:
    """Insert the rows that say something else than the latest row with their key.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    table : str
        A table with `content`.
    rows : sequence of dict
        Column values with `content`, without `recorded_at`.
    key : sequence of str
        Columns that name the thing; the first one is indexed.
    at : datetime
        When they are recorded, aware UTC.

    Returns
    -------
    Added
        Counts; a second row of a key with other content is clashing.
    """
    if not rows:
        return Added()
    held = _latest(connection, table, key, {row[key[0]] for row in rows})
    fresh: dict[tuple[Hashable, ...], Row] = {}
    clashing = []
    seen: dict[tuple[Hashable, ...], str] = {}
    for row in rows:
        name = tuple(row[column] for column in key)
        if seen.setdefault(name, row["content"]) != row["content"]:
            clashing.append(str(row.get("id", name)))
        elif held.get(name) != row["content"]:
            fresh[name] = row | {"recorded_at": at}
    if fresh:
        insert_rows(connection, metadata.tables[table], list(fresh.values()))
    known = len(rows) - len(fresh) - len(clashing)
    return Added(new=len(fresh), known=known, clashing=tuple(clashing))


def _latest(
    connection: Connection, table: str, key: Sequence[str], names: set[Any]
) -> dict[tuple[Hashable, ...], str]:
    # Look up the content of the latest row of each key.
    columns = metadata.tables[table].columns
    wanted = [columns[name] for name in key]
    select = sa.select(*wanted, columns.content).order_by(columns.fid)
    rows = connection.execute(select.where(columns[key[0]].in_(sorted(names))))
    return {tuple(row[:-1]): row[-1] for row in rows}


def latest_fids(connection: Connection, table: str, ids: Iterable[str]) -> dict[str, int]:
    """Look up the key of the latest row of each id.

    Parameters
    ----------
    connection : Connection
        Connection to the database.
    table : str
        A table with `id`.
    ids : iterable of str
        The ids.

    Returns
    -------
    dict
        `fid` by id, without the ids that no row has.
    """
    columns = metadata.tables[table].columns
    select = sa.select(columns.id, sa.func.max(columns.fid)).group_by(columns.id)
    rows = connection.execute(select.where(columns.id.in_(sorted(set(ids)))))
    return dict(rows.all())
