"""Ingest stores the same rows wherever texts are read."""

from __future__ import annotations

import pytest

from jobs.init import create_workspace
from jobs.intake import Wanted, take_in
from jobs.processes.executors import DASK, POOL, SERIAL
from tracker.seeds import seed_file
from tracker.store import Repository
from tracker.store.tables import metadata

BY_TIME = {"fid", "recorded_at", "captured_at", "chain", "claim_fid", "leg_fid"}
"""Columns that tell when and in which order rows were written."""
TABLES = ("report", "version", "capture", "claim", "claim_place", "movement_leg")


def rows_of(folder, executor):
    """Ingest the sample reports and give the rows that came of them."""
    workspace = create_workspace(folder)
    with Repository.open(workspace.database) as repository:
        take_in(workspace, repository, Wanted(files=(seed_file("reports"),), executor=executor))
        with repository.database.reading() as connection:
            return {name: _rows(connection, metadata.tables[name]) for name in TABLES}


def _rows(connection, table):
    kept = [column for column in table.c if column.name not in BY_TIME]
    return sorted(map(repr, connection.execute(table.select().with_only_columns(*kept)).all()))


@pytest.fixture(scope="module")
def serial(tmp_path_factory):
    """Rows of an ingest in this process."""
    rows = rows_of(tmp_path_factory.mktemp("serial") / "w", SERIAL)
    assert len(rows["claim"]) > 50
    return rows


@pytest.mark.parametrize("executor", [POOL, DASK])
def test_rows_do_not_depend_on_where_texts_are_read(tmp_path, serial, executor):
    """A pool and a cluster give exactly the rows of one process."""
    assert rows_of(tmp_path / "w", executor) == serial
