"""Areas are read from GeoJSON as a tree of polygons, or refused in one sentence."""

import json

import pytest

from tracker.area_file import read_areas, seed_areas
from tracker.errors import UnreadableInputError

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}


def collection(*properties, geometry=None):
    features = [
        {"type": "Feature", "properties": p, "geometry": geometry or SQUARE} for p in properties
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def area(area_id, parent=None):
    return {"id": area_id, "name": area_id.title(), "parent": parent}


def test_areas_keep_their_tree():
    """Ids, names and parents come through."""
    whole, part = read_areas(collection(area("whole"), area("part", "whole")))

    assert (whole.parent, part.parent) == (None, "whole")
    assert part.geometry.area == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"{", "no GeoJSON FeatureCollection"),
        (b"[" * 100_000, "no GeoJSON FeatureCollection"),
        (b"\xff\xfe", "no GeoJSON FeatureCollection"),
        (collection({"name": "x"}), "no GeoJSON FeatureCollection"),
        (
            collection(area("a"), geometry={"type": "Point", "coordinates": [0, 0]}),
            "needs a polygon",
        ),
        (collection(area("a"), geometry={"type": "Nonsense"}), "no GeoJSON FeatureCollection"),
        (collection(area("a"), area("a")), "the same id"),
        (collection(area("a", "b")), "the parent 'b' of 'a' is no area here"),
        (collection(area("a", "b"), area("b", "a")), "run in a circle"),
    ],
)
def test_what_is_no_tree_of_polygons_is_refused(data, sentence):
    """The message says what is wrong with the file."""
    with pytest.raises(UnreadableInputError) as caught:
        read_areas(data)

    assert sentence in str(caught.value)


def test_the_seeds_hold_the_theatre_of_the_record():
    """The demo's theatre and its sectors travel with the package."""
    areas = {one.id: one for one in seed_areas()}

    assert areas["around-ukraine"].parent is None
    assert [one for one in areas.values() if one.parent == "around-ukraine"]
