"""Column types that hold geometries and UTC instants alike in a GeoPackage and in PostGIS."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

import shapely
import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry
from sqlalchemy.dialects.postgresql.base import ischema_names as _postgresql_names
from sqlalchemy.dialects.sqlite.base import ischema_names as _sqlite_names
from sqlalchemy.engine import Dialect

from tracker.errors import InvalidValueError
from tracker.store import gpb

GEOMETRY_TYPES = (
    "GEOMETRY",
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
)
"""Names of geometry columns (OGC 12-128r19, annex G, core types)."""


class _Spelled(sa.types.UserDefinedType[Any]):
    """A column type that is written as it is spelled."""

    cache_ok = True

    def __init__(self, spelling: str) -> None:
        self.spelling = spelling

    def get_col_spec(self, **_: Any) -> str:
        return self.spelling


class Geometry(sa.types.TypeDecorator[Any]):
    """Keep a shapely geometry: GeoPackage binary in sqlite, hex WKB in PostGIS.

    Parameters
    ----------
    geometry_type : str
        One of `GEOMETRY_TYPES`.
    srid : int
        Id of the reference system.

    Notes
    -----
    psycopg sends text as of unknown type, so PostGIS parses the hex itself and gives hex back;
    nothing beyond shapely is needed.
    """

    impl = sa.LargeBinary
    cache_ok = True

    def __init__(self, geometry_type: str = "GEOMETRY", srid: int = gpb.WGS84) -> None:
        self.geometry_type = geometry_type
        self.srid = srid
        super().__init__()

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Choose the column type of a database.

        Parameters
        ----------
        dialect : Dialect
            The database.

        Returns
        -------
        TypeEngine
            `geometry(TYPE, srid)` in PostgreSQL, `TYPE` elsewhere.
        """
        if dialect.name == "postgresql":
            return _Spelled(f"geometry({self.geometry_type},{self.srid})")
        return _Spelled(self.geometry_type)

    def process_bind_param(self, value: BaseGeometry | bytes | None, dialect: Dialect) -> Any:
        """Write a geometry.

        Parameters
        ----------
        value : shapely Geometry or bytes or None
            Two-dimensional; bytes where it is packed as GeoPackage binary already.
        dialect : Dialect
            The database.

        Returns
        -------
        bytes or str or None
            What the database takes.
        """
        if value is None:
            return None
        blob = value if isinstance(value, bytes) else gpb.encode(value, self.srid)
        if dialect.name == "postgresql":
            return f"SRID={self.srid};{gpb.wkb_of(blob).hex()}"
        return blob

    def process_result_value(self, value: Any, dialect: Dialect) -> BaseGeometry | None:
        """Read a geometry.

        Parameters
        ----------
        value : bytes or str or None
            What the database gives.
        dialect : Dialect
            The database.

        Returns
        -------
        shapely Geometry or None
            The geometry, without an id of its reference system.
        """
        if value is None:
            return None
        if dialect.name == "postgresql":
            return cast("BaseGeometry", shapely.set_srid(shapely.from_wkb(value), 0))
        return gpb.decode(value)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Keep an aware UTC instant to the millisecond.

    `YYYY-MM-DDTHH:MM:SS.sssZ` in sqlite, which sorts as time and which GDAL reads as an instant;
    `timestamptz` in PostgreSQL.
    """

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Choose the column type of a database.

        Parameters
        ----------
        dialect : Dialect
            The database.

        Returns
        -------
        TypeEngine
            `timestamptz` in PostgreSQL, `DATETIME` elsewhere.
        """
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.DateTime(timezone=True))
        return _Spelled("DATETIME")

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Write an instant.

        Parameters
        ----------
        value : datetime or None
            Aware.
        dialect : Dialect
            The database.

        Returns
        -------
        str or datetime or None
            What the database takes.

        Raises
        ------
        InvalidValueError
            Where the instant has no zone or is finer than a millisecond.
        """
        if value is None:
            return None
        if value.tzinfo is None or value.microsecond % 1000:
            raise InvalidValueError(f"{value.isoformat()} is no UTC instant in whole milliseconds.")
        if dialect.name == "postgresql":
            return value.astimezone(UTC)
        return utc_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read an instant.

        Parameters
        ----------
        value : str or datetime or None
            What the database gives.
        dialect : Dialect
            The database.

        Returns
        -------
        datetime or None
            Aware UTC.
        """
        return None if value is None else utc_instant(value)


def utc_instant(kept: str | datetime) -> datetime:
    """Read an instant as the database keeps it.

    Parameters
    ----------
    kept : str or datetime
        Text from a file, aware instant from a server.

    Returns
    -------
    datetime
        Aware UTC.
    """
    instant = datetime.fromisoformat(kept) if isinstance(kept, str) else kept
    return instant.astimezone(UTC)


@lru_cache(maxsize=4096)  # rows of one batch share most of their instants
def utc_text(instant: datetime) -> str:
    """Write an instant as the database keeps it.

    Parameters
    ----------
    instant : datetime
        Aware.

    Returns
    -------
    str
        `YYYY-MM-DDTHH:MM:SS.sssZ`.
    """
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _reflected(name: str) -> type[Geometry]:
    def make(self: Geometry, *_: Any, **__: Any) -> None:
        Geometry.__init__(self, name)

    return type(name, (Geometry,), {"__init__": make, "cache_ok": True})


class _ReflectedPostgis(Geometry):
    cache_ok = True

    def __init__(self, geometry_type: str = "GEOMETRY", srid: int | str = gpb.WGS84) -> None:
        super().__init__(str(geometry_type).upper(), int(srid))


for _name in GEOMETRY_TYPES:
    _sqlite_names.setdefault(_name, _reflected(_name))
_postgresql_names.setdefault("geometry", _ReflectedPostgis)
