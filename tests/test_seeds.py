"""The seeds keep their promises: unchanged, closed vocabularies, every name and id resolves."""

import csv
import hashlib
import itertools
import json
import math
import re
import runpy
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import shapely

from tracker import vocabulary as words
from tracker.area_file import read_areas, seed_areas
from tracker.claims.coded import read_coded
from tracker.timespan import parse_date

SEEDS = Path(__file__).parents[1] / "seeds"
CLAIM_FILES = {"estimates.csv": 180, "movements.csv": 151}
DATA_SUFFIXES = {".csv", ".geojson", ".json", ".txt", ".tsv"}
PLACE_COLUMNS = ("area", "from", "to", "via_place")
CLOSED = {
    "kind": words.ClaimKind,
    "status": words.Status,
    "qualifier": words.Qualifier,
    "unit": words.Unit,
    "scope": words.Scope,
    "extent": words.Extent,
    "change": words.Change,
    "flow": words.Flow,
    "per": words.Per,
    "presence": words.Presence,
    "direction": words.Direction,
    "mode": words.Mode,
    "observed_precision": words.Precision,
}
OPEN_LISTS = {
    "approx": {"", "yes", "no"},
    "inferred": {"yes", "no"},
    "verification": {"reported", "claimed_unverified"},
    "confidence": {"verified_in_corpus", "recalled"},
    "relay_type": {
        *("", "repeat", "rounded", "sum", "derived", "part_of", "correction", "compilation"),
        *("conflicting_repeat", "same_event", "likely_same_event", "same_statement"),
        *("same_source", "same_government", "likely_repeat"),
    },
}
CLAIMANT_TYPES = {
    *("government", "military", "intelligence", "international", "think_tank", "osint_group"),
    *("imagery", "eyewitness", "press", "news_agency", "state_media", "aggregator"),
}


def table(name):
    """Read a table of the seeds."""
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def claims():
    """Read both claim files as one list of rows."""
    return [row for name in CLAIM_FILES for row in table(name)]


def several(cell):
    """Split a cell of several values."""
    return [part.strip() for part in cell.split(";") if part.strip()]


@cache
def shapes(name):
    """Read the shapes of a boundaries file by id."""
    text = (SEEDS / "boundaries" / f"{name}.geojson").read_text(encoding="utf-8")
    return {
        feature["properties"]["id"]: shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in json.loads(text)["features"]
    }


def country_at(lon, lat):
    """List the countries within some 15 km of a point, the accuracy of a far coast."""
    near = shapely.Point(lon, lat).buffer(0.2)
    return [code for code, shape in shapes("countries").items() if shape.intersects(near)]


@cache
def claimants_by_name():
    """Find the ids that each name or alias of a claimant belongs to."""
    found = {}
    for row in table("claimants.csv"):
        names = {row["name_en"], row["name_ru"], row["name_uk"], *several(row["aliases"])}
        for name in {name.casefold() for name in names if name}:
            found.setdefault(name, []).append(row["id"])
    return found


@cache
def place_names():
    """List every name of a place or an area, in lower case."""
    areas = [name for area in seed_areas() for name in (area.name, *area.names)]
    places = [row["name"] for row in table("places.csv")]
    return {name.casefold() for name in areas + places}


def test_checksums_agree_and_list_every_data_file():
    """The list names each data file once, with the hash of its bytes."""
    lines = (SEEDS / "CHECKSUMS.sha256").read_text(encoding="utf-8").splitlines()
    listed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    data = [path for path in SEEDS.rglob("*") if path.suffix in DATA_SUFFIXES]
    actual = {
        path.relative_to(SEEDS).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in data
    }

    assert len(lines) == len(listed)
    assert listed == actual, "run seeds/scripts/checksums.py after a change"


