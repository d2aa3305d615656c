"""The whole line on a server: make, read, estimate, draw, look over, copy, run by the clock."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from jobs.cli import app
from jobs.runs.leader import leadership
from tracker.errors import WorkspaceError
from tracker.seeds import seed_file
from tracker.workspace import find_workspace

pytestmark = pytest.mark.postgis


def run(*words):
    """Run a command and give back what it printed."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def folder(tmp_path, postgis_address):
    """Make a workspace whose database is on a server, with the record of 2021-22."""
    folder = tmp_path / "team"
    run("init", folder, "--database", postgis_address)
    files = (seed_file("estimates.csv"), seed_file("movements.csv"))
    run("-w", folder, "ingest", *(word for file in files for word in ("--file", file)))
    return folder


def test_the_line_works_on_a_server(folder):
    """Estimates, page and briefing come out of a server's tables as out of a file's."""
    said = run(
        *("-w", folder, "estimate", "--area", "around-ukraine", "--as-of", "2022-02-18"),
        *("--from", "2022-02-18", "--to", "2022-02-18", "--json"),
    )
    run("-w", folder, "map", "--as-of", "2022-02-18", "--out", folder / "map.html")
    run("-w", folder, "brief", "--as-of", "2022-02-18")

    assert 139_000 < json.loads(said)[0]["p50"] < 181_000
    assert (folder / "map.html").stat().st_size > 100_000
    assert not (folder / "tracker.gpkg").exists()
    run("-w", folder, "doctor")


def test_a_file_moved_to_a_server_answers_alike(tmp_path, postgis_address, own_demo):
    """What a laptop estimated is what the server estimates after the move."""
    asked = ("estimate", "--area", "around-ukraine", "--as-of", "2022-01-14", "--json")
    before = run("-w", own_demo, *asked)
    run("-w", own_demo, "copy", postgis_address)
    run("init", tmp_path / "team", "--database", postgis_address)

    assert json.loads(run("-w", tmp_path / "team", *asked)) == json.loads(before)


def test_a_backup_of_a_server_is_a_file(folder, tmp_path):
    """`tracker copy` writes a GeoPackage that answers without the server."""
    run("-w", folder, "copy", tmp_path / "backup.gpkg")
    laptop = tmp_path / "laptop"
    laptop.mkdir()
    (tmp_path / "backup.gpkg").rename(laptop / "tracker.gpkg")
    asked = ("estimate", "--area", "around-ukraine", "--as-of", "2022-01-14", "--json")

    assert json.loads(run("-w", laptop, *asked)) == json.loads(run("-w", folder, *asked))


def test_two_schedulers_on_one_server_are_one_too_many(folder, tmp_path, postgis_address):
    """From whatever folder: a database has one scheduler at a time."""
    run("init", tmp_path / "other", "--database", postgis_address)

    with leadership(find_workspace(folder)) as holds:
        assert holds()
        with (
            pytest.raises(WorkspaceError, match="another process"),
            leadership(find_workspace(tmp_path / "other")),
        ):
            pass


def test_a_server_out_of_reach_leaves_no_half_made_folder(tmp_path):
    """Where the server is not there, `init` says so and can be tried again."""
    words = ["init", str(tmp_path / "team"), "--database", "postgresql://nobody@127.0.0.1:1/none"]

    result = CliRunner().invoke(app, words)

    assert result.exit_code == 1
    assert "cannot be reached" in result.output
    assert not (tmp_path / "team/tracker.toml").exists()
