"""What only a PostGIS database has: its server, its locks, its indexes, and copies both ways."""

from __future__ import annotations

import threading

import psycopg
import pytest
import shapely

from tests.postgis import address_of
from tracker.areas import Area
from tracker.errors import (
    BusyWorkspaceError,
    ForeignDatabaseError,
    InvalidValueError,
    NewerSchemaError,
    NotFoundError,
    WorkspaceError,
)
from tracker.store import Repository
from tracker.store.bulk import FEW_ROWS
from tracker.store.copying import copy_rows
from tracker.store.doctor import examine, is_healthy
from tracker.store.tables import metadata

pytestmark = pytest.mark.postgis

NORTH = Area(id="north", name="North", geometry=shapely.box(30, 50, 40, 55))


@pytest.fixture
def repository(postgis_address):
    """Use a server in every test of this module."""
    with Repository.open(postgis_address, create=True) as repository:
        yield repository


def many_areas(count):
    """Make areas enough for COPY."""
    shapes = [shapely.box(30 + i / 1000, 50, 30.0005 + i / 1000, 51) for i in range(count)]
    return [Area(id=f"a{i}", name=f"Area {i}", geometry=shape) for i, shape in enumerate(shapes)]


def test_a_database_without_tables_is_made_only_when_asked(postgis_address):
    """An address that holds nothing is no workspace until somebody makes one."""
    with pytest.raises(NotFoundError, match="run 'tracker init'"):
        Repository.open(postgis_address)

    Repository.open(postgis_address, create=True).close()
    Repository.open(postgis_address).close()


def test_tables_of_another_program_are_left_alone(postgis_address):
    """A database that has a table of one of our names is refused, and stays as it was."""
    with psycopg.connect(postgis_address) as connection:
        connection.execute("CREATE TABLE report (secret text)")

    with pytest.raises(ForeignDatabaseError, match="report"):
        Repository.open(postgis_address, create=True)
    with psycopg.connect(postgis_address) as connection:
        names = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'report'"
        )
        assert names.fetchall() == [("secret",)]


def test_a_newer_schema_is_refused(repository, postgis_address):
    """What a later release wrote is not touched by this one."""
    with repository.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerSchemaError, match="9999"):
        Repository.open(postgis_address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be reached"),
        ("mysql://host/name", "postgresql://user@host/name"),
        ("postgresql://host:notaport/name", "postgresql://user@host/name"),
    ],
)
def test_a_wrong_address_says_what_to_do(address, said):
    """An address that leads nowhere ends in one sentence."""
    with pytest.raises(WorkspaceError, match=said):
        Repository.open(address)


def test_a_password_is_never_shown(postgis_server):
    """Messages name the server without what is secret about it."""
    address = address_of(postgis_server, "missing").replace("postgres@", "postgres:hush@")

    with pytest.raises(WorkspaceError) as caught:
        Repository.open(address)

    assert "hush" not in str(caught.value)


def test_a_second_writer_waits_and_then_says_so(repository, postgis_address):
    """Two programs never write at once: the second waits for its time and gives up in words."""
    with Repository.open(postgis_address, busy_timeout_s=0.1) as other, repository.transaction():
        repository.add_areas([NORTH])
        with pytest.raises(BusyWorkspaceError):
            other.add_areas([NORTH])

    assert [area.id for area in repository.areas()] == ["north"]


def test_a_reader_sees_one_state(repository, postgis_address):
    """A question that takes long is answered as of its beginning, whatever is written meanwhile."""
    with repository.database.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM area").scalar()
        with Repository.open(postgis_address) as other:
            other.add_areas([NORTH])
        assert connection.exec_driver_sql("SELECT count(*) FROM area").scalar() == before == 0


def test_a_reader_cannot_write(repository):
    """A question changes nothing, even by mistake."""
    with pytest.raises(WorkspaceError), repository.database.reading() as connection:
        connection.exec_driver_sql("DELETE FROM area")


