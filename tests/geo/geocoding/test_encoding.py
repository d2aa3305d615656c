"""A mention is written with its outline, and texts are answered alike in any order."""

import json

import pytest

from geo.geocoding import Geocoder, mention_line


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


def test_results_do_not_depend_on_the_order(geocoder):
    """Each text is answered alike, whatever was read before it."""
    texts = ["Paris, Texas.", "The Seine in Paris, France.", "Paris is here.", "In Moscow, Idaho."]

    forward = [geocoder.geocode(text) for text in texts]
    another = Geocoder()
    backward = [another.geocode(text) for text in reversed(texts)]

    assert forward == backward[::-1]
