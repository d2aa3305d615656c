"""Where the next reading of each source goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.store.database import Database
from tracker.store.tables import metadata

_source = metadata.tables["source"]


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptCursor:
    """What is remembered of a source.

    Parameters
    ----------
    cursor : Mapping
        JSON values, as its connector understands them.
    changed_at : datetime
        When the source last gave something new, aware UTC.
    """

    cursor: Mapping[str, Any]
    changed_at: datetime


class Cursors:
    """The memory of sources.

    Parameters
    ----------
    database : Database
        The open file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, name: str) -> KeptCursor | None:
        """Read what is remembered of a source.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        KeptCursor or None
            None where it was never read.
        """
        columns = (_source.c.cursor, _source.c.changed_at)
        with self._database.reading() as connection:
            row = connection.execute(sa.select(*columns).where(_source.c.name == name)).first()
        return None if row is None else KeptCursor(cursor=row[0], changed_at=row[1])

    def keep(self, name: str, cursor: Mapping[str, Any]) -> bool:
        """Remember where the next reading goes on.

        Parameters
        ----------
        name : str
            Name of the source.
        cursor : Mapping
            JSON values.

        Returns
        -------
        bool
            Whether that changed; nothing is written where it did not.
        """
        kept = self.read(name)
        if kept is not None and kept.cursor == dict(cursor):
            return False
        row = {"cursor": dict(cursor), "changed_at": clock.now()}
        with self._database.writing() as connection:
            update = sa.update(_source).where(_source.c.name == name).values(row)
            if connection.execute(update).rowcount == 0:
                connection.execute(sa.insert(_source).values(name=name, **row))
        return True