def test_writers_in_threads_take_turns(repository):
    """Keys grow in the order of commits, however many write."""
    threads = [
        threading.Thread(target=repository.add_areas, args=([area],)) for area in many_areas(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(repository.areas()) == 8


def test_only_one_process_leads(repository, postgis_address):
    """The second scheduler on one database is told so, and takes over when the first has gone."""
    with Repository.open(postgis_address) as other:
        with repository.database.leading() as holds:
            assert holds()
            with pytest.raises(WorkspaceError, match="another process"), other.database.leading():
                pass
        with other.database.leading() as holds:
            assert holds()


def test_leadership_passes_on_at_once(repository, postgis_address):
    """Who comes next need not wait until the server has noticed that the first one left."""
    with Repository.open(postgis_address) as other:
        for leader in [repository, other] * 20:
            with leader.database.leading() as holds:
                assert holds()


def test_a_leader_whose_connection_broke_knows_it(repository, postgis_address):
    """A server that drops the connection frees the lock, and the old leader must stop."""
    with repository.database.leading() as holds:
        with psycopg.connect(postgis_address, autocommit=True) as other:
            ended = other.execute(
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks WHERE locktype = 'advisory'"
            ).fetchall()
            assert ended == [(True,)]
        assert not holds()


def test_bulk_rows_are_those_of_single_ones(repository):
    """COPY keeps every column, geometry and JSON included, and skips what is known."""
    areas = many_areas(3 * FEW_ROWS)

    assert repository.add_areas(areas).new == len(areas)
    assert repository.add_areas(areas).new == 0
    assert sorted(repository.areas(), key=lambda area: int(area.id[1:])) == areas


@pytest.mark.parametrize(
    ("statement", "mended"),
    [
        ("DROP VIEW claims", "wrote the view claims"),
        ("DROP INDEX rtree_area_geometry", "built the spatial index of area"),
        ("DROP INDEX version_fts_words", "built the full-text index of the reports"),
        ("CREATE OR REPLACE VIEW areas_hacked AS SELECT 1", None),
    ],
)
def test_repair_mends(repository, statement, mended):
    """What a foreign hand took away is made again, and nothing else is touched."""
    with repository.database.writing() as connection:
        connection.exec_driver_sql(statement)
        assert repository.database.repair(connection) == ([mended] if mended else [])

    assert is_healthy(examine(repository.database))


def test_a_nul_character_is_refused_in_words(repository):
    """PostgreSQL keeps no NUL: whoever sends one is told so."""
    with pytest.raises(InvalidValueError, match="NUL"):
        repository.add_areas([Area(id="n", name="a\x00b", geometry=NORTH.geometry)])


def test_copies_go_both_ways(repository, postgis_address, tmp_path, make_filed):
    """A file moved to a server and back holds the same rows, and goes on counting after them."""
    with Repository.open(tmp_path / "laptop.gpkg", create=True) as laptop:
        laptop.add_areas(many_areas(3))
        laptop.add_reports([make_filed("A column left Yelnya."), make_filed("Тягач у Ельни.")])
        copy_rows(laptop.database, repository.database)
        repository.database.copy_to(tmp_path / "back.gpkg")
        with Repository.open(tmp_path / "back.gpkg") as back:
            assert all_rows(back) == all_rows(laptop)

    assert repository.add_areas([NORTH]).new == 1


def test_a_copy_overwrites_nothing(repository, tmp_path):
    """A database that holds rows is no target."""
    repository.add_areas([NORTH])
    with (
        Repository.open(tmp_path / "laptop.gpkg", create=True) as laptop,
        pytest.raises(WorkspaceError, match="holds rows already"),
    ):
        copy_rows(laptop.database, repository.database)


def all_rows(repository):
    """Read every row of every table."""
    with repository.database.reading() as connection:
        return {
            name: connection.execute(table.select().order_by(*table.primary_key)).all()
            for name, table in metadata.tables.items()
        }