@pytest.mark.parametrize("name", CLAIM_FILES)
def test_a_claim_file_is_read_without_a_loss(name):
    """Every row becomes a claim, and every column is known to the format."""
    coded = read_coded((SEEDS / name).read_bytes(), source=name)

    assert [str(rejected) for rejected in coded.rejected] == []
    assert coded.unknown_columns == ()
    assert len(coded.claims) == CLAIM_FILES[name]


def test_claim_files_have_the_same_columns():
    """One format for both."""
    headers = {tuple(table(name)[0]) for name in CLAIM_FILES}

    assert len(headers) == 1


def test_the_format_is_documented_column_by_column():
    """Each column of the claim files stands in the reference page."""
    page = (SEEDS.parent / "docs/reference/claims-csv.md").read_text(encoding="utf-8")

    assert [column for column in claims()[0] if f"`{column}`" not in page] == []


@pytest.mark.parametrize("column", [*CLOSED, *OPEN_LISTS])
def test_vocabularies_are_closed(column):
    """No cell holds a word outside its list."""
    allowed = OPEN_LISTS.get(column) or {"", *(str(member) for member in CLOSED[column])}

    assert {row[column] for row in claims()} - allowed == set()


def test_equipment_and_actors_are_known():
    """Classes come from the list of units, actors from their table."""
    units = {str(unit) for unit in words.Unit}
    actors = {row["id"] for row in table("actors.csv")}

    assert {part for row in claims() for part in several(row["equipment"])} <= units
    assert {row["actor"] for row in claims()} <= actors


def test_ids_are_unique():
    """An id names one row, over both claim files and in each table."""
    for ids in (
        [row["id"] for row in claims()],
        *([row["id"] for row in table(f"{name}.csv")] for name in ("claimants", "conversions")),
        [row["name"] for row in table("places.csv")],
        [row["designation"] for row in table("formations.csv")],
    ):
        assert len(ids) == len(set(ids)) > 0


def test_relays_and_corrections_name_rows_that_exist():
    """A row rests on other rows, never on itself, and a correction takes back a retracted one."""
    by_id = {row["id"]: row for row in claims()}
    for row in claims():
        assert row["id"] not in several(row["relays"]) + several(row["corrects"])
        assert set(several(row["relays"])) <= set(by_id), row["id"]
        assert bool(row["relays"]) == bool(row["relay_type"]), row["id"]
        assert all(by_id[old]["status"] == "retracted" for old in several(row["corrects"]))


def test_every_retracted_row_is_corrected():
    """What was taken back says by which row."""
    retracted = {row["id"] for row in claims() if row["status"] == "retracted"}

    assert retracted == {old for row in claims() for old in several(row["corrects"])} == {"E021"}


def test_every_place_has_a_name_in_the_tables():
    """Each place of a claim is an area or a place."""
    missing = {
        name
        for row in claims()
        for column in PLACE_COLUMNS
        for name in several(row[column])
        if name.casefold() not in place_names()
    }

    assert missing == set()


def test_every_claimant_resolves_to_exactly_one():
    """Claimants and relaying outlets are names or aliases of one row each."""
    named = {name for row in claims() for name in (row["claimant"], *several(row["via"]))}
    homeless = {name for name in named if len(claimants_by_name().get(name.casefold(), ())) != 1}

    assert homeless == set()
    assert [ids for ids in claimants_by_name().values() if len(ids) > 1] == []


def test_claimants_are_graded_with_a_reason():
    """Type, grade and parent come from closed lists, and the grade says why."""
    rows = table("claimants.csv")
    ids = {row["id"] for row in rows}

    assert {row["type"] for row in rows} == CLAIMANT_TYPES
    assert {row["reliability"] for row in rows} <= {str(grade) for grade in words.Reliability}
    assert all(row["reason"] for row in rows)
    assert {row["parent"] for row in rows} - {""} <= ids


def test_formations_are_in_the_order_of_battle():
    """Each formation of a claim is a designation there."""
    known = {row["designation"] for row in table("formations.csv")}

    assert {name for row in claims() for name in several(row["formation"])} <= known


