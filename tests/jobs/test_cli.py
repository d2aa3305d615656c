"""Each verb does its job, tells faults in one sentence, and ends with an honest exit code."""

import json
import sqlite3
from pathlib import Path

import pytest
from jsonschema import validate

DOCS = Path(__file__).parents[2] / "docs"


def test_estimate_prints_the_promised_json(demo, run):
    """Every key of the schema is there for every area and day."""
    result = run("estimate", "-w", demo, "--as-of", "2022-02-18", "--from", "2022-02-17", "--json")

    rows = json.loads(result.stdout)
    validate(rows, json.loads((DOCS / "reference" / "estimate.schema.json").read_text()))
    assert {row["date"] for row in rows if row["area"] == "around-ukraine"} == {
        "2022-02-17",
        "2022-02-18",
    }


def test_the_workspace_may_be_named_before_or_after_the_verb(demo, run):
    """`-w` works in both places."""
    before = run("-w", demo, "why", "around-ukraine@2022-02-18~2022-02-18", "--json")
    after = run("why", "around-ukraine@2022-02-18~2022-02-18", "--json", "-w", demo)

    assert before.exit_code == after.exit_code == 0
    assert before.stdout == after.stdout


def test_a_backtest_scores_every_method_on_the_same_figures(demo, run):
    """The record's official figures are foreseen better than by any naive method."""
    asked = ("-w", demo, "--backtest", "--from", "2021-11-01", "--as-of", "2022-02-24")

    found = json.loads(run("estimate", *asked, "--json").stdout)

    assert len(found["figures"]) >= 20
    assert all(figure["p05"] < figure["p50"] < figure["p95"] for figure in found["figures"])
    assert found["outside_90"] <= 2
    assert found["score"] < min(method["score"] for method in found["methods"])


def test_a_backtest_is_a_table_for_people(demo, run):
    """Figures, methods and what the score means are printed; no figure is said to be no figure."""
    asked = ("estimate", "-w", demo, "--backtest", "--as-of", "2022-02-24", "--from")

    table, nothing = run(*asked, "2022-02-10"), run(*asked, "2022-02-24")

    assert table.exit_code == nothing.exit_code == 0
    assert "median of five" in table.stdout
    assert "outside the 90 % interval" in table.stdout
    assert nothing.stdout.startswith("No official figure")


def test_estimate_works_from_files_alone(run, tmp_path):
    """Claims and areas without a workspace give an estimate of each area that is observed."""
    claims, areas = tmp_path / "claims.csv", tmp_path / "areas.geojson"
    claims.write_text(
        "id,actor,area,observed_from,published,claimant,kind,status,qualifier,best,unit,extent\n"
        "1,X,north,2030-01-02,2030-01-03,A,presence,actual,exact,20000,personnel,whole\n"
        "2,X,north,2030-01-20,2030-01-21,B,presence,actual,about,26000,personnel,whole\n"
        "3,X,north,2030-01-20,2030-01-21,B,presence,actual,about,lots,personnel,whole\n"
    )
    square = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
    areas.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"id": "north", "name": "North", "parent": None},
                        "geometry": {"type": "Polygon", "coordinates": square},
                    }
                ],
            }
        )
    )

    result = run(
        "estimate", "--claims", claims, "--areas", areas, "--as-of", "2030-01-21", "--json"
    )

    rows = json.loads(result.stdout)
    assert result.exit_code == 3
    assert "line 4: best 'lots' is no number" in result.stderr
    assert (rows[0]["area"], rows[0]["actor"]) == ("north", "X")
    assert rows[-1]["p05"] < 26_000 < rows[-1]["p95"]

    rehearsed = run("estimate", "--claims", claims, "--areas", areas, "--backtest")
    assert rehearsed.exit_code == 1
    assert "name it with --area: north" in " ".join(rehearsed.stderr.split())


