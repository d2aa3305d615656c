"""Reads the tables of a railway network, names every faulty line, and keeps what is good."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping

from geo.coordinates import LonLat
from geo.errors import InvalidRailTableError
from geo.geodesy import great_circle_km
from geo.railways.station import Fault, Link, RailTables, Station

MOST_BYTES = 200_000_000
LONGEST_LINK_KM = 3000.0
"""No line runs so far without a station: the longest gap of any railway is below 700 km."""
MOST_WEIGHT = 10.0
SAME_PLACE_KM = 5.0
"""A code that stands twice means one station where its positions are as near as this."""
CODE_DIGITS = 6
"""Length of an ESR code; spreadsheets drop the leading zero."""

_CODE = ("code", "esr")
_NAME = ("name", "station")
_LON, _LAT = ("lon", "longitude"), ("lat", "latitude")
_OTHER = ("russian_name", "other_names")
_COUNTRY = ("country", "iso3166")
_FROM, _TO = ("from", "from_esr", "from_code"), ("to", "to_esr", "to_code")
_FROM_NAME, _TO_NAME = ("from_name",), ("to_name",)
_LENGTH, _FITTED = ("line_km",), ("line_km_fitted",)
_WEIGHT = ("weight",)


def read_tables(stations: bytes, links: bytes) -> RailTables:
    """Read the two tables of a network.

    Parameters
    ----------
    stations : bytes
        UTF-8, separated by comma, semicolon or tab, with a header line: `code` (or `esr`; by
        default the name), `name` (or `station`), `lon`, `lat`; `russian_name`, `country` (or
        `iso3166`) are read where present, other columns ignored.
    links : bytes
        The same: `from`, `to` (or `from_esr`, `to_esr`): codes; `line_km`, `line_km_fitted`
        where present, the first of them that is stated; `weight` (1 to 10, default 1): what a
        kilometre of it costs in the choice of a way, for single-track lines. Where `from_name`
        and `to_name` name a station that the first table lacks, it is added without position.

    Returns
    -------
    RailTables
        Stations and links that can be used, and a fault for each line that could not, or not as
        it stood. A repeat of the same line is no fault.

    Raises
    ------
    InvalidRailTableError
        Where a file is no text in UTF-8, too large, or lacks a column.
    """
    faults: list[Fault] = []
    known = _stations(stations, faults)
    lines = tuple(_links(links, known, faults))
    return RailTables(stations=tuple(known.values()), links=lines, faults=tuple(faults))


def _stations(data: bytes, faults: list[Fault]) -> dict[str, Station]:
    known: dict[str, Station] = {}
    clashing: set[str] = set()
    for line, row in _rows("stations", data, (_NAME, _LON, _LAT), faults):
        name = _cell(row, _NAME)
        coded = any(column in row for column in _CODE)
        code = _code(_cell(row, _CODE) if coded else name)
        if not code or not name:
            faults.append(_fault("stations", line, "incomplete", "it has no code or no name."))
            continue
        station = Station(
            code=code,
            name=name,
            position=_position(row, line, faults),
            other_names=tuple(
                word.strip() for word in _cell(row, _OTHER).split(";") if word.strip()
            ),
            country=_cell(row, _COUNTRY)[:2] or None,
        )
        known[code] = _merged(known.get(code), station, line, faults, clashing)
    return known


def _merged(
    old: Station | None, new: Station, line: int, faults: list[Fault], clashing: set[str]
) -> Station:
    # One code, one station: the first with a position holds, unless two positions disagree.
    if old is None or old == new:
        return new
    if old.position is None or new.position is None:
        kept = old if new.position is None else new
        reason = f"code {new.code} stands twice; the row with coordinates is used."
    elif old.name == new.name and _apart_km(old, new) <= SAME_PLACE_KM:
        kept = old
        reason = f"code {new.code} stands twice for one place; the first row is used."
    else:
        clashing.add(new.code)
        kept = Station(code=old.code, name=old.name, position=None, country=old.country)
        reason = (
            f"code {new.code} stands for {old.name!r} and, {_apart_km(old, new):.0f} km away, for "
            f"{new.name!r}; neither position is used."
        )
    if new.code in clashing:
        kept = Station(code=old.code, name=old.name, position=None, country=old.country)
    faults.append(_fault("stations", line, "duplicated_code", reason))
    return kept


def _apart_km(one: Station, other: Station) -> float:
    assert one.position is not None
    assert other.position is not None
    return great_circle_km(
        one.position.lon, one.position.lat, other.position.lon, other.position.lat
    )


def _position(row: Mapping[str, str], line: int, faults: list[Fault]) -> LonLat | None:
    lon, lat = _cell(row, _LON), _cell(row, _LAT)
    if not lon and not lat:
        faults.append(
            _fault(
                "stations",
                line,
                "no_coordinates",
                "it has no coordinates; its place is taken from its neighbours on the line.",
            )
        )
        return None
    try:
        position = LonLat(lon=float(lon), lat=float(lat))
    except ValueError:
        reason = f"lon {lon[:20]!r}, lat {lat[:20]!r} is no position on Earth; it is not used."
        faults.append(_fault("stations", line, "bad_coordinates", reason))
        return None
    return position


def _links(data: bytes, known: dict[str, Station], faults: list[Fault]) -> Iterator[Link]:
    seen: set[frozenset[str]] = set()
    for line, row in _rows("links", data, (_FROM, _TO), faults):
        start, end = _code(_cell(row, _FROM)), _code(_cell(row, _TO))
        if not start or not end:
            reason = "an end of the link has no code; it is left out."
            faults.append(_fault("links", line, "incomplete", reason))
            continue
        if start == end:
            reason = f"it links {start[:40]!r} with itself; it is left out."
            faults.append(_fault("links", line, "loop", reason))
            continue
        names = ((start, _cell(row, _FROM_NAME)), (end, _cell(row, _TO_NAME)))
        if not all(_is_known(code, name, line, known, faults) for code, name in names):
            continue
        if (pair := frozenset((start, end))) not in seen:
            seen.add(pair)
            yield Link(
                start=start, end=end, line_km=_length(row, line, faults), weight=_weight(row)
            )


def _is_known(
    code: str, name: str, line: int, known: dict[str, Station], faults: list[Fault]
) -> bool:
    # A station that only the links name keeps the line whole: it lies between its neighbours.
    if code in known:
        return True
    done = "its place is taken from its neighbours" if name else "the link is left out"
    reason = f"no station has the code {code[:40]!r}; {done}."
    faults.append(_fault("links", line, "dangling", reason))
    if name:
        known[code] = Station(code=code, name=name, position=None)
    return bool(name)


def _weight(row: Mapping[str, str]) -> float:
    stated = _cell(row, _WEIGHT)
    try:
        weight = float(stated or 1)
    except ValueError:
        return 1.0
    return weight if MOST_WEIGHT >= weight >= 1 else 1.0


def _length(row: Mapping[str, str], line: int, faults: list[Fault]) -> float | None:
    stated = _cell(row, _LENGTH) or _cell(row, _FITTED)
    if not stated:
        return None
    try:
        line_km = float(stated)
    except ValueError:
        line_km = math.nan
    if 0 < line_km <= LONGEST_LINK_KM:
        return line_km
    reason = f"{stated[:20]!r} is no length of a line in km; the distance of the ends is used."
    faults.append(_fault("links", line, "bad_length", reason))
    return None


def _rows(
    table: str, data: bytes, needed: tuple[tuple[str, ...], ...], faults: list[Fault]
) -> Iterator[tuple[int, dict[str, str]]]:
    if len(data) > MOST_BYTES:
        raise InvalidRailTableError(table=table, reason=f"it is larger than {MOST_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidRailTableError(table=table, reason="it is no text in UTF-8") from None
    first = text.partition("\n")[0]
    delimiter = max("\t;,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [name.strip().casefold() for name in next(reader, [])]
    for names in needed:
        if not set(names) & set(header):
            raise InvalidRailTableError(table=table, reason=f"it has no column {names[0]!r}")
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(_fault(table, reader.line_num, "unreadable", f"{error}."))
            continue
        if cells:
            yield reader.line_num, dict(zip(header, cells, strict=False))


def _cell(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")


def _code(text: str) -> str:
    return text.zfill(CODE_DIGITS) if text.isascii() and text.isdigit() else text


def _fault(table: str, line: int, kind: str, reason: str) -> Fault:
    return Fault(table=table, line=line, kind=kind, reason=reason)
