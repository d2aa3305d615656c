"""Many rows at once: one statement in sqlite, COPY on a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

FEW_ROWS = 100
"""Below so many, a plain INSERT is as fast as COPY with the table that it needs beside it."""


def insert_rows(connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    table : Table
        The table.
    rows : sequence of Mapping
        Column values; all rows have the same columns.
    """
    if not rows:
        return
    if connection.dialect.name == "postgresql" and len(rows) >= FEW_ROWS:
        _copy(connection, table, table.name, rows)
    else:
        connection.execute(sa.insert(table), list(rows))


def insert_missing(
    connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]
) -> int:
    """Insert the rows that break no uniqueness.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction.
    table : Table
        A table with a unique column or set of columns.
    rows : sequence of Mapping
        Column values; all rows have the same columns.

    Returns
    -------
    int
        How many were new.
    """
    if not rows:
        return 0
    on_server = connection.dialect.name == "postgresql"
    if on_server and len(rows) >= FEW_ROWS:
        return _copy_missing(connection, table, rows)
    insert = (postgresql if on_server else sqlite).insert(table).on_conflict_do_nothing()
    options = {"preserve_rowcount": True}
    return connection.execute(insert, list(rows), execution_options=options).rowcount


def _copy_missing(
    connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]
) -> int:
    # COPY knows no ON CONFLICT: the rows go to a table of this session, and from there on.
    columns = ", ".join(f'"{name}"' for name in rows[0])
    beside = f"incoming_{table.name}"
    run = connection.exec_driver_sql
    run(f'DROP TABLE IF EXISTS "{beside}"')
    run(
        f'CREATE TEMPORARY TABLE "{beside}" ON COMMIT DROP AS '  # noqa: S608 - names of our tables
        f'SELECT {columns} FROM "{table.name}" WITH NO DATA'
    )
    _copy(connection, table, beside, rows)
    inserted = run(
        f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM "{beside}" '  # noqa: S608
        "ORDER BY ctid ON CONFLICT DO NOTHING"
    )
    return inserted.rowcount


def _copy(
    connection: Connection, table: sa.Table, into: str, rows: Sequence[Mapping[str, Any]]
) -> None:
    names = list(rows[0])
    bind = [table.c[name].type.dialect_impl(connection.dialect) for name in names]
    turn = [kind.bind_processor(connection.dialect) for kind in bind]
    columns = ", ".join(f'"{name}"' for name in names)
    driver: Any = connection.connection.cursor()
    with driver as cursor, cursor.copy(f'COPY "{into}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(
                [
                    row[name] if process is None else process(row[name])
                    for name, process in zip(names, turn, strict=True)
                ]
            )
