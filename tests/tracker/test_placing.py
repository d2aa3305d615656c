"""A placed claim has a geometry with a radius, or the reason why it has none."""

import pytest
from shapely import MultiPoint, Point, box

from tracker.errors import InvalidValueError
from tracker.placing import PlacedClaim
from tracker.vocabulary import PlaceRole


def placed(**fields):
    plain = {"claim_id": "c-1", "role": PlaceRole.AT, "text": "Yelnya"}
    return PlacedClaim(**plain | fields)


def test_the_id_names_claim_role_and_words():
    """A better gazetteer moves the point and keeps the id."""
    old = placed(geometry=Point(33.2, 54.6), radius_km=20)
    new = placed(geometry=Point(33.18, 54.58), radius_km=3, name="Yelnya")

    assert old.id == new.id != placed(role=PlaceRole.TO, reason="no such place").id


@pytest.mark.parametrize(
    "fields", [{}, {"geometry": Point(33, 54), "radius_km": 1, "reason": "unclear"}]
)
def test_a_geometry_or_a_reason_but_never_both(fields):
    """A place that failed says why, and nothing is invented for it."""
    with pytest.raises(InvalidValueError, match="has a geometry, or the reason why it has none"):
        placed(**fields)


@pytest.mark.parametrize("radius_km", [None, -1, float("nan"), float("inf")])
def test_a_geometry_needs_its_uncertainty(radius_km):
    """No dot without the distance within which the truth lies."""
    with pytest.raises(InvalidValueError, match=f"radius_km {radius_km} is no distance"):
        placed(geometry=Point(33, 54), radius_km=radius_km)


@pytest.mark.parametrize("geometry", [Point(54, 133), Point(181, 0), box(-190, 50, 10, 60)])
def test_a_geometry_stays_on_the_globe(geometry):
    """Latitude and longitude the wrong way round are caught where they leave the globe."""
    with pytest.raises(InvalidValueError, match="'Yelnya' lies outside the globe"):
        placed(geometry=geometry, radius_km=1)


def test_a_geometry_without_coordinates_is_refused():
    """An empty point places nothing."""
    with pytest.raises(InvalidValueError, match="'Yelnya' lies outside the globe"):
        placed(geometry=Point(), radius_km=1)


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (MultiPoint([(33, 54), (float("nan"), 54)]), "outside the globe"),
        (Point(33, 54, 200), "has heights; drop them"),
    ],
)
def test_a_geometry_is_flat_and_finite(geometry, words):
    """Heights and half a coordinate are refused before they reach the database."""
    with pytest.raises(InvalidValueError, match=f"'Yelnya' (lies )?{words}"):
        placed(geometry=geometry, radius_km=1)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_score_is_a_probability(score):
    """What is no probability is no score."""
    with pytest.raises(InvalidValueError, match="is no probability"):
        placed(geometry=Point(33, 54), radius_km=1, score=score)
