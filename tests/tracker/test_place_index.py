"""Places are found by the names that reports use, and what is not found keeps its reason."""

from datetime import UTC, datetime

import pytest
from shapely import Point, box

from tracker.areas import Area
from tracker.claims import Claim, PlaceMention, Quote
from tracker.place_index import KnownPlace, PlaceIndex, covering_radius_km, seed_place_index
from tracker.vocabulary import ClaimKind, PlaceRole, Status

AREA = Area(id="north", name="The North", names=("Up there",), geometry=box(0, 50, 2, 51))
TOWN = KnownPlace(id="town", name="Town", geometry=Point(1, 50.5), radius_km=4)


def claim(*names):
    return Claim(
        report_id="r-1",
        version_id="v-1",
        quote=Quote.whole("words"),
        kind=ClaimKind.SIGHTING,
        status=Status.ACTUAL,
        actor="RU",
        known_at=datetime(2022, 1, 1, tzinfo=UTC),
        extractor="test/1",
        places=tuple(PlaceMention(role=PlaceRole.AT, text=name) for name in names),
    )


def test_names_of_areas_and_places_are_found_whatever_the_case():
    """Every alternative name answers."""
    index = PlaceIndex([AREA], [(TOWN, ("Town on the river",))])

    placed = index.place(claim("up there", "TOWN ON THE RIVER"))

    assert [place.gazetteer_id for place in placed] == ["north", "town"]
    assert [place.radius_km > 0 for place in placed] == [True, True]


def test_an_unknown_name_keeps_its_reason():
    """Nothing is placed that no table supports."""
    (place,) = PlaceIndex([AREA]).place(claim("Atlantis"))

    assert place.geometry is None
    assert "no table" in place.reason


def test_a_stated_position_wins():
    """A row that gives its own coordinates is placed there, with its own radius."""
    (place,) = PlaceIndex([AREA]).place(claim("up there"), position=(10.0, 20.0, 3.0))

    assert (place.geometry, place.radius_km) == (Point(10, 20), 3.0)


def test_the_covering_radius_reaches_the_farthest_corner():
    """A square of one by two degrees at 50 N reaches about 90 km from its middle."""
    assert covering_radius_km(AREA.geometry) == pytest.approx(90.3, abs=2)
    assert covering_radius_km(Point(1, 2)) == 0


def test_a_region_of_the_seeds_is_its_outline():
    """Belgorod Oblast is the region, not a disc around its middle."""
    known = seed_place_index([]).find("Belgorod Oblast")

    assert known.geometry.geom_type in {"Polygon", "MultiPolygon"}
    assert known.geometry.covers(Point(36.58, 50.6))
    assert not known.geometry.covers(Point(36.23, 49.99))
