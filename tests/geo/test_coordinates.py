"""Positions, and the ways to write one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coordinates import LonLat, format_dms, parse_coordinates
from geo.errors import InvalidCoordinateError

LONGITUDES = st.floats(-180, 180)
LATITUDES = st.floats(-90, 90)


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("51°30'36\"N 39°12'00\"E", 39.2, 51.51),
        ("at 48° 30′ S, 70° 15′ W.", -70.25, -48.5),
        ("50.45, 30.52", 30.52, 50.45),
        ("координаты 51,5° С 39,25° В", 39.25, 51.5),
    ],
)
def test_written_positions_are_read(text, lon, lat):
    """Degrees with hemisphere letters and decimal pairs, latitude first, are understood."""
    read = parse_coordinates(text)
    assert (read.lon, read.lat) == (pytest.approx(lon), pytest.approx(lat))


def test_a_text_without_a_position_has_none():
    """Dates, amounts and plain words are no position."""
    assert parse_coordinates("On 12.01.2022 there were 100,000 at 3.5 km.") is None


@pytest.mark.parametrize(("lon", "lat"), [(181, 0), (0, -91), (float("nan"), 0), (0, float("inf"))])
def test_what_is_not_on_earth_is_refused(lon, lat):
    """A value out of range or not finite is refused with the range."""
    with pytest.raises(InvalidCoordinateError, match="no position on Earth"):
        LonLat(lon=lon, lat=lat)


@given(LONGITUDES, LATITUDES)
def test_reading_what_was_written_gives_it_back(lon, lat):
    """Degrees, minutes and seconds keep a position to half a second."""
    read = parse_coordinates(format_dms(LonLat(lon=lon, lat=lat)))
    assert abs(read.lon - lon) <= 0.5 / 3600 + 1e-9
    assert abs(read.lat - lat) <= 0.5 / 3600 + 1e-9
