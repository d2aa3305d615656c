"""The questions that people ask in Python have the promised answers."""

import subprocess
import sys
from datetime import date

import pandas as pd
import pytest

import tracker
from tracker.errors import InvalidValueError, NotAWorkspaceError, NotFoundError


@pytest.fixture
def t(demo):
    with tracker.open(demo) as opened:
        yield opened


def test_importing_the_package_loads_nothing_heavy():
    """`import tracker` alone costs nothing: pandas comes with the first question."""
    code = "import sys, tracker; print(any(m in sys.modules for m in ('pandas', 'sqlalchemy')))"

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "False"


def test_unknown_names_are_attribute_errors():
    """The lazy surface does not invent names."""
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = tracker.nonsense


def test_claims_are_a_geodataframe_in_degrees(t):
    """One row per claim and place, with the words and who said them."""
    frame = t.claims(actor="RU", as_of=date(2022, 2, 18))

    assert frame.crs == "EPSG:4326"
    assert {"id", "quote", "claimant", "role", "place", "radius_km"} <= set(frame.columns)
    assert (frame["known_at"] < pd.Timestamp("2022-02-19", tz="UTC")).all()


def test_an_actor_may_be_named_as_people_name_it(t):
    """A name means its id; of what nobody has as a name or an id, there is no empty answer."""
    assert list(t.claims(actor="Russia")["id"]) == list(t.claims(actor="RU")["id"])
    assert (
        t.estimates(actor="Россия", as_of="2022-02-18", area="Around Ukraine").actor.iloc[0] == "RU"
    )
    assert t.claims(actor="AZ").empty
    with pytest.raises(NotFoundError, match="no claim speaks of an actor 'Rusia'; there are RU"):
        t.claims(actor="Rusia")


def test_movements_are_lines_with_their_words(t):
    """Every leg quotes a claim."""
    frame = t.movements()

    assert set(frame.geom_type) <= {"LineString", "MultiLineString"}
    assert frame["quote"].str.len().gt(0).all()


def test_estimates_see_only_what_was_public(t):
    """As of an earlier day the series ends there and rests on claims known by then."""
    frame = t.estimates(area="around-ukraine", actor="RU", as_of=date(2021, 12, 4))

    assert frame["date"].max() == pd.Timestamp("2021-12-04")
    assert (frame["p05"] <= frame["p50"]).all()
    assert (frame["p50"] <= frame["p95"]).all()
    ids = {claim["id"] for claims in frame["claims"] for claim in claims}
    known = {claim.id for claim in t.repository.claims(as_of=date(2021, 12, 4), corrected=True)}
    assert ids <= known


def test_battalion_groups_can_be_asked_for(t):
    """The same day in BTG lies near the 120 to 125 groups that were published."""
    frame = t.estimates(
        area="around-ukraine", actor="RU", as_of=date(2022, 2, 20), unit=tracker.api.Unit.BTG
    )

    last = frame.iloc[-1]
    assert last["p05"] < 125
    assert last["p95"] > 105


def test_why_an_estimate_lists_claims_with_weights_and_reasons(t):
    """Relays count nothing and say so; the heaviest claims say what they change."""
    answer = t.why("around-ukraine@2022-02-18~2022-02-18")

    weights = [influence["weight"] for influence in answer.record["influences"]]
    assert max(weights) > 0.3
    assert 0 in weights
    assert all(influence["reason"] for influence in answer.record["influences"])
    assert "without it and its repeats the median would be" in str(answer)


def test_why_a_leg_quotes_its_claim(t):
    """The answer names both ends and the words behind the line."""
    leg = t.movements().iloc[0]

    answer = t.why(leg["id"])

    assert answer.record["claims"][0]["quote"]["text"] == leg["quote"]


@pytest.mark.parametrize(
    ("question", "error"),
    [
        ("c-ffffffffffffffffffff", NotFoundError),
        ("m-ffffffffffffffffffff", NotFoundError),
        ("nowhere@2022-02-18", NotFoundError),
        ("around-ukraine@2022-02-31", InvalidValueError),
        ("around-ukraine", InvalidValueError),
    ],
)
def test_a_question_to_nothing_is_told(t, question, error):
    """Unknown ids and days that are none are documented errors."""
    with pytest.raises(error):
        t.why(question)


def test_a_folder_without_a_workspace_is_told(tmp_path):
    """The message says how to make one."""
    with pytest.raises(NotAWorkspaceError, match="tracker init"):
        tracker.open(tmp_path)


def test_reports_are_found_by_their_words(t):
    """Full-text search finds the statement and its address."""
    found = t.reports(search="Iskander*")

    assert len(found) >= 1
    assert found["text"].str.contains("Iskander").all()


def test_a_workspace_is_read_while_another_program_writes(own_demo):
    """Reader and writer do not wait for each other, and an answer is of one state."""
    code = (
        "import sys, time, tracker\n"
        "with tracker.open(sys.argv[1]) as t:\n"
        "    with t.repository.database.writing() as connection:\n"
        "        connection.exec_driver_sql('DELETE FROM claim_place')\n"
        "        print('writing', flush=True)\n"
        "        sys.stdin.readline()\n"
        "        connection.rollback()\n"
    )
    with (
        tracker.open(own_demo) as opened,
        subprocess.Popen(
            [sys.executable, "-c", code, str(own_demo)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as writer,
    ):
        before = len(opened.claims())
        assert writer.stdout.readline().strip() == "writing"

        during = len(opened.claims())
        done = opened.export("sightings", own_demo / "out.geojson")

        writer.communicate("go on\n", timeout=60)

    assert during == before > 0
    assert done.rows > 0


def test_the_public_names_are_those_of_all():
    """What is offered is what `__all__` lists, and every name can be had."""
    assert all(hasattr(tracker, name) for name in tracker.__all__)
    assert sorted(tracker.__all__) == tracker.__all__
    assert set(tracker.__all__) <= set(dir(tracker))
    assert issubclass(NotFoundError, tracker.TrackerError)