def test_sizes_are_ordered_and_never_zero():
    """Bounds enclose the best number, nothing unstated is 0, and no qualifier means no measure."""
    for row in claims():
        sizes = [float(row[name]) for name in ("low", "best", "high") if row[name]]
        assert sizes == sorted(sizes), row["id"]
        assert all(size > 0 for size in sizes), row["id"]
        if not row["qualifier"]:
            assert not sizes, row["id"]
            assert row["unit"] + row["change"] + row["approx"] == "", row["id"]


def test_times_are_ordered():
    """Nothing is observed after it was published, except what is only planned or expected."""
    forward = {str(status) for status in words.FORWARD_LOOKING}
    for row in claims():
        first, last = (date.fromisoformat(row[f"observed_{end}"]) for end in ("from", "to"))
        assert first <= last, row["id"]
        if row["status"] not in forward:
            assert last <= parse_date(row["published"]).end.date(), row["id"]


def test_a_quote_is_one_short_line_that_holds_the_number():
    """What the page shows has at most 200 characters and states the size."""
    for row in claims():
        assert 15 <= len(row["quote"]) <= 200, row["id"]
        assert "\n" not in row["quote"], row["id"]
        number = row["best"] or row["low"]
        if number and row["qualifier"] != "ratio":
            assert re.search(rf"\b{int(float(number)):,}\b", row["quote"]), row["id"]


def test_withdrawals_are_movements_out():
    """Announced withdrawals are unverified movements out, and their numbers are not present."""
    announced = {row["id"] for row in claims() if row["verification"] == "claimed_unverified"}
    out = {row["id"]: row for row in claims() if row["flow"] == "out"}

    assert announced == {"M032", "M052", "M133", "M139", "M140"}
    assert announced | {"E039"} <= set(out)
    assert all(row["kind"] == "movement" for row in out.values())


def test_sectors_are_disjoint_and_make_up_the_theatre():
    """No two children of a parent share more than 0.1 % of the smaller; together they are it."""
    areas = seed_areas()
    children = [area for area in areas if area.parent == "around-ukraine"]
    for one, other in itertools.combinations(children, 2):
        shared = one.geometry.intersection(other.geometry).area
        assert shared < 0.001 * min(one.geometry.area, other.geometry.area), (one.id, other.id)
    theatre = next(area.geometry for area in areas if area.id == "around-ukraine")
    union = shapely.union_all([area.geometry for area in children])

    assert len(children) == 8
    assert union.symmetric_difference(theatre).area < 0.001 * theatre.area


def test_the_theatre_ends_before_the_attack():
    """The model of the theatre, its sectors and its rings stops on 23 February 2022."""
    ends = {a.valid_until for a in seed_areas() if a.parent or a.kind in {"theatre", "ring"}}

    assert ends == {date(2022, 2, 23)}


def test_areas_are_what_their_script_makes(monkeypatch, tmp_path):
    """Built anew from boundaries and table, every area covers the same ground."""
    shutil.copytree(SEEDS / "boundaries", tmp_path / "boundaries")
    script = runpy.run_path(str(SEEDS / "scripts/areas.py"))
    monkeypatch.setitem(script["main"].__globals__, "SEEDS", tmp_path)

    script["main"]()

    made = read_areas((tmp_path / "areas.geojson").read_bytes())
    assert [area.id for area in made] == [area.id for area in seed_areas()]
    for new, old in zip(made, seed_areas(), strict=True):
        apart = new.geometry.symmetric_difference(old.geometry).area
        assert apart < 0.001 * old.geometry.area, old.id


def test_area_names_are_unambiguous():
    """An area's names belong to it alone."""
    names = [name.casefold() for area in seed_areas() for name in {area.name, *area.names}]

    assert len(names) == len(set(names))


