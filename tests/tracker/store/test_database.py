"""Opening a database: what is let in, what is refused, and in which words."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import geopandas
import pytest
import shapely

from tracker.errors import (
    BusyWorkspaceError,
    DamagedWorkspaceError,
    ForeignDatabaseError,
    InvalidValueError,
    NewerSchemaError,
    NotFoundError,
    ReadOnlyWorkspaceError,
    WorkspaceError,
)
from tracker.store import Repository
from tracker.store.doctor import examine, is_healthy

NOBODY = 65534
"""User id of nobody, whom permissions bind; root may write anywhere."""


@pytest.fixture
def locked_folder():
    """Make a folder with a database that an ordinary user may read and not write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        Repository.open(folder / "tracker.gpkg", create=True).close()
        (folder / "tracker.gpkg").chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


@pytest.fixture
def ordinary_user():
    """Act as a user whom permissions bind, where the tests are run by root."""
    if os.name == "nt":
        pytest.skip("permissions of folders are a matter of Unix")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    yield
    os.seteuid(0)


def test_a_missing_file_is_named(tmp_path):
    """A database that is not there is not made by the way."""
    with pytest.raises(NotFoundError, match=r"no database .*tracker\.gpkg; run 'tracker init'"):
        Repository.open(tmp_path / "tracker.gpkg")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"{}", b"\x00" * 200, "Покровск".encode()])
def test_a_file_of_another_kind_is_refused(tmp_path, content):
    """Text, zeros and the like are no database, and stay as they are."""
    path = tmp_path / "tracker.gpkg"
    path.write_bytes(content)

    with pytest.raises(ForeignDatabaseError, match="no sqlite file, not a tracker database"):
        Repository.open(path, create=True)

    assert path.read_bytes() == content


def test_a_folder_is_refused(tmp_path):
    """A folder of the database's name is refused in one sentence."""
    with pytest.raises(WorkspaceError, match="cannot be read"):
        Repository.open(tmp_path)


def test_another_sqlite_database_is_refused(tmp_path):
    """A sqlite file of another program is refused and not written to."""
    path = tmp_path / "tracker.gpkg"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE claim (x)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(ForeignDatabaseError, match="a sqlite database of another kind"):
        Repository.open(path, create=True)

    assert path.read_bytes() == before


def test_another_geopackage_is_refused(tmp_path):
    """A GeoPackage of another program is refused and not written to."""
    path = tmp_path / "tracker.gpkg"
    frame = geopandas.GeoDataFrame(geometry=[shapely.Point(1, 2)], crs=4326)
    frame.to_file(path, layer="claim")
    before = path.read_bytes()

    with pytest.raises(ForeignDatabaseError, match="a GeoPackage of another program"):
        Repository.open(path)

    assert path.read_bytes() == before


def test_a_newer_schema_is_refused(geopackage):
    """A database of a later release is left alone."""
    with geopackage.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    geopackage.close()

    with pytest.raises(NewerSchemaError, match="schema revision 9999, which this release"):
        Repository.open(geopackage.database.path)


def test_an_interrupted_creation_is_finished(tmp_path):
    """A file that was left empty, or with the core tables alone, is made complete."""
    path = tmp_path / "tracker.gpkg"
    with Repository.open(path, create=True) as repository, repository.database.writing() as c:
        for (name,) in c.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'view'"
        ).fetchall():
            c.exec_driver_sql(f"DROP VIEW {name}")
        c.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        c.exec_driver_sql("DROP TABLE version_fts")
        for (name,) in c.exec_driver_sql(tables).fetchall():
            if not name.startswith(("gpkg_", "rtree_", "sqlite_", "version_fts")):
                c.exec_driver_sql(f"DROP TABLE {name}")

    with Repository.open(path) as repository:
        assert repository.claims() == []


@pytest.mark.usefixtures("ordinary_user")
def test_a_read_only_folder_can_be_read(locked_folder):
    """In a folder that cannot be written to, everything can be read."""
    with Repository.open(locked_folder / "tracker.gpkg") as repository:
        assert repository.claims() == []
        assert repository.areas() == []


def test_what_is_only_in_the_log_is_read(request, locked_folder, make_filed):
    """Rows that still lie in the write-ahead log are seen where nothing can be written."""
    locked_folder.chmod(0o755)
    (locked_folder / "tracker.gpkg").chmod(0o644)
    with Repository.open(locked_folder / "tracker.gpkg") as writer:
        writer.add_reports([make_filed()])
        locked_folder.chmod(0o555)
        request.getfixturevalue("ordinary_user")

        with Repository.open(locked_folder / "tracker.gpkg") as repository:
            assert len(repository.reports()) == 1


