"""Distances, bearings and shapes on Earth."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InvalidCoordinateError
from geo.geodesy import bearing_deg, buffer_km, destination, distance_m, great_circle_km, ring
from geo.uncertainty import Location, covering_radius_km

LON, LAT = st.floats(-179, 179), st.floats(-85, 85)


def test_a_known_distance():
    """Kyiv to Moscow is 756 km."""
    assert distance_m(30.5238, 50.4547, 37.6178, 55.7520) == pytest.approx(756_000, abs=2_000)


@given(LON, LAT, LON, LAT)
def test_distance_is_symmetric_and_the_sphere_is_near(lon_a, lat_a, lon_b, lat_b):
    """Both ways are as long, and the sphere is within 0.6 % of the ellipsoid."""
    there = distance_m(lon_a, lat_a, lon_b, lat_b)
    assert distance_m(lon_b, lat_b, lon_a, lat_a) == pytest.approx(there, abs=1e-3)
    assert great_circle_km(lon_a, lat_a, lon_b, lat_b) == pytest.approx(there / 1000, rel=6e-3)


@pytest.mark.parametrize(("lon", "lat", "bearing"), [(30, 51, 0), (31, 50, 90), (30, 49, 180)])
def test_bearings_turn_clockwise_from_north(lon, lat, bearing):
    """North is 0, east 90, south 180 degrees."""
    assert bearing_deg(30, 50, lon, lat) == pytest.approx(bearing, abs=0.5)


@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(0, 359), st.floats(10, 500_000))
def test_a_destination_lies_where_it_was_sent(lon, lat, axis, length):
    """The distance to the destination is the length given."""
    assert distance_m(lon, lat, *destination(lon, lat, axis, length)) == pytest.approx(
        length, abs=0.01
    )


def test_a_ring_keeps_its_distances():
    """Points of a ring lie between its two radii, those of a sector also in its direction."""
    whole = ring(37.6, 55.75, 20, 30)
    sector = ring(37.6, 55.75, 20, 30, towards_deg=90)
    assert not whole.covers(shapely.Point(37.6, 55.75))
    assert whole.buffer(1e-3).covers(sector)
    assert sector.centroid.x > 37.9


def test_a_buffer_has_the_width_asked_for():
    """A point widened by 50 km is a disc of that radius."""
    disc = buffer_km(shapely.Point(36.2, 50.0), 50)
    edge = [great_circle_km(36.2, 50.0, x, y) for x, y in shapely.get_coordinates(disc)]
    assert edge == pytest.approx([50] * len(edge), rel=0.01)


def test_the_covering_radius_holds_nine_tenths():
    """Of a disc, nine tenths of the area lie within the square root of 0.9 of its radius."""
    disc = ring(36.2, 50.0, 0, 100)
    assert covering_radius_km(disc, 36.2, 50.0) == pytest.approx(94.9, rel=0.05)


def test_a_location_needs_a_geometry_and_a_radius():
    """An empty geometry and a negative radius are refused."""
    with pytest.raises(InvalidCoordinateError, match="no position"):
        Location(geometry=shapely.Point(), radius_km=1)
    with pytest.raises(InvalidCoordinateError, match="0 or more"):
        Location(geometry=shapely.Point(0, 0), radius_km=-1)
