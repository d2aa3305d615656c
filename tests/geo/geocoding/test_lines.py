"""Places along a line: roads, coasts, rivers, borders inside a region and between regions."""

import pytest
import shapely

from geo.geocoding import geocode


def first(text):
    """Return the first mention of a text."""
    return geocode(text)[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Колонна идёт вдоль трассы Курск - Белгород.", "вдоль трассы Курск - Белгород"),
        ("They moved along the highway from Kursk to Belgorod.", None),
        ("Ремонт на железной дороге Курск — Белгород.", "на железной дороге Курск — Белгород"),
        ("Затор вздовж траси Курськ - Бєлгород.", "вздовж траси Курськ - Бєлгород"),
    ],
)
def test_a_road_is_the_strip_between_its_towns(text, words):
    """Two towns joined by a road are one strip that holds both."""
    road = first(text)
    assert road.kind == "road"
    assert words in {None, road.text}
    for lon, lat in ((36.185, 51.736), (36.58, 50.61)):
        assert shapely.contains_xy(road.geometry, lon, lat)


@pytest.mark.parametrize(
    "text",
    [
        "Troops dug in along the border with Ukraine in Belgorod region.",
        "Стоят вдоль границы с Украиной в Белгородской области.",
    ],
)
def test_a_border_in_a_region_is_cut_to_it(text):
    """Of a border that is told to be in a region, the part in that region is kept."""
    border, region = geocode(text)
    assert (border.kind, border.admin1) == ("border", region.admin1)
    assert border.geometry.difference(region.geometry).area < 1e-6
    assert border.geometry.area < region.geometry.area


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("Бои на границе Курской и Белгородской областей.", (36.4, 51.1)),
        ("Бої на кордоні Сумської та Чернігівської областей.", (33.2, 51.3)),
        ("Посты на границе Украины и Белоруссии.", (28.7, 51.45)),
    ],
)
def test_the_border_of_two_is_between_them(text, point):
    """The border of two regions or countries is the strip along the line that they share."""
    border = first(text)
    assert (border.kind, border.shape) == ("border", "strip")
    assert shapely.distance(border.geometry, shapely.Point(point)) < 0.4
    assert border.radius_km < 350


@pytest.mark.parametrize(
    "text",
    [
        "Patrols along the coast of Crimea.",
        "Патрули на побережье Крыма.",
        "Патрулі на узбережжі Криму.",
    ],
)
def test_a_coast_is_where_no_land_lies_beyond(text):
    """The coast of Crimea runs by Yalta and Yevpatoria, not through its middle."""
    coast = first(text)
    assert coast.shape == "strip"
    assert shapely.contains_xy(coast.geometry, 33.38, 45.21)
    assert not shapely.contains_xy(coast.geometry, 34.1, 45.25)


def test_an_inland_region_has_no_coast():
    """Where there is no coast, the region stays what it is."""
    assert first("On the coast of Kursk Oblast.").shape == "area"


@pytest.mark.parametrize(
    "text",
    ["Окопи вздовж Дніпра готові.", "On the right bank of the Dnipro.", "На левом берегу Днепра."],
)
def test_a_river_without_a_course_is_all_its_reach(text):
    """Along a river of which no line is held, the whole reach is told, and why."""
    river = first(text)
    assert (river.name, river.kind) == ("Dnieper", "river")
    assert "does not hold" in river.reason
    assert river.geometry is not None
