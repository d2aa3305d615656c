"""One database file: opened, checked, brought up to date, and its failures put in words."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, ExceptionContext

import tracker.store.dialect  # noqa: F401 - registers sqlite+gpkg
from tracker.errors import (
    BusyWorkspaceError,
    DamagedWorkspaceError,
    ForeignDatabaseError,
    InvalidValueError,
    NewerSchemaError,
    NotFoundError,
    ReadOnlyWorkspaceError,
    TrackerError,
    WorkspaceError,
)
from tracker.store import schema
from tracker.store.geopackage import APPLICATION_ID, create_core

BUSY_TIMEOUT_S = 10.0
"""How long a transaction waits for another program's before it gives up."""

_HEADER = b"SQLite format 3\x00"


class Database:
    """A GeoPackage file with this project's tables.

    Parameters
    ----------
    path : Path
        The file.
    create : bool
        Whether to make it where it is missing.
    busy_timeout_s : float
        How long to wait for a lock, seconds.

    Raises
    ------
    NotFoundError
        Where there is no such file and it is not to be made.
    ForeignDatabaseError
        Where the file is something else.
    NewerSchemaError
        Where a later release wrote it.
    ReadOnlyWorkspaceError
        Where it has to be made or upgraded and cannot be written.
    BusyWorkspaceError
        Where another program holds it for too long.
    """

    def __init__(
        self, path: Path, *, create: bool = False, busy_timeout_s: float = BUSY_TIMEOUT_S
    ) -> None:
        self.path = path
        is_new = not path.exists() or path.stat().st_size == 0
        if is_new and not create:
            raise NotFoundError(f"there is no database {path}; run 'tracker init' to make one.")
        if is_new and not path.parent.is_dir():
            raise NotFoundError(f"there is no folder {path.parent}; make it first.")
        if is_new and not _may_write(path.parent):
            raise ReadOnlyWorkspaceError(str(path.parent))
        if not is_new:
            _refuse_other_formats(path)
        self.engine = _engine(path, busy_timeout_s)
        self._held = threading.local()
        try:
            if is_new:
                self._create()
            self._bring_up_to_date()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the database.

        Yields
        ------
        Connection
            For reading; inside a `writing` block of this thread, the one that writes.
        """
        if (held := self._open_connection()) is not None:
            yield held
            return
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that holds the write lock from its start and commits at its end.

        Yields
        ------
        Connection
            For reading and writing; rolled back where an error leaves the block. A block inside
            another one of this thread is part of the outer one.
        """
        if (held := self._open_connection()) is not None:
            yield held
            return
        with self.engine.connect() as plain:
            connection = plain.execution_options(write=True)
            with connection.begin():
                self._held.connection = connection
                try:
                    yield connection
                finally:
                    self._held.connection = None

    def _open_connection(self) -> Connection | None:
        held: Connection | None = getattr(self._held, "connection", None)
        return held

    def upgrade(self, revision: str = schema.HEAD) -> None:
        """Bring the schema to a revision.

        Parameters
        ----------
        revision : str
            Revision to reach, by default the newest.
        """
        with self.engine.connect() as plain:
            # A batch migration drops the old table: with keys on, its children would go with it.
            _driver(plain).execute("PRAGMA foreign_keys=OFF")
            connection = plain.execution_options(write=True)
            try:
                with connection.begin():
                    schema.upgrade(connection, revision)
            finally:
                _driver(plain).execute("PRAGMA foreign_keys=ON")

    def copy_to(self, path: Path) -> None:
        """Write a compact copy that can be handed on, without a write-ahead log beside it.

        Parameters
        ----------
        path : Path
            The copy; it must not exist yet.

        Raises
        ------
        WorkspaceError
            Where it exists or cannot be written.
        """
        if path.exists():
            raise WorkspaceError(f"{path} exists already; name another file.")
        self._run_alone("VACUUM INTO ?", str(path))

    def close(self) -> None:
        """Close all connections; the write-ahead log is folded into the file."""
        self.engine.dispose()

    def _create(self) -> None:
        with self.writing() as connection:
            create_core(connection)
        # Only now: GDAL reads the marks of a GeoPackage from the file, not from its log.
        self._run_alone("PRAGMA journal_mode=WAL")

    def _run_alone(self, statement: str, *values: str) -> None:
        """Run what cannot be part of a transaction."""
        with self.engine.connect() as connection:
            try:
                _driver(connection).execute(statement, values)
            except sqlite3.Error as error:
                raise _explanation(error, self.path) or error from error

    def _bring_up_to_date(self) -> None:
        with self.reading() as connection:
            _refuse_other_programs(connection, self.path)
            revision = schema.revision_of(connection)
        if revision == schema.HEAD:
            return
        if revision is not None and revision not in schema.REVISIONS:
            raise NewerSchemaError(str(self.path), revision)
        self.upgrade()