@pytest.mark.usefixtures("ordinary_user")
def test_a_read_only_folder_refuses_writing(locked_folder, make_filed):
    """Writing into such a folder fails in one sentence that says what to do."""
    with (
        Repository.open(locked_folder / "tracker.gpkg") as repository,
        pytest.raises(ReadOnlyWorkspaceError, match=r"cannot be written to; copy the workspace"),
    ):
        repository.add_reports([make_filed()])


@pytest.mark.usefixtures("ordinary_user")
def test_nothing_is_made_in_a_read_only_folder(locked_folder):
    """A new database in such a folder is refused in the same words."""
    with pytest.raises(ReadOnlyWorkspaceError, match="cannot be written to"):
        Repository.open(locked_folder / "other.gpkg", create=True)


def test_a_read_only_file_can_be_read(request, locked_folder, make_filed):
    """A file that is write-protected in a free folder can be read and not written."""
    locked_folder.chmod(0o777)
    request.getfixturevalue("ordinary_user")

    with Repository.open(locked_folder / "tracker.gpkg") as repository:
        assert repository.claims() == []
        with pytest.raises(ReadOnlyWorkspaceError):
            repository.add_reports([make_filed()])


def test_a_locked_database_says_so(geopackage, make_filed):
    """Where another program writes for too long, one sentence says so; later it works."""
    with Repository.open(geopackage.database.path, busy_timeout_s=0.05) as other:
        with (
            geopackage.transaction(),
            pytest.raises(BusyWorkspaceError, match="another program is writing to"),
        ):
            other.add_reports([make_filed()])
        assert other.add_reports([make_filed()]).new == 3


def test_a_damaged_file_says_so(geopackage, make_filed):
    """Pages overwritten with garbage are reported as damage."""
    geopackage.add_reports(make_filed(own_id=str(n), text="x" * 3000) for n in range(50))
    geopackage.close()
    path = geopackage.database.path
    data = bytearray(path.read_bytes())
    data[4096 * 4 :] = b"\xff" * (len(data) - 4096 * 4)
    path.write_bytes(data)

    with pytest.raises(DamagedWorkspaceError, match="is damaged"), Repository.open(path) as broken:
        broken.reports()


def test_half_a_character_is_refused(repository, make_filed):
    """A text with a lone surrogate cannot be kept and is refused in words."""
    with pytest.raises(InvalidValueError, match="half a character"):
        repository.add_reports([make_filed(text="\ud800")])

    assert repository.reports() == []


def test_a_transaction_is_one(repository, make_filed):
    """What is added in one transaction is there as a whole or not at all."""

    def fail():
        with repository.transaction():
            repository.add_reports([make_filed()])
            assert len(repository.reports()) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert repository.reports() == []


def test_a_name_with_odd_letters_opens(tmp_path, make_filed):
    """Letters that mean something in an address mean nothing in a file name."""
    path = tmp_path / "Смена #1 100%?.gpkg"
    with Repository.open(path, create=True) as repository:
        repository.add_reports([make_filed()])

    with Repository.open(path) as repository:
        assert len(repository.reports()) == 1
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_missing_folder_is_named(tmp_path):
    """A database is not made in a folder that is not there."""
    with pytest.raises(NotFoundError, match=r"there is no folder .*nowhere; make it first"):
        Repository.open(tmp_path / "nowhere" / "tracker.gpkg", create=True)


def test_a_copy_overwrites_nothing(geopackage, tmp_path):
    """A copy is not written over a file, nor where there is no folder."""
    (tmp_path / "there.gpkg").write_bytes(b"mine")

    with pytest.raises(WorkspaceError, match="exists already"):
        geopackage.database.copy_to(tmp_path / "there.gpkg")
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        geopackage.database.copy_to(tmp_path / "nowhere" / "copy.gpkg")

    assert (tmp_path / "there.gpkg").read_bytes() == b"mine"


def test_many_may_open_and_write_at_once(tmp_path, make_filed):
    """Programs that make, open and fill one database at the same moment wait for each other."""

    def fill(number):
        with Repository.open(tmp_path / "tracker.gpkg", create=True) as repository:
            repository.add_reports(make_filed(own_id=f"{number} {n}") for n in range(20))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fill, range(8)))

    with Repository.open(tmp_path / "tracker.gpkg") as repository:
        assert len(repository.reports()) == 160
        assert is_healthy(examine(repository.database))


COUNT = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print(*(row[0] for row in connection.execute("SELECT job FROM run ORDER BY fid")))
connection.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="locks of another kind")
def test_a_second_opening_in_one_process_frees_no_lock_of_the_first(tmp_path):
    """Another program that opens and closes the file must not throw away what is in the log."""
    path = tmp_path / "tracker.gpkg"

    def count():
        words = [sys.executable, "-c", COUNT, str(path)]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()

    with Repository.open(path, create=True) as first:
        first.ledger.start("one")
        Repository.open(path).close()
        assert count() == ["one"]
        first.ledger.start("two")
        assert count() == ["one", "two"]
