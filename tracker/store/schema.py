"""The schema's revisions: what a database has, what this release knows, how to get there."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel.sql.sqltypes import AutoString

from tracker.store.tables import metadata
from tracker.store.types import Geometry, UtcDateTime

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every revision that this release knows, oldest first; a test holds it to the files."""

HEAD = REVISIONS[-1]

_MADE_BESIDE = ("table", "index")
_BOOKKEEPING = ("gpkg_", "rtree_", "sqlite_", "version_fts", "spatial_ref_sys", "layer_styles")


def revision_of(connection: Connection) -> str | None:
    """Read the schema revision of a database.

    Parameters
    ----------
    connection : Connection
        Connection to the database.

    Returns
    -------
    str or None
        The revision; None where there is none.
    """
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return revision


def upgrade(connection: Connection, revision: str = HEAD) -> None:
    """Bring the tables of a database to a revision; its bookkeeping is `Database.upgrade`'s work.

    Parameters
    ----------
    connection : Connection
        Connection in a writing transaction, which the caller commits; no view in the way, and in
        sqlite foreign keys switched off, because a rebuilt table is dropped on the way.
    revision : str
        Revision to reach.
    """
    from alembic import command  # noqa: PLC0415 - slow, and most openings have nothing to upgrade
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", "tracker.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def differences(connection: Connection) -> list[str]:
    """Compare the tables of a database with those that this release works with.

    Parameters
    ----------
    connection : Connection
        Connection to the database.

    Returns
    -------
    list of str
        What alembic would have to change; empty where both agree.
    """
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - slow, rarely needed
    from alembic.migration import MigrationContext  # noqa: PLC0415 - as above

    options = {key: value for key, value in compare_options().items() if key != "render_item"}
    context = MigrationContext.configure(connection, opts=options)
    return [" ".join(map(str, change)) for change in compare_metadata(context, metadata)]


def compare_options() -> dict[str, Any]:
    """Tell alembic how to compare the tables with a database and how to write migrations.

    Returns
    -------
    dict
        Options of alembic's `MigrationContext`.
    """
    return {
        "target_metadata": metadata,
        "render_as_batch": True,
        "transactional_ddl": True,
        "include_name": _is_ours,
        "compare_type": _differs,
        "render_item": _render,
    }


def _is_ours(name: str | None, kind: str, _: Any) -> bool:
    return kind not in _MADE_BESIDE or not (name or "").startswith(_BOOKKEEPING)


def _differs(context: Any, _inspected: Any, _column: Any, _found: Any, wanted: Any) -> bool | None:
    # Skip types that databases give back under another name.
    if context.dialect.name == "sqlite" or isinstance(wanted, (Geometry, UtcDateTime)):
        return False
    return None


def _render(kind: str, item: Any, context: Any) -> str | bool:
    if kind == "type" and isinstance(item, Geometry):
        context.imports.add("from tracker.store.types import Geometry, UtcDateTime")
        return f'Geometry("{item.geometry_type}")'
    if kind == "type" and isinstance(item, UtcDateTime):
        context.imports.add("from tracker.store.types import Geometry, UtcDateTime")
        return "UtcDateTime()"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False