def test_rings_grow_and_leave_mainland_ukraine_out():
    """A wider ring contains the narrower; none holds Kharkiv, all hold Belgorod and Crimea."""
    rings = {area.id: area.geometry for area in seed_areas() if area.kind == "ring"}
    narrow, middle, wide = (rings[f"within-{km}-km"] for km in (60, 200, 400))

    assert narrow.difference(middle).area < 0.01 * narrow.area
    assert middle.difference(wide).area < 0.01 * middle.area
    for ring in rings.values():
        assert not ring.contains(shapely.Point(36.25, 49.99))
        assert ring.contains(shapely.Point(36.6, 50.6))
        assert ring.contains(shapely.Point(34.1, 44.95))


@pytest.mark.parametrize(
    ("lon", "lat", "region"),
    [(34.10, 44.95, "UA-43"), (33.52, 44.60, "UA-40"), (37.80, 48.00, "UA-14")],
)
def test_occupied_towns_are_ukrainian(lon, lat, region):
    """Simferopol, Sevastopol and Donetsk lie in Ukraine and in one of its regions."""
    town = shapely.Point(lon, lat)

    assert [code for code, shape in shapes("countries").items() if shape.contains(town)] == ["UA"]
    assert [code for code, shape in shapes("admin1").items() if shape.contains(town)] == [region]


@pytest.mark.parametrize(("lon", "lat"), [(131.90, 43.13), (177.50, 64.73), (-171.0, 65.6)])
def test_russia_is_whole_across_the_antimeridian(lon, lat):
    """Vladivostok, Anadyr and Lavrentiya are in Russia, which reaches 180 degrees both ways."""
    west, _, east, _ = shapes("countries")["RU"].bounds

    assert country_at(lon, lat) == ["RU"]
    assert (west, east) == (-180.0, 180.0)


@pytest.mark.parametrize("name", ["countries", "admin1"])
def test_boundaries_are_valid_and_do_not_overlap(name):
    """Each shape is valid, and neighbours share a border but no area."""
    geometries = list(shapes(name).values())
    tree = shapely.STRtree(geometries)
    pairs = [(i, j) for i, j in zip(*tree.query(geometries, "overlaps"), strict=True) if i < j]
    shared = sum(geometries[i].intersection(geometries[j]).area for i, j in pairs)

    assert shapely.is_valid(geometries).all()
    assert shared < 1e-3


def test_boundary_files_stay_small():
    """Pages carry them: 1 MB a file and 1.5 MB together at most."""
    sizes = [path.stat().st_size for path in (SEEDS / "boundaries").glob("*.geojson")]

    assert len(sizes) == 3
    assert max(sizes) <= 1_000_000
    assert sum(sizes) <= 1_500_000


def test_unit_and_scope_factors_are_their_medians():
    """The logarithms are those of the medians, and each scope of the vocabulary has a row."""
    for row in table("units.csv"):
        assert float(row["log_mean"]) == pytest.approx(
            math.log(float(row["median_personnel"])), abs=1e-3
        )
        assert row["unit"] in {str(unit) for unit in words.Unit}
    assert {row["id"] for row in table("scopes.csv")} == {str(scope) for scope in words.Scope}


def test_the_land_factor_lies_among_its_published_ratios():
    """All services over ground forces: the factor is inside the range of the pairs it cites."""
    best = {row["id"]: row["best"] for row in claims()}
    land = next(row for row in table("scopes.csv") if row["id"] == "land_only")
    pairs = [pair.split("/") for pair in several(land["source"])]
    ratios = [float(best[whole]) / float(best[part]) for whole, part in pairs]

    assert min(ratios) <= math.exp(float(land["log_factor_to_all_services"])) <= max(ratios)


def test_rail_links_join_stations_of_their_corridor():
    """Both ends of a link stand in the corridor, and no line is shorter than the straight way."""
    stations = {(row["corridor"], row["station"]) for row in table("rail_corridor.csv")}
    for row in table("rail_links.csv"):
        assert {(row["corridor"], row["from"]), (row["corridor"], row["to"])} <= stations
        if row["line_km"]:
            assert float(row["line_km"]) >= 0.9 * float(row["geodesic_km"])
