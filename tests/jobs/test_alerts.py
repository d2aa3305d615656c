"""What people asked to be told is told once, and only what may be shown."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from jobs.alerts import raise_alerts
from jobs.init import create_workspace
from jobs.intake import Wanted, take_in
from tracker.api import open_workspace
from tracker.store.cursors import Cursors
from tracker.store.outbox import Outbox

HOOK = '[publish.desk]\nto = "webhook"\naddress = "https://desk.example/hook"\n'
CLAIMS = """\
id,actor,area,observed_from,published,claimant,kind,status,qualifier,best,unit,extent,quote,from,to,mode
1,RU,around-ukraine,2022-01-10,2022-01-10,A,presence,actual,exact,100000,personnel,whole,a,,,
2,RU,around-ukraine,2022-01-12,2022-01-12,B,presence,actual,exact,150000,personnel,whole,b,,,
3,RU,around-ukraine,2022-01-12,2022-01-12,C,presence,actual,exact,151000,personnel,whole,c,,,
4,RU,,2022-01-12,2022-01-12,A,movement,actual,exact,1,train,unit,d,Omsk,Gomel,rail
"""


@pytest.fixture
def desk(tmp_path):
    """Make a workspace with a jump of the figures and one train."""
    create_workspace(tmp_path / "desk")
    path = tmp_path / "claims.csv"
    path.write_text(CLAIMS)
    with open_workspace(tmp_path / "desk") as tracker:
        taken = take_in(tracker.workspace, tracker.repository, Wanted(files=(path,)))
    assert (taken.new, taken.rejected) == (4, ())
    return tmp_path / "desk"


@pytest.fixture
def raised(desk):
    """Return a function that raises alerts under these settings as of a day: kinds and messages."""

    def alerts(said, day, more=""):
        text = f'[publication]\nopen_actors = ["RU"]\n[alerts]\n{said}\n{HOOK}{more}'
        (desk / "tracker.toml").write_text(text)
        with open_workspace(desk) as tracker:
            outcome = raise_alerts(tracker, as_of=day)
            kept = Outbox(tracker.repository.database).alerts()[: outcome.counts["alerts"]]
            return [(alert.kind, alert.subject, alert.message) for alert in kept]

    return alerts


def test_a_shift_is_told_once_and_addressed_to_the_targets(raised, desk):
    """It has both intervals, stands in the site's folder and waits in the outbox."""
    assert raised("shift_percent = 20", date(2022, 1, 11)) == []
    found = raised("shift_percent = 20", date(2022, 1, 12))
    assert raised("shift_percent = 20", date(2022, 1, 12)) == []

    assert ("shift", "Around Ukraine: the estimate shifted") in [alert[:2] for alert in found]
    assert all("tracker why" in message for _, _, message in found)
    told = json.loads((desk / "site/alerts.json").read_text())
    assert [one["message"] for one in told["alerts"]] == [message for _, _, message in found]
    with open_workspace(desk) as tracker:
        assert len(Outbox(tracker.repository.database).unsent("desk")) == len(found)


def test_a_train_from_a_place_is_told_while_it_is_news(raised):
    """Within a week of its report; later it is history, and other places are none of it."""
    assert raised('train_from = ["Omsk"]', date(2022, 3, 1)) == []
    assert raised('train_from = ["Chita"]', date(2022, 1, 13)) == []

    ((kind, subject, message),) = raised('train_from = ["omsk"]', date(2022, 1, 13))

    assert (kind, subject) == ("train", "New train from omsk")
    assert "from Omsk to Gomel" in message


def test_what_is_protected_is_not_told(raised, desk):
    """A policy that withholds an actor's positions withholds the alert on them."""
    closed = "[publication]\nopen_actors = []\ndelay_hours = 87600\n[alerts]\nshift_percent = 1\n"
    (desk / "tracker.toml").write_text(closed)
    with open_workspace(desk) as tracker, time_machine.travel("2022-02-20T12:00Z"):
        assert raise_alerts(tracker, as_of=date(2022, 2, 19)).counts == {"alerts": 0}


def test_a_source_gone_silent_is_told_once_for_each_silence(raised, desk):
    """And not to the public."""
    source = (
        '[sources.cit]\nconnector = "rss"\npublisher = "x"\nenabled = true\nsilent_after_h = 24\n'
        'address = "https://cit.example/feed"\n'
    )
    with time_machine.travel(datetime(2022, 2, 1, tzinfo=UTC), tick=False) as traveller:
        with open_workspace(desk) as tracker:
            Cursors(tracker.repository.database).keep("cit", {"last": 1})
        assert raised("silence = true", None, source) == []
        traveller.shift(timedelta(hours=25))
        first = raised("silence = true", None, source)
        assert raised("silence = true", None, source) == []

    assert [kind for kind, _, _ in first] == ["silence"]
    assert json.loads((desk / "site/alerts.json").read_text())["alerts"] == []


def test_nothing_is_told_that_nobody_asked_for(raised):
    """Without settings there are no alerts."""
    assert raised("", date(2022, 2, 1)) == []
