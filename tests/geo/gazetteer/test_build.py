"""Entries in, mapped files out, and the index finds what went in."""

import itertools
import json
import struct
from pathlib import Path

import pytest
import shapely

from geo.errors import GazetteerNotBuiltError
from geo.gazetteer import Gazetteer, NameKind
from geo.gazetteer.build import compile_entries
from geo.gazetteer.entries import Entry, read_entries, settlement_radius_km
from geo.gazetteer.layout import RECORD

SEEDS = Path(__file__).parents[3] / "seeds"


def town(**changes):
    """Return an entry of an invented town."""
    given = {
        "id": "", "geonameid": 7, "name": "Zarechensk", "kind": "settlement", "country": "RU",
        "admin1": "RU.41", "lon": 36.5, "lat": 51.25, "radius_km": 3.0, "population": 40_000,
        "local": ("Зареченск",), "folded": True,
    }  # fmt: skip
    return Entry(**{**given, **changes})


def own_tables():
    """Return the entries of the project's own tables, which come before the towns."""
    return list(itertools.takewhile(lambda e: e.kind != "settlement", read_entries(SEEDS)))


@pytest.fixture
def compiled(tmp_path):
    """Return a function that compiles entries and opens the result."""

    def compile_and_open(*entries):
        compile_entries(entries, SEEDS, tmp_path)
        return Gazetteer.open(tmp_path)

    return compile_and_open


def test_a_place_comes_back_as_it_went_in(compiled):
    """Every field of an entry is the place's."""
    place = compiled(town()).search("Zarechensk")[0]

    assert (place.geonameid, place.id, place.kind) == (7, "geonames:7", "settlement")
    assert (place.country, place.admin1, place.population) == ("RU", "RU.41", 40_000)
    assert (place.lon, place.lat, place.radius_km) == (36.5, 51.25, 3.0)


def test_case_forms_and_transliterations_find_their_base(compiled):
    """A declined form and another transliteration lead to the place."""
    gazetteer = compiled(town())

    for name in ("Зареченском", "Зареченска", "Zaretschensk"):
        assert [p.geonameid for p in gazetteer.search(name)] == [7], name


def test_kinds_of_names_are_told_apart(compiled):
    """The index says whether a key is the name itself or a case form."""
    gazetteer = compiled(town())

    keys = ("зареченск", "зареченском")
    kinds = {key: gazetteer.postings(key)[0][1] for key in keys}
    assert kinds["зареченск"] == NameKind.PRIMARY
    assert kinds["зареченском"] == NameKind.INFLECTED


def test_one_name_of_two_places_gives_both_the_larger_first(compiled):
    """A shared name gives all its places, the more populous one first."""
    gazetteer = compiled(town(geonameid=1, population=900), town(geonameid=2, country="BY"))
    assert [p.geonameid for p in gazetteer.search("Zarechensk")] == [2, 1]


def test_abbreviations_are_found_in_capitals_only(compiled):
    """A short form is a name in capitals, an ordinary word in small letters."""
    gazetteer = compiled(town(short=("ZR",)))
    assert gazetteer.search("ZR")
    assert not gazetteer.search("zr")


def test_a_missing_folder_says_what_to_do(tmp_path):
    """Opening what was never built names the command that builds it."""
    with pytest.raises(GazetteerNotBuiltError, match="tracker gazetteer build"):
        Gazetteer.open(tmp_path / "nothing")


def test_boundaries_are_stored_without_loss(compiled):
    """A boundary comes back as the polygon of the seed file."""
    features = json.loads((SEEDS / "boundaries/countries.geojson").read_text("utf-8"))["features"]
    wanted = next(f for f in features if f["properties"]["id"] == "UA")
    stored = shapely.from_wkb(compiled(town()).boundary("UA"))
    assert stored.equals(shapely.geometry.shape(wanted["geometry"]))


def test_every_entry_of_the_sources_has_a_name_and_a_position():
    """Every row is named; only what is not on Earth has no position."""
    tables = own_tables()
    assert len(tables) > 7000
    assert all(e.name for e in tables)
    assert {e.kind for e in tables if e.lon != e.lon} == {"celestial"}


def test_members_are_boundaries_that_exist(compiled):
    """Every id of which an area is made is a boundary, for the tables made for the theatre."""
    gazetteer = compiled(town())
    named = [m for e in own_tables() if e.kind == "military_district" for m in e.members]
    assert named
    assert all(gazetteer.boundary(m) for m in named)


def test_radius_grows_with_the_town():
    """A larger town has the larger radius, and none has less than two kilometres."""
    radii = [settlement_radius_km(p) for p in (0, 10_000, 1_000_000)]
    assert radii == sorted(radii)
    assert radii[0] == 2.0


def test_a_record_has_no_padding():
    """The record's size is the sum of its fields on every platform."""
    assert struct.calcsize(RECORD) == 26
