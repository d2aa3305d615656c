"""Names that the gazetteer lacks are found by their noun and stay without a position."""

import pytest

from geo.geocoding import geocode
from geo.geocoding.unlisted import REASON, unlisted


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("They camp at Quernmoor training ground.", "Quernmoor training ground", "training_ground"),
        ("Guns left the bank of Zelmira lake.", "Zelmira lake", "lake"),
        ("A crash on Interstate 395 closed it.", "Interstate 395", "street"),
        ("Состав ушёл со станции Чупино на запад.", "Чупино", "rail_station"),
        ("Навчання на полігоні Чупине тривають.", "Чупине", "training_ground"),
    ],
)
def test_a_noun_tells_what_an_unknown_name_is(text, words, kind):
    """A name beside the noun of a place is found, with its kind and the reason."""
    (mention,) = [m for m in geocode(text) if m.text == words]
    assert (mention.kind, mention.lon, mention.reason) == (kind, None, REASON)


def test_what_is_read_already_is_left():
    """Words that another name covers are not found again."""
    text = "Laurel County Road is closed."
    assert list(unlisted(text, [(0, 13)])) == []


def test_a_noun_without_a_name_is_no_place():
    """Rivers, roads and stations in general are not named."""
    assert geocode("The river and the road to the station were closed.") == []
