"""Scores and radii from what a reading's rivals leave it."""

from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.place import NameKind, Place
from geo.geocoding.calibration import radius_km, score
from geo.geocoding.meanings import Candidate

KINDS = st.sampled_from(["settlement", "admin1", "admin2", "country", "sea"])
SHARES = st.floats(0, 1)


def town(lon, kind="settlement", own_km=5.0):
    """Return a candidate on the equator."""
    place = Place(
        index=0, id="x", geonameid=None, name="X", kind=kind, country="KE", admin1="KE.01",
        lon=lon, lat=0.0, radius_km=own_km, population=0,
    )  # fmt: skip
    return Candidate(place, NameKind.PRIMARY, 0.0)


@given(st.tuples(SHARES, SHARES), KINDS)
def test_a_score_is_a_probability_that_grows_with_the_share(shares, kind):
    """A larger share never has a smaller score, and no score is certain."""
    less, more = sorted(shares)
    assert 0 <= score(less, kind) <= score(more, kind) < 1


@given(st.floats(0.01, 0.99), KINDS)
def test_a_radius_never_shrinks_as_doubt_grows(share, kind):
    """With a rival 111 km away the radius is that of the sure reading, or reaches the rival."""
    sure = radius_km([(town(0.0, kind), 1.0)])
    unsure = radius_km([(town(0.0, kind), share), (town(1.0, kind), 1 - share)])
    assert unsure == sure or unsure > 111


def test_a_region_is_meant_narrower_than_its_area():
    """A region's radius is that of what its name means, not of its farthest corners."""
    assert radius_km([(town(0.0, "admin1", 200.0), 1.0)]) == 160.0
