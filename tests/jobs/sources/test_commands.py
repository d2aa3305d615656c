"""`tracker ingest` and `tracker sources` on a workspace with sources on loopback."""

import json

import pytest
import time_machine

from jobs.init import create_workspace
from tracker import clock

SOURCE = """
[sources.{name}]
connector = "rss"
address = "{address}"
enabled = {enabled}
publisher = "A desk"
allow_hosts = ["127.0.0.1"]
silent_after_h = 24
"""
ENTRY = ("Trains [b]", "https://news.example/1", "On Thursday 12 trains with tanks passed Omsk.")


@pytest.fixture
def folder(tmp_path):
    """Make an empty workspace."""
    create_workspace(tmp_path / "desk")
    return tmp_path / "desk"


def add(folder, name, address, enabled="true"):
    with (folder / "tracker.toml").open("a") as file:
        file.write(SOURCE.format(name=name, address=address, enabled=enabled))


def test_the_enabled_sources_are_read_and_one_that_fails_stops_no_other(
    folder, run, site, make_feed
):
    """Exit code 3 where some could be read, 1 where none, 0 where all."""
    add(folder, "bad", site.serve("/bad", "<html><body>no feed</body></html>"))
    add(folder, "good", site.serve("/good", make_feed(ENTRY)))
    add(folder, "off", f"{site.address}/off", enabled="false")

    both, bad = run("ingest", "-w", folder), run("ingest", "bad", "-w", folder)
    good = run("ingest", "good", "-w", folder)

    assert (both.exit_code, bad.exit_code, good.exit_code) == (3, 1, 0)
    assert "good: 1 items" in both.stdout
    assert "bad: 0 items" in both.stdout
    assert "/off" not in {path for path, _ in site.asked}


def test_a_dry_run_shows_and_stores_nothing(folder, run, site, make_feed):
    """The same reading afterwards brings everything in; markup in a title is text."""
    add(folder, "good", site.serve("/good", make_feed(ENTRY)))

    dry = run("ingest", "good", "-w", folder, "--dry-run")
    real = run("ingest", "good", "-w", folder)

    assert "Trains [b]" in dry.stdout
    assert "good: 1 items, 0 rejected; none is stored." in dry.stdout
    assert "1 new reports" in real.stdout
    assert list((folder / "archive").rglob("*")) != []


def test_a_source_that_nobody_knows(folder, run):
    """A wrong name is exit code 1 with a sentence, nothing enabled is wrong usage."""
    assert run("ingest", "-w", folder).exit_code == 2
    wrong = run("ingest", "citt", "-w", folder)

    assert wrong.exit_code == 1
    assert "is it 'cit'" in wrong.stderr


def test_check_tells_fresh_from_silent_and_failing(folder, run, site, make_feed):
    """Nothing is stored; ages are in hours."""
    add(folder, "old", site.serve("/old", make_feed(ENTRY)))
    add(folder, "dead", f"{site.address}/dead")

    result = run("sources", "check", "-w", folder, "--json")

    states = {one["source"]: one for one in json.loads(result.stdout)}
    assert (states["old"]["state"], states["dead"]["state"]) == ("silent", "failing")
    assert states["old"]["age_h"] > 24
    assert "answered 404" in states["dead"]["reason"]
    assert result.exit_code == 1
    assert list((folder / "archive").rglob("*")) == []


def test_list_says_licence_and_terms(folder, run):
    """Every source of a new workspace, off, with every key."""
    result = run("sources", "list", "-w", folder, "--json")

    records = json.loads(result.stdout)
    assert {"cit", "rochan", "hajun"} <= {record["name"] for record in records}
    assert all(not record["enabled"] and record["terms"] for record in records)
    assert "cit" in run("sources", "list", "-w", folder).stdout


def test_list_says_how_often_a_source_failed(folder, run, site):
    """What rests after failures is seen without a look into the history."""
    add(folder, "dead", f"{site.address}/dead")
    job = '[jobs.read]\nrun = "ingest"\nevery_minutes = 15\n'
    with (folder / "tracker.toml").open("a") as file:
        file.write(job)
    with time_machine.travel(clock.now(), tick=False):
        run("jobs", "once", "read", "-w", folder)
        records = json.loads(run("sources", "list", "-w", folder, "--json").stdout)
        shown = run("sources", "list", "-w", folder).stdout

    dead = next(record for record in records if record["name"] == "dead")
    assert (dead["failures"], dead["changed_at"]) == (1, None)
    assert dead["resting_until"] is not None
    assert "1, rests until" in shown


def test_a_check_of_nothing_says_so(folder, run):
    """Where no source is enabled there is a sentence, not silence."""
    result = run("sources", "check", "-w", folder)

    assert result.exit_code == 0
    assert "No source is enabled" in result.stdout
