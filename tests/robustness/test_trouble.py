"""A database that is locked, and a clock that is set back."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from jobs.init import create_workspace
from jobs.intake import Wanted, take_in
from tracker.errors import BusyWorkspaceError
from tracker.reports.archive import Archive
from tracker.store import Repository
from tracker.store.doctor import examine, is_healthy
from tracker.workspace import workspace_in

NOW = datetime(2022, 2, 1, 12, tzinfo=UTC)
HEAD = "Published: 2022-01-13\nAddress: https://rail.example/1\n\n"
TEXT = HEAD + "About {} Russian tanks are in Klintsy."


@pytest.fixture
def place(tmp_path):
    """Make a workspace and a file to read."""
    create_workspace(tmp_path / "work")
    (tmp_path / "a.txt").write_text(TEXT.format(300), "utf-8")
    return workspace_in(tmp_path / "work"), Wanted(files=(tmp_path / "a.txt",))


def test_a_locked_database_is_said_and_loses_nothing(place):
    """Another program holds the lock for longer than one waits; the next run reads it all."""
    workspace, wanted = place
    holder = sqlite3.connect(workspace.file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Repository.open(workspace.file, busy_timeout_s=0.2) as repository:
        with pytest.raises(BusyWorkspaceError):
            take_in(workspace, repository, wanted)
        holder.execute("ROLLBACK")
        holder.close()
        assert take_in(workspace, repository, wanted).texts.reports == 1
        assert is_healthy(examine(repository.database, Archive(workspace.archive)))


def test_a_clock_that_is_set_back_breaks_no_order(place):
    """An edit that seems to come before its first wording is still the wording that holds."""
    workspace, wanted = place
    with Repository.open(workspace.file) as repository:
        with time_machine.travel(NOW, tick=False):
            take_in(workspace, repository, wanted)
        wanted.files[0].write_text(TEXT.format(500), "utf-8")
        with time_machine.travel(NOW - timedelta(hours=1), tick=False):
            take_in(workspace, repository, wanted)
        assert [claim.measure.best for claim in repository.claims()] == [500]
        (filed,) = repository.reports()
        known = [version.known_at for version in filed.versions]
        assert known == sorted(known)
        assert is_healthy(examine(repository.database, Archive(workspace.archive)))
