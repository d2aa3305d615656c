"""A leg rests on claims."""

import pytest
from shapely import LineString, Point

from tracker.errors import InvalidValueError
from tracker.movements import Leg
from tracker.vocabulary import Status


def leg(claims, **fields):
    line = LineString([(82.9, 55.0), (33.2, 54.6)])
    plain = {"actor": "RU", "origin": "Novosibirsk", "destination": "Yelnya", "geometry": line}
    return Leg(claims=claims, status=Status.ACTUAL, **plain | fields)


def test_a_leg_that_no_claim_supports_is_refused():
    """Nothing is drawn that nobody said."""
    with pytest.raises(InvalidValueError, match="a leg needs at least one claim that says so"):
        leg(())


def test_the_id_names_the_ends_and_the_claims():
    """The same words give the same leg, whatever its drawn line."""
    drawn_otherwise = leg(("c-1",), geometry=LineString([(0, 0), (1, 1)]))

    assert leg(("c-1",)).id == drawn_otherwise.id
    assert leg(("c-1",)).id != leg(("c-2",)).id
    assert leg(("c-1",)).id != leg(("c-1",), destination="Pogonovo").id


@pytest.mark.parametrize(
    "fields",
    [
        {"geometry": LineString([(182.9, 55.0), (33.2, 54.6)])},
        {"geometry": LineString()},
        {"via": (Point(54.6, 133.2),)},
    ],
)
def test_a_leg_stays_on_the_globe(fields):
    """Ends that are off the globe, or are not there, are refused by name."""
    with pytest.raises(InvalidValueError, match="the leg from 'Novosibirsk' lies outside"):
        leg(("c-1",), **fields)
