"""What the doctor finds and mends."""

from __future__ import annotations

import pytest

from tracker.reports.archive import Archive
from tracker.store import Repository
from tracker.store.doctor import MOST_LISTED, State, examine, is_healthy

ONLY_A_FILE = pytest.mark.parametrize("repository", ["geopackage"], indirect=True)
"""For what a server guards by itself or keeps in another way."""


@pytest.fixture
def archive(tmp_path):
    """Make an empty archive."""
    return Archive(tmp_path / "archive")


def broken(findings):
    """List the checks that came out broken."""
    return [finding.check for finding in findings if finding.state is State.BROKEN]


def test_a_sound_workspace_is_healthy(repository, archive, make_filed):
    """Nothing is broken and nothing had to be mended."""
    repository.add_reports([make_filed(sha256=archive.add(b"bytes"))])

    findings = examine(repository.database, archive, deep=True)

    assert {finding.state for finding in findings} == {State.SOUND}
    assert is_healthy(findings)


def test_missing_bytes_are_listed(repository, archive, make_filed):
    """Captures whose bytes are gone are named, a few of them one by one."""
    count = MOST_LISTED + 2
    repository.add_reports(
        make_filed(own_id=str(number), sha256=f"{number:064x}") for number in range(count)
    )

    findings = examine(repository.database, archive)

    (found,) = (finding for finding in findings if finding.state is State.BROKEN)
    assert found.check == "archive"
    assert f"{0:064x} is missing" in found.message
    assert "and 2 more" in found.message


def test_changed_bytes_are_found_by_a_deep_look(repository, archive, make_filed):
    """A file whose content was changed is seen where every file is hashed."""
    sha256 = archive.add(b"bytes")
    repository.add_reports([make_filed(sha256=sha256)])
    archive.path_of(sha256).write_bytes(b"other")

    assert broken(examine(repository.database, archive)) == []
    assert broken(examine(repository.database, archive, deep=True)) == ["archive"]


def test_unfinished_files_are_swept(repository, archive):
    """What a killed program left in the archive is removed."""
    archive.add(b"bytes")
    (leftover,) = archive.folder.glob("*/*")
    (leftover / "abc.tmp").write_bytes(b"half")

    states = {finding.message: finding.state for finding in examine(repository.database, archive)}

    assert states["removed 1 unfinished files"] is State.MENDED
    assert len(list(leftover.iterdir())) == 1


def test_changed_captures_are_found(repository, make_filed):
    """A capture that was changed breaks the chain at its row and nowhere else."""
    repository.add_reports(
        make_filed(own_id=str(number), sha256=f"{number:064x}") for number in range(3)
    )
    with repository.database.writing() as connection:
        connection.exec_driver_sql("UPDATE capture SET address = 'elsewhere' WHERE fid = 2")

    (found,) = (f for f in examine(repository.database) if f.check == "captures")

    assert found.state is State.BROKEN
    assert found.message.startswith("capture 2 does not follow from the one before. ")


@ONLY_A_FILE
def test_missing_rows_are_found(repository, store_claim):
    """A row that names a missing one is found."""
    store_claim()
    with repository.database.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        connection.connection.driver_connection.execute("DELETE FROM report")

    assert broken(examine(repository.database)) == ["references"]


@ONLY_A_FILE
def test_a_registration_that_somebody_deleted_is_no_missing_report(repository, store_claim):
    """It is the bookkeeping's matter: reported as that, and written anew when asked."""
    store_claim()
    with repository.database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("DELETE FROM gpkg_contents WHERE table_name = 'area'")
        driver.execute("PRAGMA foreign_keys=ON")

    assert broken(examine(repository.database, mend=False)) == ["geopackage"]
    assert "registered area" in [f.message for f in examine(repository.database)]
    assert broken(examine(repository.database, mend=False)) == []


@ONLY_A_FILE
def test_a_lost_index_is_mended_only_when_asked(repository, store_claim):
    """Without mending the fault is reported and stays; with it, it is gone."""
    store_claim()
    with repository.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE rtree_area_geometry")

    assert broken(examine(repository.database, mend=False)) == ["geopackage"]
    assert broken(examine(repository.database, mend=False)) == ["geopackage"]
    mended = [f.message for f in examine(repository.database) if f.state is State.MENDED]
    assert mended == ["rebuilt the R-tree of area"]
    assert broken(examine(repository.database, mend=False)) == []


@ONLY_A_FILE
def test_nothing_is_written_without_mending(repository, archive, make_filed):
    """A look without mending leaves the file as it is, byte for byte."""
    repository.add_reports([make_filed()])
    repository.close()
    before = repository.database.path.read_bytes()

    with Repository.open(repository.database.path) as again:
        examine(again.database, archive, mend=False)

    assert repository.database.path.read_bytes() == before
