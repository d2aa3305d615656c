"""A mention is written with its outline, and texts are answered alike in any order."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.geocoding import Alternative, Geocoder, Mention, mention_line

WORDS = st.text(max_size=20)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@pytest.fixture(scope="module")
def geocoder():
    """Return one geocoder for the module."""
    return Geocoder()


def test_outlines_are_written_as_geojson(geocoder):
    """The line of an area equals the mention's own JSON, also the second time."""
    (mention,) = geocoder.geocode("In Ukraine.")

    first, second = json.loads(mention_line(mention)), json.loads(mention_line(mention))

    assert first == second
    assert first["geometry"]["type"] == "Polygon"
    assert list(first) == list(mention.as_json())


@given(WORDS, st.none() | WORDS, st.none() | NUMBERS, st.none() | st.integers(), st.booleans())
def test_a_line_is_the_json_of_the_mention(words, reason, lon, geonameid, metonym):
    """Whatever a mention holds, its line reads back as its own JSON, key by key."""
    other = Alternative(name=words, lon=lon, lat=None, geonameid=geonameid, score=0.25)
    mention = Mention(
        start=1, end=2, text=words, name=words, lon=lon, lat=lon, geonameid=geonameid,
        metonym=metonym, reason=reason, alternatives=(other, other),
    )  # fmt: skip

    line = mention_line(mention)

    assert "\n" not in line
    assert line == json.dumps(mention.as_json(), ensure_ascii=False)


def test_results_do_not_depend_on_the_order(geocoder):
    """Each text is answered alike, whatever was read before it."""
    texts = ["Paris, Texas.", "The Seine in Paris, France.", "Paris is here.", "In Moscow, Idaho."]

    forward = [geocoder.geocode(text) for text in texts]
    another = Geocoder()
    backward = [another.geocode(text) for text in reversed(texts)]

    assert forward == backward[::-1]
