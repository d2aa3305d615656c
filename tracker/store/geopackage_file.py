"""The embedded database: one GeoPackage file, opened, checked, and its failures put in words."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa
import stamina
from filelock import FileLock, Timeout
from sqlalchemy.engine import Connection, Engine, ExceptionContext

import tracker.store.dialect  # noqa: F401 - registers sqlite+gpkg
from tracker.errors import (
    BusyWorkspaceError,
    DamagedWorkspaceError,
    ForeignDatabaseError,
    InvalidValueError,
    NotFoundError,
    ReadOnlyWorkspaceError,
    TrackerError,
    WorkspaceError,
)
from tracker.store import schema
from tracker.store.database import BUSY_TIMEOUT_S, WRITING_OPTIONS, Database, lone_surrogate
from tracker.store.geopackage import APPLICATION_ID, create_core, repair
from tracker.store.search import rebuild_search
from tracker.store.views import drop_views


class GeoPackageFile(Database):
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

    bookkeeping: ClassVar[str] = "geopackage"

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
            _refuse_unreadable(path)
        super().__init__(str(path), _engine(path, busy_timeout_s))
        try:
            if is_new:
                self._create(busy_timeout_s)
            with self.reading() as connection:
                _refuse_other_programs(connection, path)
                revision = schema.revision_of(connection)
            self._bring_up_to_date(revision)
        except BaseException:
            self.close()
            raise

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
            connection = plain.execution_options(**WRITING_OPTIONS)
            try:
                with connection.begin():
                    drop_views(connection)
                    schema.upgrade(connection, revision)
                    repair(connection)
            finally:
                _driver(plain).execute("PRAGMA foreign_keys=ON")

    def repair(self, connection: Connection) -> list[str]:
        """Make marks, registrations, R-trees, search index and views match the tables.

        Parameters
        ----------
        connection : Connection
            Connection of this database, in a writing transaction.

        Returns
        -------
        list of str
            What had to be mended.
        """
        return repair(connection)

    def faults(self, connection: Connection) -> dict[str, list[str]]:
        """Look for damage that only a backup mends.

        Parameters
        ----------
        connection : Connection
            Connection of this database.

        Returns
        -------
        dict
            By `file` and `references`, what is wrong with each.
        """
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        rows = connection.exec_driver_sql("PRAGMA foreign_key_check")
        return {
            "file": [] if said == ["ok"] else [str(line) for line in said],
            "references": [
                f"row {fid} of {table} names a missing {parent}"
                for table, fid, parent, _ in rows
                if not table.startswith("gpkg_")  # bookkeeping, which `repair` writes anew
            ],
        }

    @contextmanager
    def leading(self) -> Iterator[Callable[[], bool]]:
        """Be the one process that runs the jobs of this file.

        Yields
        ------
        callable
            Tells that it still is: the system frees the lock only when the process ends.

        Raises
        ------
        WorkspaceError
            Where another process is.
        """
        lock = FileLock(self.path.with_name("tracker.lock"), timeout=0)
        try:
            lock.acquire()
        except Timeout:
            said = f"another process runs the jobs of {self.path.parent}; stop it first."
            raise WorkspaceError(said) from None
        try:
            yield lambda: True
        finally:
            lock.release()

    def _write_copy(self, path: Path) -> None:
        self._run_alone("VACUUM INTO ?", str(path))

    def compact(self) -> None:
        """Write the file anew and empty its log, so that no deleted word is left in either.

        Raises
        ------
        BusyWorkspaceError
            Where another program reads or writes for too long.
        """
        with self.writing() as connection:
            rebuild_search(connection)  # FTS5 keeps deleted words in its segments
        self._run_alone("VACUUM")
        with self.engine.connect() as connection:
            is_busy = _driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if is_busy:
            raise BusyWorkspaceError(str(self.path))

    def _create(self, busy_timeout_s: float) -> None:
        with self.writing() as connection:
            create_core(connection)
        # Only now: GDAL reads the marks of a GeoPackage from the file, not from its log. SQLite
        # does not wait here for others who make or open the file at this moment.
        tries = stamina.retry_context(
            on=BusyWorkspaceError,
            attempts=None,
            timeout=busy_timeout_s,
            wait_initial=0.01,
            wait_max=0.2,
        )
        for attempt in tries:
            with attempt:
                self._run_alone("PRAGMA journal_mode=WAL")

    def _run_alone(self, statement: str, *values: str) -> None:
        """Run what cannot be part of a transaction."""
        with self.engine.connect() as connection:
            try:
                _driver(connection).execute(statement, values)
            except sqlite3.Error as error:
                raise _explanation(error, self.path) or error from error


def _may_write(folder: Path) -> bool:
    # By the rights that writing will be judged by, where the system can tell.
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _refuse_unreadable(path: Path) -> None:
    # Only asked, never opened: closing a file frees every lock that this process has on it, those
    # of its other connections too (sqlite.org/howtocorrupt.html, 2.2). Another program that closed
    # the file then took itself for the last one and threw the log away.
    if path.is_dir() or not os.access(path, os.R_OK):
        raise WorkspaceError(f"{path} cannot be read: it is a folder, or not yours to read.")


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
    if (said := lone_surrogate(error)) is not None:
        return InvalidValueError(said)
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
    "SQLITE_NOTADB": lambda path, _: ForeignDatabaseError(path, "no sqlite file"),
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
