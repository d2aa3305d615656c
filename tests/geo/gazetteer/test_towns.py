"""Labels of a map: towns by size, and no districts of cities among them."""

import pytest

from geo.gazetteer import Gazetteer
from geo.gazetteer.towns import largest_towns

THEATRE = (14.0, 38.0, 179.0, 75.0)


@pytest.fixture(scope="module")
def names():
    """Return the names of the largest 700 towns from the Oder to the Pacific."""
    return set(largest_towns(Gazetteer.open(), THEATRE, 700)["name"])


@pytest.mark.parametrize("district", ["Saltivka", "Dniprovskyi", "Obolon", "Maltepe", "Ursynów"])
def test_districts_of_cities_are_no_towns(names, district):
    """What lies inside a much larger town is no label of its own."""
    assert district not in names


@pytest.mark.parametrize("town", ["Kyiv", "Kharkiv", "Mariupol", "Makiyivka", "Engels", "Brovary"])
def test_towns_beside_larger_ones_stay(names, town):
    """A town at the edge of a larger one, or with a populous district, keeps its label."""
    assert town in names


def test_towns_come_by_size_and_in_the_box():
    """The largest comes first and nothing outside the box comes at all."""
    frame = largest_towns(Gazetteer.open(), (30.0, 49.0, 40.0, 52.0), 5)

    assert list(frame["population"]) == sorted(frame["population"], reverse=True)
    assert frame["name"].iloc[0] == "Kyiv"
    assert frame.geometry.x.between(30.0, 40.0).all()


def test_a_known_district_is_no_town():
    """Mariupol is labelled, and not its right bank."""
    names = set(largest_towns(Gazetteer.open(), (36, 46, 39, 48), 40)["name"])

    assert "Mariupol" in names
    assert "Pravyi Bereh" not in names
