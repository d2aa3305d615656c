"""Reads GeoNames dumps, for users who want more places than the package carries."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from geo.errors import InvalidDumpError
from geo.gazetteer.coverage import TRANSLITERATED
from geo.gazetteer.entries import Entry, settlement_radius_km
from geo.gazetteer.names import script

# Columns of a country's dump, in order (readme.txt of the GeoNames export, 19 of them).
COLUMNS = 19
ALTERNATE_COLUMNS = 4
LANGUAGES = frozenset(("ru", "uk", "be", "en", ""))
LARGEST_TEXT_BYTES = 4 * 1024**3

# What each GeoNames feature code is here, and the radius of things that are no towns.
KINDS = {
    "AIRB": ("airfield", 3.0), "AIRF": ("airfield", 3.0), "AIRP": ("airfield", 3.0),
    "RSTN": ("rail_station", 1.0), "RSTP": ("rail_station", 1.0), "PRT": ("port", 3.0),
    "MILB": ("base", 5.0), "INSM": ("base", 5.0), "MVA": ("training_ground", 15.0),
    "STM": ("river", 50.0), "LK": ("lake", 10.0), "ISL": ("island", 10.0), "MT": ("mountain", 5.0),
    "CAPE": ("cape", 5.0), "BAY": ("sea", 15.0), "BDG": ("bridge", 1.0),
}  # fmt: skip


def read_dumps(paths: tuple[Path, ...]) -> Iterator[Entry]:
    """Yield the entries of GeoNames dumps, with the names of an alternate-names file if given.

    Parameters
    ----------
    paths
        `RU.zip`, `UA.zip` and the like, and `alternateNamesV2.zip`, in any order.

    Yields
    ------
    Entry
        One place: a town, or one of the kinds in `KINDS`.
    """
    alternates = [path for path in paths if path.name.lower().startswith("alternatenames")]
    countries = [path for path in paths if path not in alternates]
    # The file of alternate names covers the world: only those of the places asked for are kept.
    wanted = _numbers(countries) if alternates else frozenset()
    names: dict[int, list[str]] = defaultdict(list)
    for path in alternates:
        for row in _rows(path, ALTERNATE_COLUMNS):
            if row[2] in LANGUAGES and row[1].isdigit() and int(row[1]) in wanted:
                names[int(row[1])].append(row[3])
    for path in countries:
        for row in _rows(path, COLUMNS):
            entry = _entry(row, names)
            if entry is not None:
                yield entry


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    # The rows of the text file in a zip that has the zip's name.
    try:
        with zipfile.ZipFile(path) as archive:
            inside = archive.getinfo(f"{path.stem}.txt")
            if inside.file_size > LARGEST_TEXT_BYTES:
                raise InvalidDumpError(path=str(path), reason="it unpacks to more than 4 GB")
            with archive.open(inside) as raw:
                text = io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
                rows = csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
                for row in rows:
                    if len(row) < columns:
                        reason = f"a row has {len(row)} columns, not {columns}"
                        raise InvalidDumpError(path=str(path), reason=reason)
                    yield row
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, OSError) as error:
        raise InvalidDumpError(path=str(path), reason=str(error)) from error


def _numbers(paths: list[Path]) -> frozenset[int]:
    # The numbers of the places that become entries.
    rows = (row for path in paths for row in _rows(path, COLUMNS))
    return frozenset(int(row[0]) for row in rows if _is_kept(row))


def _is_kept(row: list[str]) -> bool:
    return row[6] == "P" or row[7] in KINDS


def _entry(row: list[str], names: dict[int, list[str]]) -> Entry | None:
    if not _is_kept(row):
        return None
    town = row[6] == "P"
    number, population = int(row[0]), int(row[14] or 0)
    kind, radius_km = KINDS.get(row[7], ("settlement", 0.0))
    if town:
        kind, radius_km = "settlement", settlement_radius_km(population)
    given = [*row[3].split(","), *names.get(number, ())]
    alternates = [n for n in dict.fromkeys(given) if n and n != row[1]]
    return Entry(
        id="",
        geonameid=number,
        name=row[1],
        kind=kind,
        country=row[8],
        admin1=f"{row[8]}.{row[10]}" if row[10] else "",
        lon=float(row[5]),
        lat=float(row[4]),
        radius_km=radius_km,
        population=population,
        latin=tuple(n for n in alternates if script(n) == "latin"),
        local=tuple(n for n in alternates if script(n) == "cyrillic"),
        folded=row[8] in TRANSLITERATED,
    )
