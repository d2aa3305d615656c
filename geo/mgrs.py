"""Military grid references (MGRS) as positions, each with the size of its square."""

from __future__ import annotations

import re
from functools import lru_cache

from pyproj import Transformer

from geo.coordinates import LonLat
from geo.errors import InvalidCoordinateError

# NGA.SIG.0012 2.0.0 (2014), appendix B: letters of the 100 km squares and bands of 8 degrees.
PATTERN = re.compile(
    r"(?<!\w)(?P<zone>[1-5]?\d|60)(?P<band>[C-HJ-NP-X])\s?(?P<column>[A-HJ-NP-Z])(?P<row>[A-HJ-NP-V])"
    r"(?:\s?(?P<digits>\d{2}|\d{4}|\d{6}|\d{8}|\d{10})|\s(?P<east>\d{1,5})\s(?P<north>\d{1,5}))(?!\w)"
)
_COLUMNS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_SQUARE_M = 100_000
_CYCLE_M = 2_000_000  # the letters of the rows start anew after it
_FALSE_NORTHING_M = 10_000_000


def parse_mgrs(text: str) -> tuple[LonLat, float]:
    """Read a military grid reference ("37U DQ 12345 67890", "36UXA5613").

    Parameters
    ----------
    text
        One reference, in capitals.

    Returns
    -------
    tuple of LonLat and float
        The centre of the square, and the side of the square in metres.

    Raises
    ------
    InvalidCoordinateError
        If the text is no reference, or names a square that its zone does not have.
    """
    found = PATTERN.fullmatch(text.strip())
    if found is None:
        raise InvalidCoordinateError(given=text, reason="it is no military grid reference")
    zone, band = int(found["zone"]), found["band"]
    east, north = _digits(found)
    if len(east) != len(north) or not 1 <= zone <= 60:
        raise InvalidCoordinateError(given=text, reason="its easting and northing differ in length")
    side_m = _SQUARE_M / 10 ** len(east)
    easting = _column_m(zone, found["column"], text) + (int(east) + 0.5) * side_m
    northing = _row_m(zone, found["row"]) + (int(north) + 0.5) * side_m
    south = -80.0 + 8.0 * _BANDS.index(band)
    return _on_earth(zone, easting, northing, south, text), side_m


def _digits(found: re.Match[str]) -> tuple[str, str]:
    if found["digits"]:
        half = len(found["digits"]) // 2
        return found["digits"][:half], found["digits"][half:]
    return found["east"], found["north"]


def _column_m(zone: int, letter: str, text: str) -> float:
    # The west side of a column; every third zone has the same eight letters.
    place = _COLUMNS.index(letter) - 8 * ((zone - 1) % 3)
    if not 0 <= place < 8:
        raise InvalidCoordinateError(given=text, reason=f"zone {zone} has no column {letter}")
    return float(_SQUARE_M * (place + 1))


def _row_m(zone: int, letter: str) -> float:
    # The south side of a row, short of whole cycles; even zones begin with F.
    return float(_SQUARE_M * ((_ROWS.index(letter) - (5 if zone % 2 == 0 else 0)) % len(_ROWS)))


def _on_earth(zone: int, easting: float, northing: float, south: float, text: str) -> LonLat:
    # The row of that letter which lies in the band.
    to_wgs84 = _transformer(zone, southern=south < 0)
    height = 12.0 if south == 72.0 else 8.0
    for cycle in range(_FALSE_NORTHING_M // _CYCLE_M):
        lon, lat = to_wgs84.transform(easting, northing + cycle * _CYCLE_M)
        if south - 1.0 <= lat < south + height + 1.0:
            return LonLat(lon=round(lon, 6), lat=round(lat, 6))
    raise InvalidCoordinateError(given=text, reason="its square lies outside its band")


@lru_cache(maxsize=16)
def _transformer(zone: int, *, southern: bool) -> Transformer:
    utm = (32700 if southern else 32600) + zone
    return Transformer.from_crs(utm, 4326, always_xy=True)
