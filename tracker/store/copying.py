"""All rows of one database into another: a laptop's file to the team's server, and back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.errors import WorkspaceError
from tracker.store.bulk import insert_rows
from tracker.store.database import Database
from tracker.store.tables import metadata

BATCH_ROWS = 5_000
"""Rows that are held at a time."""


def copy_rows(source: Database, target: Database) -> int:
    """Copy every row, with its key, into a database that has none.

    Parameters
    ----------
    source : Database
        Read in one transaction, so that what is written meanwhile does not come in by halves.
    target : Database
        Filled in one transaction: all of it or nothing.

    Returns
    -------
    int
        How many rows.

    Raises
    ------
    WorkspaceError
        Where the target holds rows already.
    """
    copied = 0
    with source.reading() as reading, target.writing() as writing:
        for table in metadata.sorted_tables:
            if writing.execute(sa.select(table).limit(1)).first() is not None:
                raise WorkspaceError(f"{target.name} holds rows already; name an empty one.")
            rows = reading.execution_options(yield_per=BATCH_ROWS).execute(
                sa.select(table).order_by(*table.primary_key)
            )
            for batch in rows.mappings().partitions(BATCH_ROWS):
                insert_rows(writing, table, [dict(row) for row in batch])
                copied += len(batch)
            _go_on_counting(writing, table)
    return copied


def _go_on_counting(connection: Connection, table: sa.Table) -> None:
    # A server hands out keys from a counter, which knows nothing of keys that were given.
    if connection.dialect.name != "postgresql" or "fid" not in table.columns:
        return
    highest = sa.select(sa.func.max(table.c.fid)).scalar_subquery()
    counter = sa.func.pg_get_serial_sequence(table.name, "fid")
    following = sa.func.coalesce(highest + 1, 1)
    connection.execute(sa.select(sa.func.setval(counter, following, sa.false())))
