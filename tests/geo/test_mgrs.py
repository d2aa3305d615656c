"""Military grid references."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.errors import InvalidCoordinateError
from geo.geodesy import great_circle_km
from geo.mgrs import parse_mgrs

COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
ROWS = "ABCDEFGHJKLMNPQRSTUV"
BANDS = "CDEFGHJKLMNPQRSTUVWX"


def reference(lon, lat):
    """Return the reference of a position to a metre, straight from the definition of the grid."""
    zone = int((lon + 180) // 6) + 1
    utm = (32700 if lat < 0 else 32600) + zone
    east, north = Transformer.from_crs(4326, utm, always_xy=True).transform(lon, lat)
    column = COLUMNS[(zone - 1) % 3][int(east // 100_000) - 1]
    row = ROWS[(int(north // 100_000) + (5 if zone % 2 == 0 else 0)) % 20]
    band = BANDS[int((lat + 80) // 8)]
    return f"{zone}{band} {column}{row} {int(east % 100_000):05d} {int(north % 100_000):05d}"


@given(st.floats(-179.9, 179.9), st.floats(-79.9, 55.9))
def test_a_reference_leads_back_to_its_position(lon, lat):
    """A position written as a reference and read again is the same to a few metres."""
    position, side_m = parse_mgrs(reference(lon, lat))
    assert side_m == 1.0
    assert great_circle_km(lon, lat, position.lon, position.lat) < 0.01


@pytest.mark.parametrize(
    ("text", "side_m"), [("37UDQ", None), ("37UDQ12", 1e4), ("37U DQ 1234", 1e3)]
)
def test_fewer_digits_are_a_larger_square(text, side_m):
    """The side of the square follows from the number of digits; none are no position."""
    if side_m is None:
        with pytest.raises(InvalidCoordinateError, match="military grid"):
            parse_mgrs(text)
    else:
        assert parse_mgrs(text)[1] == side_m


@pytest.mark.parametrize("text", ["37UZQ1234", "61UDQ1234", "37U DQ 123 45678", "T-72 AB 12 34"])
def test_what_is_no_square_of_the_grid_is_refused(text):
    """Columns that a zone does not have and odd digits are refused with the reason."""
    with pytest.raises(InvalidCoordinateError):
        parse_mgrs(text)
