"""Settlements that only their community places."""

import pytest

from geo.gazetteer.index import Gazetteer
from geo.gazetteer.villages import read_villages, romanised
from geo.geocoding import geocode


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Кліщіївка", "Klishchiivka"),
        ("Згурівка", "Zghurivka"),
        ("Єнакієве", "Yenakiieve"),
        ("Куп'янськ-Вузловий", "Kupiansk-Vuzlovyi"),
        ("Йосипівка", "Yosypivka"),
        ("Юр’ївка", "Yurivka"),
    ],
)
def test_names_are_romanised_as_the_government_does(name, spelled):
    """The official table holds, first letters and "zgh" included."""
    assert romanised(name) == spelled


def test_each_name_of_a_community_is_a_settlement_in_its_middle(tmp_path):
    """Every name of a row has the row's point, region and radius."""
    table = tmp_path / "villages.csv"
    header = "country,admin1,lon,lat,radius_km,names"
    table.write_text(f"{header}\nUA,UA.05,37.9,48.5,17,Мала Тиша; Яблунівська\n", encoding="utf-8")
    entries = list(read_villages(table))
    assert [entry.name for entry in entries] == ["Mala Tysha", "Yablunivska"]
    assert {(e.admin1, e.lon, e.lat, e.radius_km) for e in entries} == {("UA.05", 37.9, 48.5, 17)}
    assert "Малая Тыша" in entries[0].ru or "Малая Тиша" in entries[0].ru


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Бої тривають біля Кліщіївки.", "Кліщіївки"),
        ("Бои идут в Клещеевке за каналом.", "Клещеевке"),
        ("Fighting went on near Klishchiivka, Donetsk Oblast.", "Klishchiivka"),
    ],
)
def test_a_village_is_found_within_its_community(text, words):
    """A village that no list of towns has is placed near its neighbours, and says how near."""
    mention = next(m for m in geocode(text) if words in m.text)
    assert abs(mention.lon - 37.96) < 0.3
    assert abs(mention.lat - 48.53) < 0.2
    assert mention.radius_km >= 15


def test_a_village_says_how_it_is_placed():
    """The reason tells that the point is the community's."""
    mention = geocode("Бої тривають у Кліщіївці.")[0]
    assert mention.reason.endswith("the middle of its community")


def test_a_village_is_no_word():
    """A village that is called like a word needs a preposition to be meant."""
    assert [m.text for m in geocode("Пожежа на нафтобазі у Василькові.")] == ["Василькові"]


def test_a_village_is_a_settlement_without_a_number():
    """Such a place has an id of its own, no number of GeoNames and no inhabitants."""
    village = next(p for p in Gazetteer.open().search("Кліщіївка") if p.admin1 == "UA.05")
    assert village.is_village
    assert (village.kind, village.geonameid, village.population) == ("settlement", None, 0)
    assert village.id == "UA.05:Klishchiivka"
