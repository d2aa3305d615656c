"""A fixed grid: the same answer for every point of a cell, and an honest reach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InvalidCoordinateError
from geo.geodesy import great_circle_km
from geo.grid import snap

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)
CELL_KM = st.floats(1, 500)


@given(LON, LAT, CELL_KM)
def test_the_reach_covers_every_point_of_a_cell(lon, lat, cell_km):
    """No point lies farther from the centre of its cell than the reach says."""
    centre_lon, centre_lat, reach_km = snap(lon, lat, cell_km)

    assert great_circle_km(lon, lat, centre_lon, centre_lat) <= reach_km * 1.001 + 1e-6


@given(LON, LAT, CELL_KM)
def test_a_centre_is_its_own_centre(lon, lat, cell_km):
    """Snapping twice is snapping once, so that averaging gains nothing."""
    once = snap(lon, lat, cell_km)

    assert snap(once[0], once[1], cell_km) == once


@given(st.floats(-180, 180), st.floats(-75, 75), st.floats(5, 100))
def test_a_cell_is_about_as_large_as_asked(lon, lat, cell_km):
    """Away from the poles the reach is about half the diagonal of the cell."""
    assert snap(lon, lat, cell_km)[2] == pytest.approx(cell_km / 2**0.5, rel=0.2)


@pytest.mark.parametrize("cell_km", [0, -1, float("nan"), 6_000])
def test_a_size_that_is_none_is_refused(cell_km):
    """A grid needs a positive size."""
    with pytest.raises(InvalidCoordinateError, match="A grid of"):
        snap(0, 0, cell_km)