def _may_write(folder: Path) -> bool:
    # By the rights that writing will be judged by, where the system can tell.
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _refuse_other_formats(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be read: {error.strerror}.") from error
    if header != _HEADER:
        raise ForeignDatabaseError(str(path), "no sqlite file")


def _refuse_other_programs(connection: Connection, path: Path) -> None:
    if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
        raise ForeignDatabaseError(str(path), "a sqlite database of another kind")
    tables = set(sa.inspect(connection).get_table_names())
    foreign = any(not name.startswith(("gpkg_", "rtree_", "sqlite_")) for name in tables)
    if foreign and not {"alembic_version", "claim", "report"} <= tables:
        raise ForeignDatabaseError(str(path), "a GeoPackage of another program")


def _address(path: Path) -> str:
    # A database with a write-ahead log writes beside itself even when it is only read. Where it
    # cannot, and there is no log to miss, it is opened as a file that nobody changes.
    address = path.resolve().as_uri()
    if _may_write(path.parent):
        return f"{address}?mode=rwc"
    log = path.with_name(path.name + "-wal")
    has_log = log.exists() and log.stat().st_size > 0
    return f"{address}?mode=ro" if has_log else f"{address}?mode=ro&immutable=1"


def _engine(path: Path, busy_timeout_s: float) -> Engine:
    address = _address(path)

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=busy_timeout_s, check_same_thread=False)

    engine = sa.create_engine(
        "sqlite+gpkg://",
        creator=connect,
        poolclass=sa.QueuePool,
        json_serializer=_write_json,
        json_deserializer=_read_json,
    )

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("write", False)
        # A reader that turns writer in mid-transaction cannot wait for the lock: it fails at once.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @sa.event.listens_for(engine, "handle_error")
    def explain(context: ExceptionContext) -> None:
        error = _explanation(context.original_exception, path)
        if error is not None:
            raise error from context.original_exception

    return engine


def _write_json(value: Any) -> str:
    return "[]" if value == [] else json.dumps(value, ensure_ascii=False)  # most lists are empty


def _read_json(text: str) -> Any:
    return [] if text == "[]" else json.loads(text)


def _explanation(error: Any, path: Path) -> TrackerError | None:
    # Put a failure in words; None where it is a fault of this program, whose traceback counts.
    if isinstance(error, UnicodeEncodeError):
        return InvalidValueError("a text holds half a character (a lone surrogate); clean it.")
    name = str(getattr(error, "sqlite_errorname", ""))
    for beginning, explain in _EXPLANATIONS.items():
        if name.startswith(beginning):
            return explain(str(path), str(error))
    return None


_EXPLANATIONS: dict[str, Callable[[str, str], TrackerError]] = {
    "SQLITE_BUSY": lambda path, _: BusyWorkspaceError(path),
    "SQLITE_LOCKED": lambda path, _: BusyWorkspaceError(path),
    "SQLITE_READONLY": lambda path, _: ReadOnlyWorkspaceError(path),
    "SQLITE_CORRUPT": DamagedWorkspaceError,
    "SQLITE_NOTADB": DamagedWorkspaceError,
    "SQLITE_FULL": lambda path, _: WorkspaceError(
        f"there is no room left to write {path}; free some and try again."
    ),
    "SQLITE_CANTOPEN": lambda path, said: WorkspaceError(f"{path} cannot be opened ({said})."),
    "SQLITE_IOERR": lambda path, said: WorkspaceError(
        f"{path} cannot be read or written ({said})."
    ),
    "SQLITE_CONSTRAINT_FOREIGNKEY": lambda _path, _said: NotFoundError(
        "a row names a report, version or claim that is not stored; add that first."
    ),
}
