"""Coded files come in once, bad rows are named, and the archive keeps the bytes."""

import csv
import hashlib
import io

import pytest

from jobs.ingest import ingest_coded
from jobs.init import create_workspace
from tracker.reports.archive import Archive
from tracker.store.repository import Repository
from tracker.vocabulary import PlaceRole

ROW = {
    "id": "X1",
    "actor": "RU",
    "area": "Belarus",
    "observed_from": "2022-02-01",
    "published": "2022-02-05",
    "claimant": "A ministry",
    "kind": "presence",
    "status": "actual",
    "qualifier": "exact",
    "best": "30000",
    "unit": "personnel",
    "extent": "whole",
    "quote": "30,000 troops in Belarus",
}


def write(path, *rows):
    file = io.StringIO()
    columns = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(file.getvalue())
    return path


@pytest.fixture
def workspace(tmp_path):
    return create_workspace(tmp_path / "w")


def ingest(workspace, *paths, source=None):
    with Repository.open(workspace.database) as repository:
        return ingest_coded(workspace, repository, paths, source=source)


def table_sizes(workspace):
    with Repository.open(workspace.database) as repository:
        filed = repository.reports()
        return (
            len(filed),
            sum(len(one.versions) for one in filed),
            sum(len(one.captures) for one in filed),
            len(repository.claims()),
            len(repository.placed()),
        )


def test_reading_a_file_twice_changes_nothing(workspace, tmp_path):
    """The second reading finds everything known and adds no capture."""
    path = write(tmp_path / "claims.csv", ROW, {**ROW, "id": "X2", "area": "Yelnya"})

    first, sizes = ingest(workspace, path), table_sizes(workspace)
    second = ingest(workspace, path)

    assert (first.new, second.new, second.known) == (2, 0, 2)
    assert table_sizes(workspace) == sizes == (2, 2, 2, 2, 2)


def test_the_archive_holds_the_bytes_under_their_own_hash(workspace, tmp_path):
    """What sha256sum says of the file is the name of the archived bytes."""
    path = write(tmp_path / "claims.csv", ROW)
    ingest(workspace, path)

    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()

    assert Archive(workspace.archive).read(sha256) == path.read_bytes()
    with Repository.open(workspace.database) as repository:
        (filed,) = repository.reports()
    assert filed.captures[0].sha256 == sha256


def test_a_bad_row_is_named_and_the_good_ones_get_in(workspace, tmp_path):
    """The refusal tells file, line and reason."""
    path = write(tmp_path / "claims.csv", {**ROW, "best": "1e9"}, {**ROW, "id": "X2"})

    ingested = ingest(workspace, path)

    assert ingested.new == 1
    (refusal,) = ingested.rejected
    assert "claims.csv: line 2: 1,000,000,000 is beyond" in refusal


def test_a_file_that_cannot_be_read_stops_no_other(workspace, tmp_path):
    """A missing file, a folder and a binary file are named; the good file gets in."""
    (tmp_path / "binary.csv").write_bytes(b"\x00\xff\x00")
    good = write(tmp_path / "good.csv", ROW)

    ingested = ingest(workspace, tmp_path / "no.csv", tmp_path, tmp_path / "binary.csv", good)

    assert ingested.new == 1
    assert [text.rsplit(": ", 1)[1] for text in ingested.rejected][:2] == [
        "there is no such file.",
        "it is no file.",
    ]


def test_references_reach_rows_that_came_in_earlier(workspace, tmp_path):
    """A later file of the same source may correct a row of an earlier one."""
    ingest(workspace, write(tmp_path / "a.csv", ROW), source="record")
    later = {**ROW, "id": "X2", "best": "20000", "published": "2022-02-06", "corrects": "X1"}
    ingest(workspace, write(tmp_path / "b.csv", later), source="record")

    with Repository.open(workspace.database) as repository:
        (claim,) = repository.claims()

    assert claim.measure.best == 20_000


def test_a_place_that_no_table_has_stays_with_its_reason(workspace, tmp_path):
    """The claim gets in; its place has no geometry and the note names it."""
    ingested = ingest(workspace, write(tmp_path / "claims.csv", {**ROW, "area": "Atlantis"}))

    assert "'Atlantis' is in no table of places" in ingested.notes[0]
    with Repository.open(workspace.database) as repository:
        (place,) = repository.placed()
    assert (place.role, place.geometry) == (PlaceRole.AT, None)


def test_an_actor_outside_the_registry_is_noted(workspace, tmp_path):
    """It gets in, and a misspelt one is seen."""
    ingested = ingest(workspace, write(tmp_path / "claims.csv", {**ROW, "actor": "XX"}))

    assert ingested.new == 1
    assert "the actor 'XX' is unknown" in ingested.notes[0]
