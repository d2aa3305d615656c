"""Finds positions that a text writes out: degrees, decimal pairs and military grid references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.coordinates import LonLat, parse_coordinates
from geo.errors import InvalidCoordinateError
from geo.geocoding.mention import Mention
from geo.mgrs import PATTERN, parse_mgrs

KM_PER_DEG = 111.2
LEAST_RADIUS_KM = 0.1  # what is at a position is wider than its last digit
SCORE = 0.95  # a written position is right, but for slips of the pen

_DEGREE = "\u00b0"
# Latitude and longitude with a hemisphere each, or two decimals of three digits and more: fewer
# are as often prices or results.
_DMS = re.compile(
    rf"\d{{1,3}}(?:[.,]\d+)?\s*{_DEGREE}[^A-Za-zА-я{_DEGREE}]{{0,24}}[NSСЮ][,;\s]*"
    rf"\d{{1,3}}(?:[.,]\d+)?\s*{_DEGREE}[^A-Za-zА-я{_DEGREE}]{{0,24}}[EWВЗ](?!\w)"
)
# Decimals with a hemisphere each and no sign of degrees: "48.0159 N, 37.8028 E".
_LETTERED = re.compile(
    r"(?<![\w.,])\d{1,2}\.(?P<digits>\d{1,8})\s?[NS][,;]?\s{0,2}\d{1,3}\.\d{1,8}\s?[EW](?!\w)"
)
_DECIMAL = re.compile(
    r"(?<![\d.,])[+-]?\d{1,2}\.(?P<digits>\d{3,})[,;]?\s{0,2}[+-]?\d{1,3}\.\d{3,}(?![\d.]|,\d)"
)

# What the patterns above need somewhere; sought first, since most texts have neither.
_DECIMALS = re.compile(r"\.[0-9]{3}")
_LETTER = re.compile(r"[0-9] ?[NS]\b")
_GRID = re.compile(r"[0-9][C-HJ-NP-X]\s?[A-HJ-NP-Z][A-HJ-NP-V][\s0-9]")


def positions(text: str) -> Iterator[Mention]:
    """Yield the positions that a text writes out.

    Parameters
    ----------
    text
        Any text.

    Yields
    ------
    Mention
        Of kind `position`; its radius is half of its last digit, at least `LEAST_RADIUS_KM`.
        Numbers that are no position on Earth are left out.
    """
    if _DEGREE in text:
        for found in _DMS.finditer(text):
            seconds = '"' in found[0] or "\u2033" in found[0] or "''" in found[0]
            minutes = re.search("['\u2032\u2019]", found[0])
            part = 3600 if seconds else 60 if minutes else 1
            yield from _placed(found, KM_PER_DEG / part / 2)
    if _DECIMALS.search(text):
        for found in _DECIMAL.finditer(text):
            yield from _placed(found, KM_PER_DEG / 10 ** len(found["digits"]) / 2)
    if _LETTER.search(text):
        for found in _LETTERED.finditer(text):
            written = re.sub(r"\s?([NSEW])", f"{_DEGREE}\\1", found[0])
            yield from _placed(found, KM_PER_DEG / 10 ** len(found["digits"]) / 2, written)
    if not _GRID.search(text):
        return
    for found in PATTERN.finditer(text):
        try:
            position, side_m = parse_mgrs(found[0])
        except InvalidCoordinateError:
            continue
        yield _mention(found, position, side_m / 2000)


def _placed(
    found: re.Match[str], radius_km: float, written: str | None = None
) -> Iterator[Mention]:
    try:
        position = parse_coordinates(written or found[0])
    except InvalidCoordinateError:
        return
    if position is not None:
        yield _mention(found, position, radius_km)


def _mention(found: re.Match[str], position: LonLat, radius_km: float) -> Mention:
    return Mention(
        start=found.start(),
        end=found.end(),
        text=found[0],
        name=found[0],
        lon=round(position.lon, 6),
        lat=round(position.lat, 6),
        radius_km=round(max(radius_km, LEAST_RADIUS_KM), 1),
        shape="point",
        kind="position",
        score=SCORE,
        reason="written out",
    )
