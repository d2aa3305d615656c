"""A position on Earth, and the notations in which people write one."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from geo.errors import InvalidCoordinateError

_PART = (
    r"(\d{1,3}(?:[.,]\d+)?)\s*[\u00b0d]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['\u2032\u2019]\s*)?"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"\u2033\u201d]|'')\s*)?"
)
_DMS = re.compile(rf"{_PART}([NSСЮ])[,;\s]*{_PART}([EWВЗ])", re.IGNORECASE)
_DECIMAL = re.compile(r"(?<![\d.])([+-]?\d{1,2}\.\d{2,})[,;\s]\s*([+-]?\d{1,3}\.\d{2,})(?![\d.])")


@dataclass(frozen=True, kw_only=True, slots=True)
class LonLat:
    """A position in WGS 84 degrees.

    Attributes
    ----------
    lon
        Longitude, -180 to 180, east positive.
    lat
        Latitude, -90 to 90, north positive.

    Raises
    ------
    InvalidCoordinateError
        If a value is not finite or out of range.
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        given = f"lon {self.lon}, lat {self.lat}"
        if not (math.isfinite(self.lon) and math.isfinite(self.lat)):
            raise InvalidCoordinateError(given=given, reason="both must be finite numbers")
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):
            raise InvalidCoordinateError(
                given=given, reason="longitude is -180 to 180, latitude -90 to 90"
            )


def parse_coordinates(text: str) -> LonLat | None:
    r"""Read the first written position of a text.

    Understands degrees, minutes and seconds with hemisphere letters, Latin or Cyrillic
    ("51 deg 30' 36\" N, 39 deg 12' E" with the degree sign), and decimal pairs in the order
    latitude, longitude, which is how people write them.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    LonLat or None
        None where no position is written.

    Raises
    ------
    InvalidCoordinateError
        If a position is written whose degrees do not exist.
    """
    found = _DMS.search(text)
    if found:
        lat = _degrees(*found.groups()[:3]) * (-1 if found[4].upper() in "SЮ" else 1)
        lon = _degrees(*found.groups()[4:7]) * (-1 if found[8].upper() in "WЗ" else 1)
        return LonLat(lon=lon, lat=lat)
    found = _DECIMAL.search(text)
    if found:
        return LonLat(lon=float(found[2]), lat=float(found[1]))
    return None


def format_dms(position: LonLat) -> str:
    """Return a position as degrees, minutes and whole seconds with hemisphere letters.

    Returns
    -------
    str
        A position as degrees, minutes and whole seconds with hemisphere letters.
    """
    return f"{_dms(position.lat, 'NS')} {_dms(position.lon, 'EW')}"


def _degrees(degrees: str, minutes: str | None, seconds: str | None) -> float:
    parts = [float((part or "0").replace(",", ".")) for part in (degrees, minutes, seconds)]
    return parts[0] + parts[1] / 60 + parts[2] / 3600


def _dms(value: float, letters: str) -> str:
    total = round(abs(value) * 3600)
    return (
        f"{total // 3600}\u00b0{total // 60 % 60:02d}\u2032{total % 60:02d}\u2033"
        f"{letters[value < 0]}"
    )
