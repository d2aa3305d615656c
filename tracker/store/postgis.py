"""The team's database: the same tables in PostgreSQL with PostGIS, reached through psycopg."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, ExceptionContext

from tracker.errors import (
    BusyWorkspaceError,
    ForeignDatabaseError,
    InvalidValueError,
    NotFoundError,
    ReadOnlyWorkspaceError,
    TrackerError,
    WorkspaceError,
)
from tracker.store import schema
from tracker.store.copying import copy_rows
from tracker.store.database import BUSY_TIMEOUT_S, Database, lone_surrogate
from tracker.store.geopackage_file import GeoPackageFile
from tracker.store.rtree import rtree_name
from tracker.store.search import POSTGRESQL_INDEX
from tracker.store.tables import metadata
from tracker.store.types import Geometry
from tracker.store.views import VIEWS, drop_views

WRITE_LOCK = int.from_bytes(hashlib.sha256(b"troop-tracker writes").digest()[:8], signed=True)
"""Advisory lock of the one writer; PostgreSQL counts these locks per database."""

LEADER_LOCK = int.from_bytes(hashlib.sha256(b"troop-tracker leads").digest()[:8], signed=True)
"""Advisory lock of the one scheduler."""


class PostgisDatabase(Database):
    """A PostGIS database with this project's tables.

    Parameters
    ----------
    address : str
        `postgresql://user@host/name`; a password is better left to `~/.pgpass` or `PGPASSWORD`.
    create : bool
        Whether to make the tables where there are none; the database itself has to exist.
    busy_timeout_s : float
        How long to wait for a lock, seconds.

    Raises
    ------
    NotFoundError
        Where it holds no tables and they are not to be made.
    ForeignDatabaseError
        Where tables of another program have the names of ours.
    NewerSchemaError
        Where a later release wrote it.
    WorkspaceError
        Where the server cannot be reached, psycopg is missing or PostGIS is not installed.
    """

    bookkeeping: ClassVar[str] = "postgis"
    reading_options: ClassVar[Mapping[str, Any]] = {
        "isolation_level": "REPEATABLE READ",
        "postgresql_readonly": True,
    }

    def __init__(
        self, address: str, *, create: bool = False, busy_timeout_s: float = BUSY_TIMEOUT_S
    ) -> None:
        url = _url(address)
        super().__init__(url.render_as_string(hide_password=True), _engine(url, busy_timeout_s))
        try:
            self._bring_up_to_date(self._revision(create=create))
        except BaseException:
            self.close()
            raise

    def _revision(self, *, create: bool) -> str | None:
        with self.reading() as connection:
            revision = schema.revision_of(connection)
            tables = set(sa.inspect(connection).get_table_names())
        if revision is None and (taken := tables & set(metadata.tables)):
            raise ForeignDatabaseError(self.name, f"it has a table {min(taken)} of something else")
        if revision is None and not create:
            raise NotFoundError(f"{self.name} holds no workspace; run 'tracker init' to make one.")
        return revision

    def upgrade(self, revision: str = schema.HEAD) -> None:
        """Bring the schema to a revision, and indexes and views with it.

        Parameters
        ----------
        revision : str
            Revision to reach, by default the newest.
        """
        with self.writing() as connection:
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
            drop_views(connection)
            schema.upgrade(connection, revision)
            self.repair(connection)

    def repair(self, connection: Connection) -> list[str]:
        """Make spatial indexes, search index and views match the tables.

        Parameters
        ----------
        connection : Connection
            Connection of this database, in a writing transaction.

        Returns
        -------
        list of str
            What had to be mended.
        """
        return [*_mend_indexes(connection), *_mend_views(connection)]

    def faults(self, connection: Connection) -> dict[str, list[str]]:
        """Look for damage that only a backup mends.

        Parameters
        ----------
        connection : Connection
            Connection of this database.

        Returns
        -------
        dict
            Indexes that the server marks as unusable, under `file`; it keeps references itself.
        """
        invalid = connection.exec_driver_sql(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
        )
        return {"file": [f"index {name} is invalid" for name in invalid.scalars()]}

    def _write_copy(self, path: Path) -> None:
        copy = GeoPackageFile(path, create=True)
        try:
            copy_rows(self, copy)
        finally:
            copy.close()

    def compact(self) -> None:
        """Write the tables anew; the server's own logs and backups are its keeper's matter.

        Raises
        ------
        BusyWorkspaceError
            Where another program reads or writes for too long.
        """
        with self.engine.connect() as plain:
            connection = plain.execution_options(isolation_level="AUTOCOMMIT")
            for table in metadata.sorted_tables:
                connection.exec_driver_sql(f'VACUUM FULL "{table.name}"')

    @contextmanager
    def leading(self) -> Iterator[Callable[[], bool]]:
        """Be the one process that runs the jobs of this database.

        Yields
        ------
        callable
            Tells whether that still holds: the server frees the lock with the connection.

        Raises
        ------
        WorkspaceError
            Where another process is.
        """
        with self.engine.connect() as plain:
            held = plain.execution_options(isolation_level="AUTOCOMMIT")
            taken = sa.select(sa.func.pg_try_advisory_lock(LEADER_LOCK))
            if not held.execute(taken).scalar():
                said = f"another process runs the jobs of {self.name}; stop it first."
                raise WorkspaceError(said)
            try:
                yield lambda: _answers(held)
            finally:
                _let_go(held)


def _let_go(held: Connection) -> None:
    # A busy server notices a closed connection late: the next leader would still be refused.
    try:
        if not held.invalidated:
            held.execute(sa.select(sa.func.pg_advisory_unlock(LEADER_LOCK)))
    except WorkspaceError:
        return  # the connection broke, and the lock went with it
    finally:
        held.invalidate()


def _answers(connection: Connection) -> bool:
    try:
        return not connection.invalidated and connection.execute(sa.select(1)).scalar() == 1
    except WorkspaceError:
        return False


def _url(address: str) -> URL:
    try:
        url = sa.make_url(address)
    except (sa.exc.ArgumentError, ValueError):
        raise WorkspaceError(
            "the address of the database is not one; write postgresql://user@host/name."
        ) from None
    if url.get_backend_name() != "postgresql":
        said = (
            f"{url.get_backend_name()} databases are not read; write postgresql://user@host/name."
        )
        raise WorkspaceError(said)
    return url.set(drivername="postgresql+psycopg")


def _engine(url: URL, busy_timeout_s: float) -> Engine:
    name = url.render_as_string(hide_password=True)
    wait_ms = max(1, round(1000 * busy_timeout_s))
    try:
        engine = sa.create_engine(
            url,
            pool_pre_ping=True,
            connect_args={"options": f"-c timezone=UTC -c lock_timeout={wait_ms}"},
        )
    except ModuleNotFoundError:
        raise WorkspaceError(
            "PostGIS needs psycopg; install it with pip install 'troop-tracker[postgis]'."
        ) from None

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("write", False):
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITE_LOCK)))

    @sa.event.listens_for(engine, "handle_error")
    def explain(context: ExceptionContext) -> None:
        error = _explanation(context.original_exception, name)
        if error is not None:
            raise error from context.original_exception

    return engine


def _explanation(error: Any, name: str) -> TrackerError | None:
    # Put a failure in words; None where it is a fault of this program, whose traceback counts.
    if (said := lone_surrogate(error)) is not None:
        return InvalidValueError(said)
    if "NUL (0x00)" in str(error):
        return InvalidValueError("a text holds a NUL character, which PostgreSQL cannot keep.")
    state = getattr(error, "sqlstate", None)
    if state is None and type(error).__name__ == "OperationalError":
        return WorkspaceError(
            f"{name} cannot be reached ({str(error).splitlines()[0]}); "
            "start the server or correct the address."
        )
    for beginning, explain in _EXPLANATIONS.items():
        if (state or "").startswith(beginning):
            return explain(name, str(error).splitlines()[0])
    return None


# Classes and codes of PostgreSQL's appendix A.
_EXPLANATIONS: dict[str, Callable[[str, str], TrackerError]] = {
    "55P03": lambda name, _: BusyWorkspaceError(name),
    "40P01": lambda name, _: BusyWorkspaceError(name),
    "25006": lambda name, _: ReadOnlyWorkspaceError(name),
    "42501": lambda name, said: WorkspaceError(
        f"the user of {name} may not do this ({said}); ask whoever runs the server."
    ),
    "0A000": lambda name, said: WorkspaceError(f"{name} lacks PostGIS ({said}); install it there."),
    "58P01": lambda name, said: WorkspaceError(f"{name} lacks PostGIS ({said}); install it there."),
    "53": lambda name, said: WorkspaceError(f"{name} is out of room or connections ({said})."),
    "57P": lambda name, said: WorkspaceError(f"{name} is shutting down ({said}); try again later."),
    "08": lambda name, said: WorkspaceError(f"the connection to {name} broke ({said}); try again."),
    "28": lambda name, said: WorkspaceError(f"{name} let nobody in ({said}); correct the address."),
    "3D000": lambda name, said: WorkspaceError(f"{name} does not exist ({said}); create it first."),
    "23503": lambda _name, _said: NotFoundError(
        "a row names a report, version or claim that is not stored; add that first."
    ),
}


def _mend_indexes(connection: Connection) -> list[str]:
    there = set(
        connection.exec_driver_sql(
            "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
        ).scalars()
    )
    mended = []
    for table in metadata.sorted_tables:
        for column in table.columns:
            index = rtree_name(table.name, column.name)
            if isinstance(column.type, Geometry) and index not in there:
                connection.exec_driver_sql(
                    f'CREATE INDEX "{index}" ON "{table.name}" USING gist ("{column.name}")'
                )
                mended.append(f"built the spatial index of {table.name}")
    for name, statement in POSTGRESQL_INDEX.items():
        if name not in there:
            connection.exec_driver_sql(statement)
            mended.append("built the full-text index of the reports")
    return mended


def _mend_views(connection: Connection) -> list[str]:
    # The server rewrites what a view says, so the hash of our wording is kept beside it.
    written: dict[str, str] = dict(
        connection.exec_driver_sql(
            "SELECT relname, obj_description(oid) FROM pg_class "
            "WHERE relkind = 'v' AND relnamespace = current_schema()::regnamespace"
        ).all()
    )
    mended = []
    for view in VIEWS:
        mark = hashlib.sha256(view.select.encode()).hexdigest()
        if written.get(view.name) != mark:
            connection.exec_driver_sql(f'DROP VIEW IF EXISTS "{view.name}"')
            connection.exec_driver_sql(f'CREATE VIEW "{view.name}" AS {view.select.strip()}')
            connection.exec_driver_sql(f"COMMENT ON VIEW \"{view.name}\" IS '{mark}'")
            mended.append(f"wrote the view {view.name}")
    return mended
