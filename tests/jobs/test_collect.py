"""Sources are read each by itself: one that fails rests, and the others go on."""

from datetime import timedelta

import pytest
import time_machine

from jobs.collect import collect
from jobs.init import create_workspace
from tracker import clock
from tracker.api import open_workspace
from tracker.store.ledger import Ledger, RunState

SOURCES = """
[sources.good]
connector = "rss"
publisher = "Rail watch"
enabled = true
every_minutes = 60
allow_hosts = ["127.0.0.1"]
address = "{good}"

[sources.gone]
connector = "rss"
publisher = "Nobody"
enabled = true
allow_hosts = ["127.0.0.1"]
address = "{gone}"

[sources.odd]
connector = "rsss"
publisher = "Somebody"
enabled = true
"""


@pytest.fixture
def desk(tmp_path, site, make_feed):
    """Open a workspace with a good source, one that is gone, and one that cannot be."""
    folder = tmp_path / "desk"
    create_workspace(folder)
    feed = make_feed(("A train", "https://news.example/1", "Four trains passed Omsk on Monday."))
    good = site.serve("/feed", feed, content_type="application/rss+xml")
    text = SOURCES.format(good=good, gone=site.address + "/none")
    (folder / "tracker.toml").write_text(text)
    with open_workspace(folder) as tracker:
        yield tracker


def states(tracker, name):
    """List how the runs of a source ended, the first one first."""
    return [str(run.state) for run in Ledger(tracker.repository.database).runs(name)][::-1]


def test_what_one_source_fails_at_stops_no_other(desk):
    """The good one is in, the others are named, each with its own line in the ledger."""
    outcome = collect(desk)

    assert outcome.state is RunState.PARTIAL
    assert any("is it 'rss'?" in line for line in outcome.lines)
    assert any(line.startswith("gone: ") and "404" in line for line in outcome.lines)
    assert states(desk, "sources.good") == ["done"]
    assert states(desk, "sources.gone") == ["failed"]
    assert len(desk.repository.reports()) == 1


def test_a_source_that_failed_rests_and_a_pause_is_kept(desk, site):
    """Fifteen minutes on: the failed one is tried again, the hourly one is left alone."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        collect(desk)
        assert any("sources.gone failed once and rests" in line for line in collect(desk).lines)
        traveller.shift(timedelta(minutes=15))
        collect(desk)
        assert states(desk, "sources.gone") == ["failed", "failed"]
        assert states(desk, "sources.good") == ["done"]
        traveller.shift(timedelta(minutes=45))
        collect(desk)

    assert states(desk, "sources.good") == ["done", "done"]


def test_a_bad_file_is_told_once_and_again_when_it_changed(desk):
    """The watched folder does not fill the log with one and the same fault."""
    bad = desk.workspace.incoming / "bad.csv"
    bad.write_bytes(b"\x00\x01")

    def told():
        return [line for line in collect(desk).lines if "bad.csv" in line]

    assert len(told()) == 1
    assert told() == []
    bad.write_bytes(b"\x00\x02\x03")
    assert len(told()) == 1


def test_named_sources_alone_are_read(desk):
    """A job with sources touches neither the others nor the watched folder."""
    outcome = collect(desk, ["good"])

    assert outcome.state is RunState.DONE
    assert states(desk, "sources.gone") == []
