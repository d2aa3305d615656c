"""What holds for any text, however odd."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.gazetteer.inflection import inflect
from geo.gazetteer.names import normalise
from geo.geocoding import Geocoder

PIECES = st.sampled_from(
    [
        "Kyiv", "Улан-Удэ", "Харкові", "the border", " near ", "30 km north of ", "שלום", "🚀",
        "e\u0301", "И\u0306ошкар-Ола", "\u200f", "\n", ", ", ". ", "Paris", "Texas", "U.S.", "'s",
        "на границе с ", "Україною", "\u202e", "Mr. ", "(", ")", "—", "WASHINGTON", "\x00",
        "along the road from ", "вдоль трассы ", " - ", "50.1234, 36.1234", "37U DQ 12 34",
        "50°1'N 36°2'E", "the coast of ", "Crimea", " в Белгородской области", "Сумської та ",
        " районах", "Днепра", "ВС РФ ",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=25).map("".join)


@pytest.fixture(scope="module")
def geocoder():
    """Return one geocoder for the module."""
    return Geocoder()


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_offsets_always_match_the_text(geocoder, text):
    """The words of a mention are those between its offsets, in order and apart."""
    mentions = geocoder.geocode(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_every_mention_is_placed_or_says_why_not(geocoder, text):
    """A mention has a point, a radius and a score, or a reason and neither."""
    for mention in geocoder.geocode(text):
        if mention.lon is None:
            assert mention.reason
            assert mention.radius_km is None
        else:
            assert -180 <= mention.lon <= 180
            assert -90 <= mention.lat <= 90
            assert mention.radius_km > 0
            assert 0 < mention.score <= 1


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_a_declined_name_finds_its_base(lang):
    """Every case form that is made of a town's name leads back to the town."""
    gazetteer = Gazetteer.open()
    name = {"ru": "Валуйки", "uk": "Чернівці"}[lang]
    base = {place.index for place in gazetteer.search(name)}
    for form in inflect(normalise(name), lang):
        assert base & {place.index for place in gazetteer.search(form, limit=100)}, form


def test_ten_megabytes_of_noise_are_read():
    """A text of ten megabytes without order ends, with offsets that match."""
    text = ("qw9 ..xx, \u200f ?? \n" * 640 + "у Київ. ") * 1_000
    mentions = Geocoder().geocode(text)
    assert len(text) > 10_000_000
    assert text[mentions[-1].start : mentions[-1].end] == mentions[-1].text == "Київ"
    assert len(mentions) == 1_000


def test_the_same_text_gives_the_same_answer():
    """Two geocoders answer alike."""
    text = "From Omsk to Yelnya, near the border with Ukraine. Paris, Texas."
    assert Geocoder().geocode(text) == Geocoder().geocode(text)
