"""Build seeds/areas.geojson, the areas that claims count over, from seeds/boundaries.

Usage: python areas.py

The tree is the theatre `around-ukraine`, its disjoint sectors and a residual; the other areas
(military districts, regions, seas, distance rings) stand outside it and may overlap.
"""

import csv
import json
from pathlib import Path

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

SEEDS = Path(__file__).parent.parent
DECIMALS = 3
WIDE_TOLERANCE_DEG = 0.05  # about 4 km: shapes outside the tree
RING_TOLERANCE_M = 2000.0
SLIVER_DEG2 = 0.002  # about 15 km2

# Lambert's conformal conic: scale true to 0.5 % over 43-57 N, so a buffer is as wide as it says.
CONIC = "+proj=lcc +lat_1=46 +lat_2=54 +lat_0=50 +lon_0=33 +ellps=WGS84 +units=m"
LINE_OF_CONTACT = "line-of-contact-in-donbas-until-february-2022"
OCCUPIED_SIDE = shapely.Point(38.4, 48.1)  # between Donetsk and Luhansk, east of the line
BLACK_SEA = shapely.box(27.3, 40.8, 41.9, 46.8)
SEA_OF_AZOV = shapely.Polygon(
    [
        (34.3, 46.8),
        (34.6, 45.6),
        (35.4, 45.3),
        (36.55, 45.1),
        (37.0, 45.2),
        (39.5, 46.5),
        (39.5, 47.5),
    ]
)


def main() -> None:
    """Write areas.geojson from boundaries and areas.csv."""
    countries = read_shapes("countries")
    admin1 = read_shapes("admin1")
    features = []
    shapes: dict[str, BaseGeometry] = {}
    for row in read_rows():
        shape = build(row, shapes, countries, admin1)
        shapes[row["id"]] = shape
        features.append(feature(row, shape))
    save(features)


def build(
    row: dict[str, str],
    shapes: dict[str, BaseGeometry],
    countries: dict[str, BaseGeometry],
    admin1: dict[str, BaseGeometry],
) -> BaseGeometry:
    """Build one area as the row's `made_of` says; areas named there stand above it."""
    words = row["made_of"].split()
    if words[0] == "areas":
        return polygonal(shapely.union_all([shapes[word] for word in words[1:]]))
    if words[0] == "admin1":
        shape = polygonal(shapely.union_all([admin1[word] for word in words[1:]]))
        return shape if row["parent"] else coarse(shape)
    if words[0] == "countries":
        return coarse(shapely.union_all([countries[word] for word in words[1:]]))
    if words[0] == "occupied":
        return occupied_part(shapely.union_all([admin1[word] for word in words[1:]]))
    if words[0] == "ring":
        return ring(float(words[1]) * 1000.0, countries, admin1)
    if words[0] == "sea":
        return coarse(black_sea(countries))
    message = (
        f"areas.csv: {row['id']} is made of {row['made_of']!r}, which is none of the known ways"
    )
    raise ValueError(message)


def occupied_part(whole: BaseGeometry) -> BaseGeometry:
    """Cut a shape along the line of contact and return its occupied side."""
    line = read_shapes("disputed")[LINE_OF_CONTACT]
    coordinates = np.asarray(line.coords)
    first = coordinates[0] + 3 * (coordinates[0] - coordinates[1])
    last = coordinates[-1] + 3 * (coordinates[-1] - coordinates[-2])
    reaching = shapely.LineString([first, *coordinates, last])  # past the simplified border
    mainland = max(shapely.get_parts(whole), key=lambda part: part.area)
    occupied = [part for part in split(mainland, reaching).geoms if part.contains(OCCUPIED_SIDE)]
    if len(occupied) != 1 or occupied[0].area > 0.9 * mainland.area:
        message = "The line of contact does not cut the shape in two."
        raise ValueError(message)
    return occupied[0]


def ring(
    width_m: float, countries: dict[str, BaseGeometry], admin1: dict[str, BaseGeometry]
) -> BaseGeometry:
    """Return Russian and Belarusian soil within a distance of Ukraine, and occupied Crimea."""
    there = pyproj.Transformer.from_crs("EPSG:4326", CONIC, always_xy=True)
    ukraine = project(countries["UA"], there)
    near = ukraine.buffer(width_m, quad_segs=8).simplify(RING_TOLERANCE_M)
    belt = project(near, there, back=True)
    soil = shapely.union_all([countries["RU"], countries["BY"]])
    crimea = shapely.union_all([admin1["UA-43"], admin1["UA-40"]])
    return coarse(shapely.union_all([shapely.intersection(belt, soil), crimea]), tolerance_deg=0.02)


def project(
    shape: BaseGeometry, transformer: pyproj.Transformer, *, back: bool = False
) -> BaseGeometry:
    """Turn lon, lat degrees into metres of the conic, or back."""
    direction = "INVERSE" if back else "FORWARD"

    def turn(coordinates: np.ndarray) -> np.ndarray:
        columns = transformer.transform(coordinates[:, 0], coordinates[:, 1], direction=direction)
        return np.column_stack(columns)

    return shapely.transform(shape, turn)


def black_sea(countries: dict[str, BaseGeometry]) -> BaseGeometry:
    """Return the water of the Black Sea without the Sea of Azov."""
    coasts = ("BG", "GE", "MD", "RO", "RU", "TR", "UA")
    land = shapely.union_all([countries[code] for code in coasts])
    water = shapely.difference(BLACK_SEA, shapely.union(land, SEA_OF_AZOV))
    return max(shapely.get_parts(water), key=lambda part: part.area)


def coarse(shape: BaseGeometry, tolerance_deg: float = WIDE_TOLERANCE_DEG) -> BaseGeometry:
    """Simplify a shape that need not fit its neighbours and drop its specks."""
    return polygonal(shape.simplify(tolerance_deg), floor_deg2=SLIVER_DEG2)


def polygonal(shape: BaseGeometry, floor_deg2: float = 0.0) -> BaseGeometry:
    """Round a shape, make it valid and keep its polygons above a floor."""
    rounded = shapely.transform(shape, lambda lonlat: np.round(lonlat, DECIMALS))
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(rounded)))
    kept = [part for part in parts if part.geom_type == "Polygon" and part.area > floor_deg2]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


def read_shapes(name: str) -> dict[str, BaseGeometry]:
    """Read the geometries of one boundaries file by id."""
    path = SEEDS / "boundaries" / f"{name}.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {
        item["properties"]["id"]: shapely.from_geojson(json.dumps(item["geometry"]))
        for item in features
    }


def read_rows() -> list[dict[str, str]]:
    """Read the table of areas that lies beside this script."""
    with (Path(__file__).parent / "areas.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def feature(row: dict[str, str], shape: BaseGeometry) -> dict:
    """Make one GeoJSON feature; empty cells become null."""
    properties = {
        "id": row["id"],
        "name": row["name"],
        "names": [name.strip() for name in row["names"].split(";") if name.strip()],
        "kind": row["kind"],
        "parent": row["parent"] or None,
        "valid_from": row["valid_from"] or None,
        "valid_until": row["valid_until"] or None,
        "note": row["note"] or None,
    }
    geometry = json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def save(features: list[dict]) -> None:
    """Write the feature collection, one feature a line."""
    lines = ",\n".join(
        json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features
    )
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    (SEEDS / "areas.geojson").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
