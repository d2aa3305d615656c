"""Column types, and how they are spelled for each database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
import shapely
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from tracker.errors import InvalidValueError
from tracker.store.dialect import GeoPackageDialect
from tracker.store.gpb import encode
from tracker.store.tables import metadata
from tracker.store.types import Geometry, UtcDateTime

PLAIN_TYPES = {"INTEGER", "TEXT", "DATETIME", "DATE", "DOUBLE", "BOOLEAN", "BLOB", "GEOMETRY"}
"""What GDAL takes for the type of a column in a GeoPackage, of those in use here."""


def test_columns_have_types_that_a_geopackage_knows(geopackage):
    """No table has a column that GDAL would drop or read in half its precision."""
    with geopackage.database.reading() as connection:
        for name in metadata.tables:
            rows = connection.exec_driver_sql(f"PRAGMA table_info({name})")
            assert {row[2] for row in rows} <= PLAIN_TYPES


def test_postgresql_spells_its_own_types():
    """The same tables compile to PostGIS geometry and instants with a zone."""
    words = str(CreateTable(metadata.tables["claim_place"]).compile(dialect=postgresql.dialect()))

    assert "geometry geometry(GEOMETRY,4326)" in words
    assert "recorded_at TIMESTAMP WITH TIME ZONE" in words


def test_postgis_is_given_hex_and_gives_hex():
    """A shape goes to PostGIS as hex with its reference system, packed or not, and comes back."""
    dialect = postgresql.dialect()
    point = shapely.Point(33.2, 54.6)
    plain = Geometry().process_bind_param(point, dialect)
    with_system = shapely.to_wkb(shapely.set_srid(point, 4326), hex=True, include_srid=True)

    assert plain == Geometry().process_bind_param(encode(point), dialect)
    assert plain == f"SRID=4326;{point.wkb_hex.lower()}"
    assert Geometry().process_result_value(with_system, dialect) == point


@pytest.mark.parametrize("dialect", [GeoPackageDialect(), postgresql.dialect()])
def test_instants_come_back_in_utc(dialect):
    """An instant of any zone comes back as the same instant in UTC."""
    local = datetime(2022, 1, 10, 22, tzinfo=timezone(timedelta(hours=10)))
    kind = UtcDateTime()

    read = kind.process_result_value(kind.process_bind_param(local, dialect), dialect)

    assert read == local
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2022, 1, 10),  # noqa: DTZ001 - what is refused
        datetime(2022, 1, 10, microsecond=1, tzinfo=UTC),
    ],
)
def test_instants_that_would_change_are_refused(instant):
    """An instant without a zone, or finer than what is kept, is refused and not bent."""
    with pytest.raises(InvalidValueError, match="no UTC instant in whole milliseconds"):
        UtcDateTime().process_bind_param(instant, GeoPackageDialect())


def test_instants_sort_as_text():
    """The text of a later instant is greater, so an index on it works."""
    kind, dialect = UtcDateTime(), GeoPackageDialect()
    early = datetime(2022, 1, 10, 23, 59, 59, 999000, tzinfo=UTC)
    late = datetime(2022, 1, 11, tzinfo=UTC)

    assert kind.process_bind_param(early, dialect) == "2022-01-10T23:59:59.999Z"
    assert kind.process_bind_param(early, dialect) < kind.process_bind_param(late, dialect)
