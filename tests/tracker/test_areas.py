"""A claim observes the area that it speaks of: its level, a part of it, or none."""

import pytest
from shapely import Point, box

from tracker.areas import Area, AreaObserver, Observes
from tracker.errors import InvalidValueError
from tracker.placing import PlacedClaim
from tracker.vocabulary import Extent, PlaceRole

AREAS = (
    Area(id="west", name="West", geometry=box(30, 50, 31, 51), kind="sector", parent="all"),
    Area(id="east", name="East", geometry=box(31, 50, 32, 51), kind="sector", parent="all"),
    Area(id="all", name="All", names=("the border",), geometry=box(30, 50, 32, 51), kind="theatre"),
    Area(id="ring", name="Ring", geometry=box(30, 50, 30.5, 51), kind="ring"),
)
OBSERVER = AreaObserver(AREAS)


def at(geometry, text="somewhere", radius_km=0.0, role=PlaceRole.AT):
    """Place a claim."""
    return PlacedClaim(claim_id="c", role=role, text=text, geometry=geometry, radius_km=radius_km)


@pytest.mark.parametrize("name", ["The Border", "all", " ALL "])
def test_an_area_is_known_by_its_names(make_claim, name):
    """Ids and names match whatever the letter case, even where the shape is another."""
    found = OBSERVER.observe(make_claim(), [at(Point(0, 0), name)])

    assert (found.area, found.observes) == ("all", Observes.LEVEL)


def test_a_shape_that_is_nearly_the_area_gives_its_level(make_claim):
    """Intersection over union of a half or more is the same ground."""
    found = OBSERVER.observe(make_claim(), [at(box(30.1, 50, 31, 51))])

    assert (found.area, found.observes) == ("west", Observes.LEVEL)


def test_several_places_are_taken_together(make_claim):
    """'West and East' is the whole border."""
    found = OBSERVER.observe(make_claim(), [at(box(30, 50, 31, 51)), at(box(31, 50, 32, 51))])

    assert (found.area, found.observes) == ("all", Observes.LEVEL)


@pytest.mark.parametrize("extent", [Extent.PART, Extent.UNIT])
def test_a_part_or_a_unit_bounds_its_area_from_below(make_claim, extent):
    """Two battalion groups in the West are not all that is in the West."""
    found = OBSERVER.observe(make_claim(extent=extent), [at(box(30, 50, 31, 51), "West")])

    assert (found.area, found.observes) == ("west", Observes.LOWER_BOUND)


def test_a_formation_without_extent_is_a_part(make_claim):
    """A claim that names a formation does not speak of all."""
    claim = make_claim(formation="41st Army")

    assert OBSERVER.observe(claim, [at(Point(0, 0), "West")]).observes is Observes.LOWER_BOUND


def test_a_town_bounds_the_smallest_sector_around_it(make_claim):
    """The whole of a town is a part of its sector; rings that overlap sectors come last."""
    town = at(Point(30.2, 50.5), "Town", radius_km=5)

    found = OBSERVER.observe(make_claim(extent=Extent.WHOLE), [town])

    assert (found.area, found.observes) == ("west", Observes.LOWER_BOUND)


@pytest.mark.parametrize(
    ("places", "word"),
    [
        ([], "names no place"),
        ([at(Point(30.5, 50.5), role=PlaceRole.FROM)], "names no place"),
        ([at(Point(10, 10), "Elsewhere")], "Elsewhere is no area"),
        ([at(box(29.8, 50, 30.2, 51), "Astride")], "Astride is no area"),
    ],
)
def test_what_lies_in_no_area_is_left_with_a_reason(make_claim, places, word):
    """A place outside, astride an edge or not stated observes nothing."""
    assert word in OBSERVER.observe(make_claim(), places).reason


def test_a_place_that_could_not_be_placed_observes_nothing(make_claim):
    """Without a geometry only the name can match."""
    lost = PlacedClaim(claim_id="c", role=PlaceRole.AT, text="Nowhere", reason="unknown")

    assert "Nowhere" in OBSERVER.observe(make_claim(), [lost]).reason


def test_an_area_needs_an_id_and_a_valid_polygon():
    """An empty id, a point and a polygon that crosses itself are refused."""
    with pytest.raises(InvalidValueError, match="needs an id"):
        Area(id=" ", name="x", geometry=box(0, 0, 1, 1))
    with pytest.raises(InvalidValueError, match="needs a polygon"):
        Area(id="x", name="x", geometry=Point(0, 0))


def test_the_hash_of_a_geometry_tells_versions_apart():
    """The same ground has the same hash, another ground another."""
    again = Area(id="copy", name="Copy", geometry=box(30, 50, 31, 51))

    assert again.geometry_sha256 == AREAS[0].geometry_sha256
    assert again.geometry_sha256 != AREAS[1].geometry_sha256


def test_a_whole_and_its_part_together_are_the_whole(make_claim):
    """Troops "at the borders and in the west" are counted for the area that holds both."""
    found = OBSERVER.observe(make_claim(), [at(Point(0, 0), "west"), at(Point(0, 0), "all")])

    assert (found.area, found.observes) == ("all", Observes.LEVEL)


def test_two_parts_side_by_side_are_neither(make_claim):
    """A number for two sectors together is no level of the first one."""
    found = OBSERVER.observe(
        make_claim(), [at(box(30.1, 50, 31, 51), "west"), at(box(31.1, 50, 32, 51), "east")]
    )

    assert (getattr(found, "area", None), getattr(found, "observes", None)) != (
        "west",
        Observes.LEVEL,
    )
