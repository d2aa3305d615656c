"""A workspace of another theatre: its own areas, its own actors, its own places."""

import json
import tomllib

import pytest
import shapely

import tracker
from jobs.theatre import top_area
from tracker.areas import Area
from tracker.store.repository import Repository

CONTACT = [[46.0, 39.2], [47.9, 39.2], [47.9, 40.7], [45.8, 40.7], [46.0, 39.2]]
SOUTH = [[46.0, 39.2], [47.9, 39.2], [47.9, 40.1], [45.9, 40.1], [46.0, 39.2]]
CLAIM = (
    "id,actor,area,observed_from,published,claimant,kind,status,qualifier,best,unit,extent\n"
    "1,{actor},Line of contact,2020-09-15,2020-09-16,A ministry,presence,actual,about,20000,"
    "personnel,whole\n"
)


def feature(area_id, name, ring, **properties):
    """Write one area."""
    return {
        "type": "Feature",
        "properties": {"id": area_id, "name": name, **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def areas(tmp_path):
    """Draw a theatre with one sector, the sector first."""
    path = tmp_path / "areas.geojson"
    features = [
        feature("south", "South", SOUTH, parent="contact", kind="sector"),
        feature("contact", "Line of contact", CONTACT, parent=None),
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


@pytest.fixture
def desk(tmp_path, run, areas):
    """Make a workspace of that theatre."""
    folder = tmp_path / "desk"
    assert run("init", folder, "--areas", areas, "--actor", "AZ").exit_code == 0
    return folder


def test_a_workspace_begins_with_its_own_theatre(desk, run):
    """It holds its areas alone, and its settings name the top one, the actor and the countries."""
    said = tomllib.loads((desk / "tracker.toml").read_text("utf-8"))
    listed = json.loads(run("areas", "list", "-w", desk, "--json").stdout)

    assert {row["id"]: row["parent"] for row in listed} == {"contact": None, "south": "contact"}
    assert (said["page"]["area"], said["page"]["actor"]) == ("contact", "AZ")
    assert said["page"]["affiliations"] == {}
    assert said["publication"]["open_actors"] == ["AZ"]
    assert said["places"]["prior"] == {"AM": 1.5, "AZ": 1.5, "IR": 1.5}


def test_areas_that_cannot_be_read_make_no_workspace(tmp_path, run):
    """The file is named with the reason, and nothing is left behind."""
    empty = tmp_path / "empty.geojson"
    empty.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")

    result = run("init", tmp_path / "desk", "--areas", empty)

    assert result.exit_code == 1
    assert "empty.geojson: it holds no area" in result.stderr.replace("\n", "")
    assert not (tmp_path / "desk").exists()


def test_areas_are_added_and_redrawn(desk, run, areas):
    """A new polygon under an old id is a new version; the same file again changes nothing."""
    again = run("areas", "add", areas, "-w", desk)
    redrawn = json.loads(areas.read_text("utf-8"))
    redrawn["features"][0]["geometry"]["coordinates"][0][2] = [47.9, 40.0]
    areas.write_text(json.dumps(redrawn), "utf-8")

    changed = run("areas", "add", areas, "-w", desk)

    assert again.stdout == "0 areas added or changed, 2 as before.\n"
    assert changed.stdout == "1 areas added or changed, 1 as before.\n"


def test_an_actor_of_the_workspace_is_known_by_its_name(desk, run, tmp_path):
    """`actors.csv` adds an armed group: no note when it is read, its name in the briefing."""
    (desk / "actors.csv").write_text("id,name_en\nguard,Mountain Guard\n", "utf-8")
    claims = tmp_path / "claims.csv"
    claims.write_text(CLAIM.format(actor="guard"), "utf-8")

    read = run("ingest", "-w", desk, "--file", claims)
    run("brief", "-w", desk, "--as-of", "2020-09-20", "--actor", "guard", "-o", tmp_path)

    assert "unknown" not in read.output
    assert "- Mountain Guard, Line of contact" in (tmp_path / "2020-09-20.md").read_text("utf-8")


def test_a_claimant_of_the_workspace_is_one_speaker_in_tables_and_texts(desk, run, tmp_path):
    """`claimants.csv` gives the names by which one speaker is called one id, and a grade."""
    (desk / "claimants.csv").write_text(
        "id,name_en,aliases,reliability\nwatchers,Ridge Watchers,ministry of hills,B\n", "utf-8"
    )
    claims, text = tmp_path / "claims.csv", tmp_path / "post.txt"
    claims.write_text(CLAIM.format(actor="AZ").replace("A ministry", "Ministry of Hills"), "utf-8")
    text.write_text(
        "Published: 2020-09-16\n\nSome 40 Azerbaijani tanks were moved to Ganja on 15 September, "
        "the group Ridge Watchers said.\n",
        "utf-8",
    )

    run("ingest", "-w", desk, "--file", claims, "--file", text)

    with Repository.open(desk / "tracker.gpkg") as repository:
        said = {(claim.claimant_id, str(claim.reliability)) for claim in repository.claims()}
    assert said == {("watchers", "B")}


def test_the_site_names_a_claimant_of_the_workspace(desk, run, tmp_path):
    """The page of sources lists who spoke, whether or not the package's registry knows them."""
    (desk / "claimants.csv").write_text("id,name_en\nmin,A ministry\n", "utf-8")
    claims = tmp_path / "claims.csv"
    claims.write_text(CLAIM.format(actor="AZ"), "utf-8")
    run("ingest", "-w", desk, "--file", claims)

    written = run("site", "-w", desk, "--as-of", "2020-09-20")

    assert written.exit_code == 0, written.output
    assert "A ministry" in (desk / "site/sources.html").read_text("utf-8")


def test_why_asks_for_the_actor_of_the_settings(desk, run, tmp_path):
    """Nobody needs to say whose strength is meant in a workspace that watches one."""
    claims = tmp_path / "claims.csv"
    claims.write_text(CLAIM.format(actor="AZ"), "utf-8")
    run("ingest", "-w", desk, "--file", claims)

    answer = run("why", "contact@2020-09-20~2020-09-20", "-w", desk)

    assert answer.exit_code == 0
    assert "Line of contact, AZ, 2020-09-20" in answer.stdout
    with tracker.open(desk) as opened:
        again = opened.why("contact@2020-09-20~2020-09-20")
        page = opened.map(as_of="2020-09-20")
    assert str(again).startswith("Line of contact, AZ, 2020-09-20")
    assert "Line of contact" in page.get_root().render()


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("region", "theatre"), "b"),
        (("region", "region"), "a"),
    ],
)
def test_pages_open_with_the_theatre(kinds, expected):
    """The one that says so, else the first."""
    areas = [
        Area(id=name, name=name, kind=kind, geometry=shapely.box(0, 0, 1, 1))
        for name, kind in zip("ab", kinds, strict=True)
    ]

    assert top_area(areas).id == expected
