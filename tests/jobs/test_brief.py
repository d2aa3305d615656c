"""Briefings are written where readers look, once a day by the clock, and the same again."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from jobs.brief import Order, brief, brief_if_due, briefings_folder, last_briefing
from tracker.api import open_workspace
from tracker.errors import InvalidValueError, NotFoundError

ORDER = Order(title="Forces", area="Around Ukraine", actor="RU", as_of=date(2022, 2, 19))


def test_both_times_fixed_give_the_same_bytes(demo, tmp_path):
    """A published briefing can be made again, whatever came in since."""
    order = Order(
        title="Forces",
        area="around-ukraine",
        actor="RU",
        as_of=date(2022, 1, 20),
        since=date(2022, 1, 13),
        as_recorded=datetime(2100, 1, 1, tzinfo=UTC),
    )
    with open_workspace(demo) as tracker:
        first = [path.read_bytes() for path in brief(tracker, order, tmp_path / "a")]
        again = [path.read_bytes() for path in brief(tracker, order, tmp_path / "b")]

    assert first == again
    assert b"2100-01-01 00:00:00 UTC" in first[0]


def test_changes_are_told_since_the_briefing_before(own_demo):
    """The demo's last one before the 19th is of 14 January; without any it is a week."""
    with open_workspace(own_demo) as tracker:
        markdown, _ = brief(tracker, ORDER)
        first, _ = brief(tracker, ORDER, own_demo / "elsewhere")

    assert "changes since 14 January 2022" in markdown.read_text("utf-8")
    assert "changes since 12 February 2022" in first.read_text("utf-8")


def test_only_briefings_count_as_briefings(tmp_path):
    """Other files in the folder, and days that are none, are passed over."""
    for name in ("2022-01-14.md", "2022-02-30.md", "notes.md", "2022-01-20.html"):
        (tmp_path / name).write_text("x")

    assert last_briefing(tmp_path, before=date(2022, 2, 1)) == date(2022, 1, 14)
    assert last_briefing(tmp_path, before=date(2022, 1, 14)) is None
    assert last_briefing(tmp_path / "none", before=date(2022, 2, 1)) is None


def test_a_day_is_briefed_once(own_demo):
    """The scheduled job writes yesterday's briefing, and never over a published one."""
    with (
        time_machine.travel(datetime(2030, 2, 20, 5, tzinfo=UTC), tick=False),
        open_workspace(own_demo) as tracker,
    ):
        written = brief_if_due(tracker, ORDER)
        again = brief_if_due(tracker, ORDER)

    assert written.name == "2030-02-19.html"
    assert again is None


def test_the_scheduled_job_briefs(own_demo, run):
    """One run of the jobs leaves a briefing beside the page."""
    before = {path.name for path in (own_demo / "site" / "briefings").iterdir()}

    assert run("jobs", "once", "-w", own_demo).exit_code == 0

    with open_workspace(own_demo) as tracker:
        after = {path.name for path in briefings_folder(tracker.workspace).iterdir()}
    assert len(after - before) == 2


@pytest.mark.parametrize(
    ("order", "error", "reason"),
    [
        (Order(title="F", area="Atlantis", actor="RU"), NotFoundError, "Atlantis"),
        (
            Order(
                title="F",
                area="crimea",
                actor="RU",
                as_of=date(2022, 1, 1),
                since=date(2022, 1, 2),
            ),
            InvalidValueError,
            "name an earlier day",
        ),
    ],
)
def test_an_order_that_cannot_be_met_is_one_sentence(demo, tmp_path, order, error, reason):
    """An unknown area and days that run backwards."""
    with open_workspace(demo) as tracker, pytest.raises(error, match=reason):
        brief(tracker, order, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_both_files(demo, run, tmp_path):
    """`tracker brief` says where they are."""
    result = run("brief", "-w", demo, "--as-of", "2022-02-18", "--out", tmp_path, "--title", "[b]X")

    assert result.exit_code == 0
    assert "2022-02-18.md" in result.stdout
    assert (tmp_path / "2022-02-18.md").read_text("utf-8").startswith("# \\[b\\]X\n")
    assert (tmp_path / "2022-02-18.html").is_file()


def test_an_instant_without_its_zone_is_refused(demo, run, tmp_path):
    """`--as-recorded` takes no day."""
    result = run("brief", "-w", demo, "--as-recorded", "2022-02-18", "--out", tmp_path)

    assert result.exit_code == 1
    assert "is no instant" in result.stderr
