"""Derive the small boundary files of seeds/boundaries from Natural Earth's world map.

Usage: python boundaries.py PATH_TO_WORLD_MAP_GPKG

The source is `world_map.gpkg` of Debian's package qgis-common: Natural Earth 4.1, 1:10 million,
public domain, in WGS 84 degrees.
"""

import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent
BOUNDARIES = HERE.parent / "boundaries"

CRIMEA = shapely.box(32.4, 44.3, 36.7, 46.25)  # the box that holds the ring of the peninsula
BAIKONUR = shapely.box(62.0, 45.0, 64.5, 47.0)  # leased to Russia, cut out by the source
CRIMEAN_IDS = ("UA-40", "UA-43")
ANTIMERIDIAN_CUT_DEG = 179.89  # the source is cut at 179.9; the strip to 180 is given back

# Lines of the source that lie in the theatre, under the names that they get here.
DISPUTED = {
    ("Georgian claim", "Georgia"): "Line of control in Abkhazia and South Ossetia",
    ("Moldovan claim", "Moldova"): "Line of control in Transnistria",
    ("Ukrainian claim", "Ukraine"): "Line of contact in Donbas until February 2022",
    ("Ceasefire Line 1994", "Azerbaijan"): "Ceasefire line of 1994 in Nagorno-Karabakh",
}

# The theatre is stretched by this factor before simplifying, so that it keeps finer lines.
COUNTRY_THEATRE = {"low": (18.0, 42.0), "high": (60.0, 62.0), "factor": 5.0, "tolerance": 0.13}
ADMIN1_THEATRE = {"low": (20.0, 43.0), "high": (46.0, 57.0), "factor": 5.0, "tolerance": 0.10}
SMALLEST_ISLAND_DEG2 = {"countries": 0.03, "admin1": 0.002}
DECIMALS = 3


def main(source: Path) -> None:
    """Write countries.geojson, admin1.geojson and disputed.geojson."""
    admin1 = read_admin1(source)
    countries = read_countries(source)
    lines = read_disputed(source)
    lines.append(crimean_isthmus(countries["UA"], countries["RU"], admin1))
    give_crimea_to_ukraine(countries)
    write("countries", simplify(countries, COUNTRY_THEATRE, "countries"), country_names(source))
    write("admin1", simplify(admin1, ADMIN1_THEATRE, "admin1"), admin1_names())
    write_lines(lines)


def read_countries(source: Path) -> dict[str, BaseGeometry]:
    """Read one shape per ISO 3166-1 alpha-2 code.

    Of the specks without a code, Baikonur goes back to Kazakhstan; the others are left out.
    """
    frame = pyogrio.read_dataframe(source, layer="countries")
    pairs = zip(frame["iso_a2"], frame.geometry, strict=True)
    shapes = {code: close_antimeridian(shape) for code, shape in pairs}
    specks = shapely.get_parts(shapes.pop("-1"))
    leased = [speck for speck in specks if speck.within(BAIKONUR)]
    shapes["KZ"] = shapely.union_all([shapes["KZ"], *leased])
    return shapes


def read_admin1(source: Path) -> dict[str, BaseGeometry]:
    """Read and merge the regions that admin1_codes.csv lists, by ISO 3166-2 code."""
    codes = {
        (row["source_adm0_a3"], row["source_name"]): row["id"] for row in read_table("admin1_codes")
    }
    frame = pyogrio.read_dataframe(source, layer="states_provinces")
    parts: dict[str, list[BaseGeometry]] = {}
    for row in frame.fillna({"name": ""}).itertuples():
        code = codes.get((row.adm0_a3, row.name))
        if row.name == "Rezina" and not isinstance(row.woe_name, str):
            code = "MD-SN"  # the left-bank district of Ribnita carries its neighbour's name
        if code:
            parts.setdefault(code, []).append(close_antimeridian(row.geometry))
    return {code: shapely.coverage_union_all(shapes) for code, shapes in sorted(parts.items())}


def read_disputed(source: Path) -> list[tuple[str, str, BaseGeometry]]:
    """Read the disputed lines of the theatre as (name, country, line)."""
    frame = pyogrio.read_dataframe(source, layer="disputed_borders")
    merged: dict[tuple[str, str], list[BaseGeometry]] = {}
    for row in frame.itertuples():
        if (row.name, row.adm0_left) in DISPUTED:
            merged.setdefault((row.name, row.adm0_left), []).append(row.geometry)
    country = {"Georgia": "GE", "Moldova": "MD", "Ukraine": "UA", "Azerbaijan": "AZ"}
    return [
        (DISPUTED[key], country[key[1]], shapely.line_merge(shapely.union_all(shapes)))
        for key, shapes in sorted(merged.items())
    ]


def crimean_isthmus(
    ukraine: BaseGeometry, russia: BaseGeometry, admin1: dict[str, BaseGeometry]
) -> tuple[str, str, BaseGeometry]:
    """Return the land line between Crimea and mainland Ukraine, drawn by the source as a border."""
    shared = shapely.intersection(ukraine.boundary, russia.boundary)
    near = shapely.union_all([admin1[code] for code in CRIMEAN_IDS]).buffer(0.01)
    lines = shapely.line_merge(shapely.intersection(shared, near & CRIMEA))
    return ("Administrative line of occupied Crimea", "UA", lines)


