"""Open the database that a path or an address names."""

from __future__ import annotations

from pathlib import Path

from tracker.store.database import BUSY_TIMEOUT_S, Database
from tracker.store.geopackage_file import GeoPackageFile


def open_database(
    where: Path | str, *, create: bool = False, busy_timeout_s: float = BUSY_TIMEOUT_S
) -> Database:
    """Open a database and bring its schema up to date.

    Parameters
    ----------
    where : Path or str
        A GeoPackage file, or an address that begins with `postgresql://`.
    create : bool
        Whether to make what is missing.
    busy_timeout_s : float
        How long to wait for another program's lock, seconds.

    Returns
    -------
    Database
        To be closed.

    Raises
    ------
    NotFoundError, WorkspaceError
        Where there is none, or it is of another program, newer, locked or out of reach.
    """
    if isinstance(where, str) and "://" in where:
        from tracker.store.postgis import PostgisDatabase  # noqa: PLC0415 - an extra brings psycopg

        return PostgisDatabase(where, create=create, busy_timeout_s=busy_timeout_s)
    return GeoPackageFile(Path(where), create=create, busy_timeout_s=busy_timeout_s)
