"""A database with this project's tables: its transactions, and how it is brought up to date."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy.engine import Connection, Engine

from tracker.errors import NewerSchemaError, WorkspaceError
from tracker.store import schema

BUSY_TIMEOUT_S = 10.0
"""How long a transaction waits for another program's before it gives up."""

WRITING_OPTIONS: Mapping[str, Any] = {"write": True}
"""Options of a connection whose next transaction takes the write lock as it begins."""


class Database(ABC):
    """What a GeoPackage file and a PostGIS database have in common.

    Parameters
    ----------
    name : str
        How messages name it; without a password.
    engine : Engine
        Its connections.

    Notes
    -----
    There is one writer at a time, in a file as on a server: `fid` grows in the order of commits,
    which is what "the row with the highest `fid` holds" and the chain of captures rest on.
    """

    bookkeeping: ClassVar[str]
    """What the doctor calls that which `repair` mends."""

    reading_options: ClassVar[Mapping[str, Any]] = {}
    """Options of a connection that is only read."""

    def __init__(self, name: str, engine: Engine) -> None:
        self.name = name
        self.engine = engine
        self._held = threading.local()

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
        with self.engine.connect() as plain:
            connection = plain.execution_options(**self.reading_options)
            with connection.begin():
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
            connection = plain.execution_options(**WRITING_OPTIONS)
            with connection.begin():
                self._held.connection = connection
                try:
                    yield connection
                finally:
                    self._held.connection = None

    def _open_connection(self) -> Connection | None:
        held: Connection | None = getattr(self._held, "connection", None)
        return held

    def close(self) -> None:
        """Close all connections; a file's write-ahead log is folded into it."""
        self.engine.dispose()

    @abstractmethod
    def upgrade(self, revision: str = schema.HEAD) -> None:
        """Bring the schema to a revision, and the bookkeeping with it.

        Parameters
        ----------
        revision : str
            Revision to reach, by default the newest.
        """

    @abstractmethod
    def repair(self, connection: Connection) -> list[str]:
        """Make spatial indexes, search index and views match the tables.

        Parameters
        ----------
        connection : Connection
            Connection of this database, in a writing transaction.

        Returns
        -------
        list of str
            What had to be mended, one short sentence each; empty where all was sound.
        """

    @abstractmethod
    def faults(self, connection: Connection) -> dict[str, list[str]]:
        """Look for damage that only a backup mends.

        Parameters
        ----------
        connection : Connection
            Connection of this database.

        Returns
        -------
        dict
            By `file` and `references`, what is wrong with each; an empty list where it is sound.
        """

    @abstractmethod
    def leading(self) -> AbstractContextManager[Callable[[], bool]]:
        """Be the one process that runs the jobs of this database.

        Returns
        -------
        context manager
            Gives a callable that tells whether that still holds.

        Raises
        ------
        WorkspaceError
            On entering, where another process is.
        """

    def copy_to(self, path: Path) -> None:
        """Write all rows to a GeoPackage that can be handed on, with no log beside it.

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
        self._write_copy(path)

    @abstractmethod
    def _write_copy(self, path: Path) -> None:
        """Write all rows to a GeoPackage that does not exist yet."""

    @abstractmethod
    def compact(self) -> None:
        """Write the tables anew, so that nothing of deleted or changed rows is left in the files.

        Raises
        ------
        BusyWorkspaceError
            Where another program reads or writes for too long.
        """

    def _bring_up_to_date(self, revision: str | None) -> None:
        if revision == schema.HEAD:
            return
        if revision is not None and revision not in schema.REVISIONS:
            raise NewerSchemaError(self.name, revision)
        self.upgrade()


def lone_surrogate(error: object) -> str | None:
    """Put the one failure in words that both drivers report in the same way.

    Parameters
    ----------
    error : object
        What a driver raised.

    Returns
    -------
    str or None
        A sentence where a text held half a character.
    """
    if isinstance(error, UnicodeEncodeError):
        return "a text holds half a character (a lone surrogate); clean it."
    return None
