"""Spatial phrases become geometries with a radius."""

import pytest
import shapely

from geo.geocoding import geocode
from geo.geodesy import great_circle_km

VORONEZH = (39.192, 51.668)


def phrase(text, start):
    """Return the mention whose words begin with some words."""
    return next(m for m in geocode(text) if m.text.startswith(start))


@pytest.mark.parametrize(
    ("text", "words", "shape", "kind"),
    [
        ("Camps stand near Yelnya.", "near Yelnya", "area", "settlement"),
        ("Танки стоят под Харьковом.", "под Харьковом", "area", "settlement"),
        ("Бої тривають під Ізюмом.", "під Ізюмом", "area", "settlement"),
        ("Units lie 30 km north of Voronezh.", "30 km north of Voronezh", "sector", "settlement"),
        ("It lies 40 miles from Voronezh.", "40 miles from Voronezh", "ring", "settlement"),
        ("Лагерь в 20 км от Воронежа.", "в 20 км от Воронежа", "ring", "settlement"),
        ("За 15 км на північ від Харкова.", "За 15 км на північ", "sector", "settlement"),
        ("They moved to eastern Ukraine.", "eastern Ukraine", "area", "country"),
        ("На востоке Украины тихо.", "На востоке Украины", "area", "country"),
        ("На сході України тихо.", "На сході України", "area", "country"),
        ("Trains left the easternmost parts of Russia.", "the easternmost", "area", "country"),
        ("Camps near the border with Ukraine.", "near the border with Ukraine", "strip", "border"),
        ("Войска у границы с Украиной.", "у границы с Украиной", "strip", "border"),
        ("Війська біля кордону з Білоруссю.", "біля кордону з Білоруссю", "strip", "border"),
        ("Roads between Kursk and Belgorod.", "between Kursk and", "strip", "settlement"),
    ],
)  # fmt: skip
def test_phrase_becomes_a_shape(text, words, shape, kind):
    """A phrase begins with its first word and has the shape it describes, a point and a radius."""
    mention = phrase(text, words)
    assert (mention.shape, mention.kind) == (shape, kind)
    assert mention.geometry is not None
    assert mention.geometry.is_valid
    assert mention.radius_km > 0


def test_a_distance_and_direction_are_kept():
    """Thirty kilometres north of a city lie thirty kilometres north of it."""
    mention = phrase("Units lie 30 km north of Voronezh.", "30 km")
    assert great_circle_km(*VORONEZH, mention.lon, mention.lat) == pytest.approx(30, abs=1)
    assert mention.lat > VORONEZH[1] + 0.2
    assert mention.geometry.covers(shapely.Point(mention.lon, mention.lat))


def test_the_border_with_a_country_lies_on_the_others_side():
    """A strip along the border with Ukraine, in a text on Russia, lies in Russia."""
    mention = phrase("Russia keeps camps near the border with Ukraine.", "near the border")
    assert mention.country == "RU"
    assert mention.geometry.covers(shapely.Point(36.6, 50.55))  # Belgorod
    assert not mention.geometry.intersects(shapely.Point(36.23, 49.99))  # Kharkiv


def test_a_bare_border_is_that_of_the_neighbours_in_the_text():
    """A border without a name is placed between the neighbours that the text names."""
    mention = phrase("Russia told Ukraine that troops near the border would stay.", "near the")
    assert mention.name == "border of UA and RU"
    assert mention.score < 0.9


def test_a_bare_border_without_neighbours_is_not_placed():
    """A border that no country of the text explains keeps its words and a reason."""
    mention = phrase("Troops stay near the border, he said.", "near the border")
    assert (mention.lon, mention.shape) == (None, "none")
    assert "whose border" in mention.reason


def test_the_border_of_two_named_adjectives():
    """A Russian-Ukrainian border, written as one adjective, is the border of the two."""
    mention = phrase("На российско-украинской границе спокойно.", "На российско")
    assert mention.name == "border of UA and RU"


def test_the_east_of_russia_is_the_far_east():
    """The east of Russia is where its Far East lies, not the last fifth of its map."""
    mention = phrase("Trains left easternmost parts of Russia.", "easternmost")
    assert mention.geometry.covers(shapely.Point(131.9, 43.4))  # near Vladivostok
    assert not mention.geometry.intersects(shapely.Point(37.6, 55.75))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Бои на крайнем востоке Украины.", "на крайнем востоке Украины"),
        ("Бої на крайньому сході України.", "на крайньому сході України"),
    ],
)
def test_the_outermost_part_is_smaller_than_the_side(text, words):
    """The far east of a country is a part of its east."""
    outermost, side = geocode(text)[0], geocode("На востоке Украины тихо.")[0]
    assert outermost.text == words
    assert outermost.geometry.area < side.geometry.area


def test_a_distance_from_a_countrys_border_is_kept():
    """Some distance from A's border with B is a strip at that distance."""
    near = geocode("Стоят в 10 км от границы Украины с Россией.")[0]
    assert (near.text, near.shape) == ("в 10 км от границы Украины", "strip")
    wide = geocode("Стоят в 40 км от границы Украины с Россией.")[0]
    assert near.geometry.area < wide.geometry.area
