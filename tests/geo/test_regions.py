"""Outlines, borders and parts of countries."""

import pytest
import shapely

from geo.gazetteer import Gazetteer
from geo.geodesy import great_circle_km
from geo.regions import Regions, label_point

KHARKIV, BELGOROD = shapely.Point(36.23, 49.99), shapely.Point(36.59, 50.60)
JOINED = ("European Union", "Caucasus", "Far East", "Scandinavia", "Middle East", "Balkans")
MAGADAN, NORILSK = shapely.Point(150.8, 59.55), shapely.Point(88.2, 69.35)
SIMFEROPOL, VLADIVOSTOK = shapely.Point(34.1, 44.95), shapely.Point(132.0, 43.3)


@pytest.fixture(scope="module")
def regions():
    """Return the regions of the package's gazetteer."""
    return Regions(Gazetteer.open())


def place(name, kind):
    """Return the place of a name and kind."""
    return next(p for p in Gazetteer.open().search(name) if p.kind == kind)


def test_crimea_is_in_ukraines_outline_alone(regions):
    """The peninsula belongs to Ukraine's outline and not to Russia's."""
    assert regions.outline(place("Ukraine", "country")).covers(SIMFEROPOL)
    assert not regions.outline(place("Russia", "country")).covers(SIMFEROPOL)


def test_a_macro_region_is_the_union_of_its_members(regions):
    """The Far East covers its regions; a settlement has no outline."""
    far_east = regions.outline(place("Far East", "macro_region"))
    assert far_east.buffer(0.1).covers(VLADIVOSTOK)
    assert not far_east.intersects(KHARKIV)
    assert regions.outline(place("Kharkiv", "settlement")) is None


def test_what_is_joined_at_shared_borders_is_the_union(regions):
    """Outlines of several boundaries are valid and cover what the slow union covers."""
    gazetteer = Gazetteer.open()
    places = [p for name in JOINED for p in gazetteer.search(name) if p.kind == "macro_region"]
    assert len(places) >= len(JOINED)
    for region in places:
        parts = [regions.shape(member) for member in gazetteer.members(region.index)]
        outline = regions.outline(region)
        assert outline.is_valid
        assert outline.symmetric_difference(shapely.unary_union(parts)).area < 1e-9


def test_a_border_strip_keeps_to_its_side(regions):
    """The strip inside Russia holds Belgorod, the one inside Ukraine Kharkiv."""
    in_russia = regions.border_strip("UA", ("RU",), width_km=60, inside=("RU",))
    in_ukraine = regions.border_strip("UA", ("RU",), width_km=60, inside=("UA",))
    assert in_russia.covers(BELGOROD)
    assert not in_russia.intersects(KHARKIV)
    assert in_ukraine.covers(KHARKIV)


def test_countries_that_do_not_touch_have_no_border(regions):
    """There is no border of Ukraine and Japan, and none of an unknown country."""
    assert regions.border("UA", "JP") is None
    assert regions.border_strip("UA", ("JP",), width_km=50) is None
    assert regions.border("UA", "ZZ") is None


@pytest.mark.parametrize(
    ("direction", "inside", "outside"),
    [("E", KHARKIV, (24.0, 49.8)), ("W", shapely.Point(24.0, 49.8), (36.2, 50.0))],
)
def test_a_part_lies_on_its_side(regions, direction, inside, outside):
    """The eastern third of Ukraine holds Kharkiv, the western one Lviv."""
    part = regions.part(regions.shape("UA"), direction)
    assert part.covers(inside)
    assert not part.intersects(shapely.Point(outside))


def test_the_east_of_a_country_across_the_antimeridian(regions):
    """Chukotka, on both sides of 180 degrees, is the easternmost part of Russia."""
    part = regions.part(regions.shape("RU"), "E", share=0.2)
    assert part.intersects(shapely.Point(175.0, 66.0))
    assert part.intersects(shapely.Point(-173.0, 65.0).buffer(1))
    assert not part.intersects(shapely.Point(37.6, 55.75))


def test_a_label_point_lies_inside(regions):
    """The label point of a country lies in it, also where its centroid does not."""
    for code in ("UA", "HR", "US", "RU", "NO"):
        lon, lat = label_point(regions.shape(code))
        assert regions.shape(code).covers(shapely.Point(lon, lat)), code
    assert great_circle_km(*label_point(regions.shape("UA")), 31.4, 49.0) < 100


def test_the_longest_coast_is_drawn(regions):
    """A coast of many islands, whose strip crosses itself once rounded, is a valid strip."""
    russia = regions.outline(place("Russia", "country"))
    coast = regions.coast(russia, "RU", width_km=20.0)
    assert coast.is_valid
    assert coast.covers(MAGADAN)
    assert not coast.intersects(NORILSK)
