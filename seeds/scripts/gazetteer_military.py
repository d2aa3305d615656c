"""Turn the record's table of places into seeds/gazetteer/military.csv.

Usage: python gazetteer_military.py PLACES_CSV

PLACES_CSV has one place a row with its sources (`checked_against`); rows without a position of
their own (labels of composite areas) and regions, which regions.csv has, are left out.
"""

import csv
import json
import re
import sys
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

OUT = Path(__file__).parents[1] / "gazetteer" / "military.csv"
COLUMNS = (
    "id", "kind", "name", "names", "ru", "uk", "country", "lon", "lat", "radius_km", "members",
    "source",
)  # fmt: skip
LEFT_OUT = {"region", "sea", "composite_area", "town"}  # towns come from GeoNames
GENERIC = re.compile(
    r"\s+(station|airfield|air base|airbase|training ground|training area|range|port|crossing)$",
    re.IGNORECASE,
)
BRACKET = re.compile(r"\s*\([^)]*\)")


def main(places: Path) -> None:
    """Write the table."""
    shapes = read_countries()
    with places.open(encoding="utf-8") as file:
        rows = [row_of(r, shapes) for r in csv.DictReader(file) if r["kind"] not in LEFT_OUT]
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_countries() -> dict[str, BaseGeometry]:
    """Read the shapes of seeds/boundaries by country."""
    text = (OUT.parents[1] / "boundaries" / "countries.geojson").read_text(encoding="utf-8")
    return {
        f["properties"]["country"]: shapely.from_geojson(json.dumps(f["geometry"]))
        for f in json.loads(text)["features"]
    }


def country_at(lon: float, lat: float, shapes: dict[str, BaseGeometry]) -> str:
    """Return the country of a point, the nearest one for a point at sea."""
    point = shapely.Point(lon, lat)
    return min(shapes, key=lambda iso: shapes[iso].distance(point))


def row_of(place: dict[str, str], shapes: dict[str, BaseGeometry]) -> dict[str, str]:
    """Return one row, its name without brackets and also without the generic word."""
    name = BRACKET.sub("", place["name"])
    names = [*place["alternate_spellings"].split("; "), GENERIC.sub("", name)]
    if re.search(r"\((Bryansk|Smolensk|Belgorod|[A-Z]\w+)\)", place["name"]):
        names.append(place["name"].replace("(", "").replace(")", ""))
    local = place["ukrainian_belarusian"].split("; ")
    return {
        "id": re.sub(r"[^a-z0-9]+", "-", place["name"].lower()).strip("-"),
        "kind": place["kind"],
        "name": name,
        "names": "; ".join(dict.fromkeys(n for n in names if n and n != name)),
        "ru": BRACKET.sub("", place["russian"]),
        "uk": "; ".join(BRACKET.sub("", n) for n in local),
        "country": country_at(float(place["lon"]), float(place["lat"]), shapes),
        "lon": place["lon"],
        "lat": place["lat"],
        "radius_km": place["uncertainty_km"],
        "members": "",
        "source": place["checked_against"],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