def give_crimea_to_ukraine(countries: dict[str, BaseGeometry]) -> None:
    """Move the rings of Crimea from Russia, where Natural Earth draws them, to Ukraine."""
    rings = list(countries["RU"].geoms)
    crimean = [ring for ring in rings if ring.within(CRIMEA)]
    if not crimean:
        sys.exit("No ring of Russia lies in Crimea: look at the source before using it.")
    countries["RU"] = shapely.MultiPolygon([ring for ring in rings if not ring.within(CRIMEA)])
    countries["UA"] = shapely.union_all([countries["UA"], *crimean])


def close_antimeridian(shape: BaseGeometry) -> BaseGeometry:
    """Move vertices on the source's cut at 179.9 degrees out to 180."""

    def snap(lonlat: np.ndarray) -> np.ndarray:
        far = np.abs(lonlat[:, 0]) >= ANTIMERIDIAN_CUT_DEG
        lonlat[far, 0] = np.sign(lonlat[far, 0]) * 180.0
        return lonlat

    return polygonal(shapely.transform(shape, snap))


def simplify(shapes: dict[str, BaseGeometry], theatre: dict, kind: str) -> dict[str, BaseGeometry]:
    """Simplify a coverage with its shared borders kept, finer inside the theatre."""
    low, high = np.array(theatre["low"]), np.array(theatre["high"])
    surplus = theatre["factor"] - 1.0
    knots = [np.array([-400.0, a, b, 400.0]) for a, b in zip(low, high, strict=True)]

    def stretch(lonlat: np.ndarray) -> np.ndarray:
        return lonlat + surplus * np.clip(lonlat, low, high)

    def restore(stretched: np.ndarray) -> np.ndarray:
        columns = [
            np.interp(
                stretched[:, i], knots[i] + surplus * np.clip(knots[i], low[i], high[i]), knots[i]
            )
            for i in (0, 1)
        ]
        return np.round(np.column_stack(columns), DECIMALS)

    stretched = shapely.transform(np.array(list(shapes.values())), stretch)
    simple = shapely.transform(shapely.coverage_simplify(stretched, theatre["tolerance"]), restore)
    floor = SMALLEST_ISLAND_DEG2[kind]
    return {code: tidy(shape, floor) for code, shape in zip(shapes, simple, strict=True)}


def tidy(shape: BaseGeometry, floor_deg2: float) -> BaseGeometry:
    """Make a rounded shape valid and drop its smallest islands, never its largest part."""
    parts = list(shapely.get_parts(polygonal(shape)))
    largest = max(part.area for part in parts)
    kept = [part for part in parts if part.area >= floor_deg2 or part.area == largest]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


def polygonal(shape: BaseGeometry) -> shapely.MultiPolygon:
    """Make a shape valid and keep its areas, not the lines and points that collapsed."""
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(shape)))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def country_names(source: Path) -> dict[str, dict]:
    """Return the names of each country by code: the table's, else those of the source."""
    frame = pyogrio.read_dataframe(source, layer="countries", read_geometry=False)
    names = {
        code: {"name": name} for code, name in zip(frame["iso_a2"], frame["NAME"], strict=True)
    }
    return names | {row["id"]: row for row in read_table("country_names")}


def admin1_names() -> dict[str, dict]:
    """Return the names of each region by code."""
    return {row["id"]: row for row in read_table("admin1_codes")}


def read_table(name: str) -> Iterable[dict[str, str]]:
    """Read one of the tables that lie beside this script."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(kind: str, shapes: dict[str, BaseGeometry], names: dict[str, dict]) -> None:
    """Write polygons with the properties id, name, country, kind, disputed and translations."""
    features = []
    for code, shape in sorted(shapes.items()):
        known = names[code]
        properties = {
            "id": code,
            "name": known["name"],
            "name_ru": known.get("name_ru") or None,
            "name_uk": known.get("name_uk") or None,
            "country": code[:2],
            "kind": "country" if "-" not in code else "admin1",
            "disputed": code in CRIMEAN_IDS,
        }
        features.append(feature(properties, shape))
    save(BOUNDARIES / f"{kind}.geojson", features)


def write_lines(lines: list[tuple[str, str, BaseGeometry]]) -> None:
    """Write the lines that maps draw as disputed."""
    features = []
    for name, country, line in lines:
        rounded = shapely.transform(line.simplify(0.01), lambda xy: np.round(xy, DECIMALS))
        properties = {"id": slug(name), "name": name, "country": country, "kind": "line_of_control"}
        features.append(feature(properties, rounded))
    save(BOUNDARIES / "disputed.geojson", features)


def slug(name: str) -> str:
    """Turn a name into an id."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def feature(properties: dict, shape: BaseGeometry) -> dict:
    """Make one GeoJSON feature."""
    geometry = json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def save(path: Path, features: list[dict]) -> None:
    """Write a feature collection, one feature a line."""
    lines = ",\n".join(
        json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features
    )
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python boundaries.py PATH_TO_WORLD_MAP_GPKG")
    main(Path(sys.argv[1]))