def test_csv_holds_no_formula(run, tmp_path):
    """An actor that looks like a formula comes out as text."""
    claims = tmp_path / "claims.csv"
    claims.write_text(
        "id,actor,area,observed_from,published,claimant,kind,status,qualifier,best,unit,extent\n"
        "1,=1+1,Belarus,2022-01-02,2022-01-03,A,presence,actual,exact,20000,personnel,whole\n"
    )

    result = run("estimate", "--claims", claims, "--as-of", "2022-01-04", "--csv")

    assert result.exit_code == 0
    assert ",'=1+1," in result.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("estimate", "-w", "DEMO", "--as-of", "someday"), "'someday' is no day"),
        (("estimate", "-w", "DEMO", "--as-of", "9999-12-31"), "outside the years 1900 to 2200"),
        (("estimate", "-w", "DEMO", "--area", "Atlantis"), "no area is called 'Atlantis'"),
        (("estimate", "-w", "DEMO", "--unit", "tank"), "--unit 'tank' is none of personnel, BTG"),
        (("estimate", "-w", "DEMO", "--from", "2022-02-02", "--to", "2022-02-01"), "lies after"),
        (("estimate", "--areas", "x.geojson"), "--areas needs --claims"),
        (("estimate", "-w", "DEMO", "--backtest", "--csv"), "--backtest prints a table or --json"),
        (("estimate", "--claims", "no.csv"), "no.csv: there is no such file"),
        (("extract", "no.txt"), "no.txt: there is no such file"),
        (("places", "."), "it is no file; name one text file"),
        (("why", "-w", "DEMO", "c-0000"), "c-0000"),
        (("why", "-w", "DEMO", "what?"), "is no question"),
        (("why", "-w", "DEMO", "around-ukraine@2019-01-01"), "has no estimate for 2019-01-01"),
        (("doctor", "-w", "EMPTY"), "holds no workspace"),
        (("ingest", "-w", "EMPTY", "--file", "x.csv"), "holds no workspace"),
        (("jobs", "once", "-w", "EMPTY"), "holds no workspace"),
        (("init", "DEMO"), "holds a workspace already"),
        (("map", "-w", "FOREIGN"), "not a tracker database"),
        (("map", "-w", "TEXT"), "not a tracker database"),
    ],
)
def test_faults_are_one_sentence_and_exit_code_1(demo, run, tmp_path, words, sentence):
    """No traceback, one clear sentence on the error stream."""
    folders = {"DEMO": demo, "EMPTY": tmp_path / "e", "FOREIGN": tmp_path / "f"}
    folders["TEXT"] = tmp_path / "t"
    for name in ("FOREIGN", "TEXT"):
        folders[name].mkdir()
    with sqlite3.connect(folders["FOREIGN"] / "tracker.gpkg") as other:
        other.execute("CREATE TABLE something (else_ TEXT)")
    other.close()
    (folders["TEXT"] / "tracker.gpkg").write_text("this is no database " * 50)

    result = run(*(folders.get(word, word) for word in words))

    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.count("Error:") == 1


def test_a_wrong_option_is_a_usage_error(run):
    """Exit code 2 says that the command itself was wrong."""
    assert run("estimate", "--colour", "red").exit_code == 2


def test_why_walks_from_a_claim_to_the_archived_bytes(demo, run):
    """The answer holds the words, the claimant and the hash of a file that is there."""
    estimate = run("why", "-w", demo, "around-ukraine@2022-02-18~2022-02-18", "--json")
    claim_id = json.loads(estimate.stdout)["influences"][0]["id"]

    answer = json.loads(run("why", "-w", demo, claim_id, "--json").stdout)

    assert answer["quote"]["text"]
    (sha256,) = answer["sha256"]
    assert (demo / "archive" / sha256[:2] / sha256[2:4] / sha256).is_file()


def test_doctor_finds_nothing_wrong_with_a_fresh_demo(demo, run):
    """Every check is sound."""
    result = run("doctor", "-w", demo, "--dry-run", "--deep", "--json")

    assert result.exit_code == 0
    assert {finding["state"] for finding in json.loads(result.stdout)} == {"sound"}


def test_an_unknown_actor_is_told_with_the_known_ones(demo, run):
    """A misspelt actor is no empty answer."""
    result = run("estimate", "-w", demo, "--actor", "Rusia", "--as-of", "2022-02-18")

    assert result.exit_code == 1
    assert "no claim speaks of an actor 'Rusia'; there are" in result.stderr


def test_a_place_without_a_position_is_noted_in_files_too(run, tmp_path):
    """What cannot be placed says so beside the answer."""
    claims = tmp_path / "claims.csv"
    claims.write_text(
        "id,actor,area,observed_from,published,claimant,kind,status,qualifier,best,unit,extent\n"
        "1,RU,Atlantis,2022-01-02,2022-01-03,A,presence,actual,exact,20000,personnel,whole\n"
    )

    result = run("estimate", "--claims", claims, "--as-of", "2022-01-04")

    assert result.exit_code == 0
    assert "Note: 'Atlantis' is in no table of places" in result.stderr


def test_a_page_cannot_be_written_over_a_folder(demo, run, tmp_path):
    """The folder is named, not a temporary file inside it."""
    result = run("map", "-w", demo, "-o", tmp_path)

    assert result.exit_code == 1
    assert "is a folder; name a file in it" in result.stderr
