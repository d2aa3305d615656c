"""What changed since a day is told claim by claim: for people, for programs, and from files."""

import json
import math
from pathlib import Path

import pytest
from jsonschema import validate
from shapely.geometry import box, mapping

import tracker

DOCS = Path(__file__).parents[2] / "docs"
WEEK = ("--since", "2022-02-10", "--as-of", "2022-02-18", "--actor", "RU")
THEATRE = ("--area", "around-ukraine")


def test_the_promised_json_explains_the_whole_change(demo, run):
    """Every key of the schema is there, and the steps of each area multiply to its change."""
    rows = json.loads(run("estimate", "-w", demo, *WEEK, "--json").stdout)

    validate(rows, json.loads((DOCS / "reference" / "news.schema.json").read_text()))
    assert {"around-ukraine", "belarus", "crimea"} <= {row["area"] for row in rows}
    for row in rows:
        if row["median_change"] is not None:
            product = math.prod(1 + step["median_change"] for step in row["steps"])
            assert product - 1 == pytest.approx(row["median_change"], abs=0.01)


def test_people_read_who_changed_it_by_how_much(demo, run):
    """The table names both days of knowledge and the claims, small ones summed up."""
    found = run("estimate", "-w", demo, *WEEK, *THEATRE)

    assert found.exit_code == 0
    assert "as of 2022-02-10" in found.stdout
    assert "US official, published 2022-02-14" in found.stdout
    assert "smaller changes together" in found.stdout


def test_files_alone_are_compared_too(run, tmp_path):
    """Without a workspace an area that nobody had spoken of has no earlier estimate."""
    claims, areas = tmp_path / "claims.csv", tmp_path / "areas.geojson"
    claims.write_text(
        "id,actor,area,observed_from,published,claimant,kind,status,qualifier,best,unit,extent\n"
        "1,X,north,2030-01-02,2030-01-03,A,presence,actual,exact,20000,personnel,whole\n"
        "2,X,south,2030-01-20,2030-01-21,B,presence,actual,about,26000,personnel,whole\n"
    )
    features = [
        {
            "type": "Feature",
            "properties": {"id": name, "name": name, "parent": None},
            "geometry": mapping(box(x, 50, x + 1, 51)),
        }
        for name, x in (("north", 30), ("south", 40))
    ]
    areas.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    asked = ("estimate", "--claims", claims, "--areas", areas, "--since", "2030-01-10")

    rows = json.loads(run(*asked, "--as-of", "2030-01-30", "--json").stdout)

    before = {row["area"]: row["before"] for row in rows}
    assert before["south"] is None
    assert before["north"]["as_of"] == "2030-01-10"
    assert "nobody had spoken of it" in run(*asked, "--as-of", "2030-01-30").stdout


def test_python_asks_the_same(demo):
    """`news` gives the values that the command prints."""
    with tracker.open(demo) as workspace:
        (found,) = workspace.news(
            since="2022-02-10", as_of="2022-02-18", area="around-ukraine", actor="RU"
        )

    assert found.after.as_of.isoformat() == "2022-02-18"
    assert found.before.p50 != found.after.p50
    assert len(found.steps) > 5


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(("--csv",), "--since prints a table or --json", id="csv"),
        pytest.param(("--backtest",), "two questions", id="backtest"),
        pytest.param(("--as-of", "2022-02-01"), "does not lie before", id="backwards"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(demo, run, words, sentence):
    """One clear sentence, and no success."""
    found = run("estimate", "-w", demo, *WEEK, *words)

    assert found.exit_code in {1, 2}
    assert sentence in found.stderr
