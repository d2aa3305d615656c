"""The R-tree of a feature table: a virtual table and the triggers that keep it true.

The triggers are those of GeoPackage 1.4 (OGC 12-128r19, annex F.3); the sets of earlier editions
go wrong with `INSERT ... ON CONFLICT DO UPDATE`.
"""

from __future__ import annotations

from sqlalchemy.engine import Connection

_TRIGGERS = {
    "insert": """AFTER INSERT ON "{t}"
        WHEN (NEW."{c}" NOTNULL AND NOT ST_IsEmpty(NEW."{c}"))
        BEGIN INSERT OR REPLACE INTO "{r}" VALUES (NEW."{i}", {box}); END""",
    "update6": """AFTER UPDATE OF "{c}" ON "{t}"
        WHEN OLD."{i}" = NEW."{i}" AND (NEW."{c}" NOTNULL AND NOT ST_IsEmpty(NEW."{c}"))
            AND (OLD."{c}" NOTNULL AND NOT ST_IsEmpty(OLD."{c}"))
        BEGIN UPDATE "{r}" SET minx = ST_MinX(NEW."{c}"), maxx = ST_MaxX(NEW."{c}"),
            miny = ST_MinY(NEW."{c}"), maxy = ST_MaxY(NEW."{c}") WHERE id = NEW."{i}"; END""",
    "update7": """AFTER UPDATE OF "{c}" ON "{t}"
        WHEN OLD."{i}" = NEW."{i}" AND (NEW."{c}" NOTNULL AND NOT ST_IsEmpty(NEW."{c}"))
            AND (OLD."{c}" ISNULL OR ST_IsEmpty(OLD."{c}"))
        BEGIN INSERT INTO "{r}" VALUES (NEW."{i}", {box}); END""",
    "update2": """AFTER UPDATE OF "{c}" ON "{t}"
        WHEN OLD."{i}" = NEW."{i}" AND (NEW."{c}" ISNULL OR ST_IsEmpty(NEW."{c}"))
        BEGIN DELETE FROM "{r}" WHERE id = OLD."{i}"; END""",
    "update5": """AFTER UPDATE ON "{t}"
        WHEN OLD."{i}" != NEW."{i}" AND (NEW."{c}" NOTNULL AND NOT ST_IsEmpty(NEW."{c}"))
        BEGIN DELETE FROM "{r}" WHERE id = OLD."{i}";
            INSERT OR REPLACE INTO "{r}" VALUES (NEW."{i}", {box}); END""",
    "update4": """AFTER UPDATE ON "{t}"
        WHEN OLD."{i}" != NEW."{i}" AND (NEW."{c}" ISNULL OR ST_IsEmpty(NEW."{c}"))
        BEGIN DELETE FROM "{r}" WHERE id IN (OLD."{i}", NEW."{i}"); END""",
    "delete": """AFTER DELETE ON "{t}" WHEN OLD."{c}" NOT NULL
        BEGIN DELETE FROM "{r}" WHERE id = OLD."{i}"; END""",
}

_FILLED = '"{c}" NOTNULL AND NOT ST_IsEmpty("{c}")'


def rtree_name(table: str, column: str) -> str:
    """Name the R-tree of a geometry column.

    Parameters
    ----------
    table, column : str
        Table and geometry column.

    Returns
    -------
    str
        The name that the standard prescribes.
    """
    return f"rtree_{table}_{column}"


def _statements(table: str, column: str, key: str) -> dict[str, str]:
    name = rtree_name(table, column)
    corners = ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")
    box = ", ".join(f'{corner}(NEW."{column}")' for corner in corners)
    return {
        f"{name}_{suffix}": f'CREATE TRIGGER "{name}_{suffix}" '
        + " ".join(body.format(t=table, c=column, i=key, r=name, box=box).split())
        for suffix, body in _TRIGGERS.items()
    }


def is_sound(connection: Connection, table: str, column: str, key: str) -> bool:
    """Tell whether a feature table has its R-tree, all triggers, and an entry for each shape.

    Parameters
    ----------
    connection : Connection
        Connection to the GeoPackage.
    table, column, key : str
        Feature table, its geometry column and its integer key.

    Returns
    -------
    bool
        False where anything is missing or the counts differ.
    """
    run = connection.exec_driver_sql
    name = rtree_name(table, column)
    written: dict[str, str] = dict(
        run("SELECT name, sql FROM sqlite_master WHERE tbl_name IN (?, ?)", (table, name)).all()
    )
    wanted = _statements(table, column, key)
    if name not in written or any(written.get(trigger) != sql for trigger, sql in wanted.items()):
        return False
    entries = run(f'SELECT count(*) FROM "{name}"').scalar()  # noqa: S608 - names of our tables
    filled = _FILLED.format(c=column)
    shapes = run(f'SELECT count(*) FROM "{table}" WHERE {filled}').scalar()  # noqa: S608
    return bool(entries == shapes)


def build(connection: Connection, table: str, column: str, key: str) -> None:
    """Make the R-tree of a feature table anew.

    Parameters
    ----------
    connection : Connection
        Connection to the GeoPackage, in a writing transaction.
    table, column, key : str
        Feature table, its geometry column and its integer key.
    """
    run = connection.exec_driver_sql
    name = rtree_name(table, column)
    statements = _statements(table, column, key)
    for trigger in statements:
        run(f'DROP TRIGGER IF EXISTS "{trigger}"')
    run(f'DROP TABLE IF EXISTS "{name}"')
    run(f'CREATE VIRTUAL TABLE "{name}" USING rtree(id, minx, maxx, miny, maxy)')
    for statement in statements.values():
        run(statement)
    corners = ", ".join(f'{f}("{column}")' for f in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"))
    filled = _FILLED.format(c=column)
    run(f'INSERT INTO "{name}" SELECT "{key}", {corners} FROM "{table}" WHERE {filled}')  # noqa: S608
