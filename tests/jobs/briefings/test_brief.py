"""Briefings are written where readers look, once a day by the clock, and the same again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from threadpoolctl import threadpool_limits

from jobs.briefings.brief import (
    Order,
    brief,
    brief_if_due,
    briefings_folder,
    compose,
    last_briefing,
)
from jobs.briefings.orders import brief_series
from jobs.settings import read_settings
from tracker.api import open_workspace
from tracker.errors import InvalidValueError, NotFoundError
from tracker.publication import Policy, Rule
from tracker.publication.policy import MOST_DELAY_HOURS

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
        with threadpool_limits(limits=7, user_api="blas"):
            again = [path.read_bytes() for path in brief(tracker, order, tmp_path / "b")]

    assert first == again
    assert b"2100-01-01 00:00:00 UTC" in first[0]


def test_changes_are_told_since_the_briefing_before(own_demo):
    """The demo's last one before the 19th is of 14 January; without any it is a week."""
    with open_workspace(own_demo) as tracker:
        markdown = brief(tracker, ORDER)[0]
        first = brief(tracker, ORDER, own_demo / "elsewhere")[0]

    assert "known since 14 January 2022" in markdown.read_text("utf-8")
    assert "known since 12 February 2022" in first.read_text("utf-8")


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
    endings = {Path(name).suffix for name in after - before}
    assert endings >= {".md", ".html", ".json", ".eml", ".atom"}


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


def test_a_week_is_briefed_on_its_sunday(own_demo):
    """A weekly series tells of the week that ended last, once, in its own folder."""
    order = replace(ORDER, series="weekly", cadence="weekly", formats=("md", "html"))
    with open_workspace(own_demo) as tracker:
        with time_machine.travel(datetime(2030, 2, 20, 5, tzinfo=UTC), tick=False):  # a Wednesday
            written = brief_if_due(tracker, order)
        with time_machine.travel(datetime(2030, 2, 24, 5, tzinfo=UTC), tick=False):
            again = brief_if_due(tracker, order)

    assert written == own_demo / "site" / "briefings" / "weekly" / "2030-02-17.html"
    assert again is None


def test_settings_declare_series(own_demo):
    """`[briefings.NAME]` says area, language and cadence; what it leaves out is the page's."""
    settings = own_demo / "tracker.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f'{text}\n[briefings.crimea]\narea = "crimea"\nlang = "uk"\n', "utf-8")

    with open_workspace(own_demo) as tracker:
        said = read_settings(settings)
        (path,) = brief_series(tracker, said)

    assert path.parent.name == "crimea"
    assert 'lang="uk"' in path.read_text("utf-8")


def test_a_formation_that_nobody_names_is_refused_with_what_is_near(demo, tmp_path):
    """A misspelt formation gives no empty page but an error with names that are meant."""
    order = replace(ORDER, formation="23rd Special Purpose Airborne Detachment")

    with open_workspace(demo) as tracker, pytest.raises(NotFoundError, match="names a formation"):
        brief(tracker, order, tmp_path)

    assert not list(tmp_path.iterdir())


def test_an_actor_that_nobody_knows_is_refused(demo, tmp_path):
    """A misspelt actor gives no empty page."""
    order = replace(ORDER, actor="Rusia")

    with open_workspace(demo) as tracker, pytest.raises(NotFoundError, match="actor 'Rusia'"):
        brief(tracker, order, tmp_path)


def test_an_actor_may_be_named_in_an_order(demo, tmp_path):
    """The briefing on "Russia" is that on RU."""
    with open_workspace(demo) as tracker:
        named = compose(tracker, replace(ORDER, actor="Russia"), tmp_path)

    assert named.edition.actor == "RU"


def test_a_quiet_week_of_a_formation_says_what_is_known_of_it(demo, tmp_path):
    """The page counts what was public before, with references, where nothing new came in."""
    order = replace(
        ORDER, formation="5th Guards Tank Brigade", as_of=date(2022, 2, 10), since=date(2022, 2, 3)
    )

    with open_workspace(demo) as tracker:
        text = brief(tracker, order, tmp_path)[0].read_text("utf-8")

    told = "2 claims on it are public so far, the latest of 20 January 2022. \\[1\\] \\[2\\]"
    assert f"5th Guards Tank Brigade: {told}" in text


def test_a_briefing_on_a_formation_tells_of_nothing_else(demo, tmp_path):
    """Only claims that name it are news, and no area's number is given."""
    order = replace(ORDER, formation="36th Combined Arms Army", as_of=date(2022, 1, 14))
    with open_workspace(demo) as tracker:
        briefing = compose(tracker, order, tmp_path)

    assert briefing.figures == ()
    assert briefing.headline[1].text.startswith("36th Combined Arms Army")
    news = [one.text for section in briefing.news for one in section.statements]
    assert news
    assert all("36th Combined Arms Army" in text for text in news)


def test_what_is_held_back_leaves_no_trace(demo, tmp_path):
    """It stands in no section, reason, reference, number or movement, and the reader is told."""
    policy = Policy(rules=(Rule(actors=("RU",), delay_hours=MOST_DELAY_HOURS),))
    with open_workspace(demo) as tracker:
        briefing = compose(tracker, replace(ORDER, policy=policy), tmp_path)

    assert briefing.references == ()
    assert briefing.figures == ()
    assert briefing.news == ()
    assert "not shown yet" in briefing.withheld[0]
