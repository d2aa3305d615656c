"""Features of geo files: GeoJSON, KML, KMZ and GeoPackage, each by its own reader and no other.

GDAL tells a file by its content and knows formats that read other files, write files or go to the
network. So it sees GeoPackages alone, and only such bytes as are one; the others are read here.
"""

from __future__ import annotations

import io
import math
import tempfile
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import pyogrio
import shapely
from lxml import etree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from jobs.documents.json_feed import read_json
from jobs.documents.markup import require_tame_markup
from jobs.documents.table import DAMAGED_ZIP, require_small_archive
from tracker.errors import UnreadableInputError

MOST_FEATURES = 500_000
MOST_TAGS = 5_000_000
MOST_VERTICES = 200_000
"""Vertices of one feature."""
_GEOPACKAGE = (b"SQLite format 3\x00", b"GPKG")
_APPLICATION_ID = slice(68, 72)


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """One feature.

    Parameters
    ----------
    where : str
        Where it stands, for messages.
    properties : Mapping
        What is said of it; times as text.
    geometry : BaseGeometry or None
        EPSG:4326, two dimensions; None where there is none that can be.
    fault : str or None
        What is wrong with its geometry, in a sentence.
    """

    where: str
    properties: Mapping[str, Any]
    geometry: BaseGeometry | None
    fault: str | None = None


def read_features(data: bytes, *, name: str) -> list[Feature]:
    """Read the features of a geo file.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Its name or address; the ending says which reader is allowed.

    Returns
    -------
    list of Feature
        In the order of the file.

    Raises
    ------
    UnreadableInputError
        Where it is not what its ending says, or larger than a file may be.
    """
    ending = PurePath(name.partition("?")[0]).suffix.lower()
    reader = {
        ".geojson": _geojson,
        ".json": _geojson,
        ".kml": _kml,
        ".kmz": _kmz,
        ".gpkg": _geopackage,
    }.get(ending)
    if reader is None:
        raise UnreadableInputError(
            f"{ending or 'a file without an ending'} is not read; GeoJSON, KML, KMZ and "
            "GeoPackage are."
        )
    features = []
    for feature in reader(data):
        features.append(feature)
        if len(features) > MOST_FEATURES:
            raise UnreadableInputError(f"it has more than {MOST_FEATURES:,} features; split it.")
    return features


def _geojson(data: bytes) -> Iterator[Feature]:
    value = read_json(data)
    features = value.get("features") if isinstance(value, dict) else None
    if not isinstance(features, list):
        raise UnreadableInputError("it is no GeoJSON with features.")
    for number, feature in enumerate(features, start=1):
        said = feature if isinstance(feature, dict) else {}
        properties = said.get("properties")
        geometry, fault = _geometry(lambda said=said: shape(said["geometry"]))
        yield Feature(
            where=f"feature {number}",
            properties={
                **({"id": said["id"]} if "id" in said else {}),
                **(properties if isinstance(properties, dict) else {}),
            },
            geometry=geometry,
            fault=fault,
        )


def _geometry(make: Any) -> tuple[BaseGeometry | None, str | None]:
    try:
        geometry = shapely.force_2d(make())
    except Exception as error:  # noqa: BLE001 - shapely raises what numpy, GEOS and dicts raise
        return None, f"its geometry cannot be read ({type(error).__name__})."
    if geometry.is_empty:
        return None, "it has no geometry."
    west, south, east, north = geometry.bounds
    if not all(map(math.isfinite, geometry.bounds)) or not (
        west >= -180 and east <= 180 and south >= -90 and north <= 90
    ):
        return None, "its position is not on the globe."
    if shapely.count_coordinates(geometry) > MOST_VERTICES:
        return None, f"its geometry has more than {MOST_VERTICES:,} vertices."
    return geometry, None


def _kmz(data: bytes) -> Iterator[Feature]:
    require_small_archive(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".kml")]
        if not names:
            raise UnreadableInputError("there is no KML in it.")
        try:
            content = archive.read(names[0])  # into memory: no name of a member becomes a path
        except DAMAGED_ZIP as error:
            raise UnreadableInputError(f"it is a damaged archive ({error}).") from None
    yield from _kml(content)


def _kml(data: bytes) -> Iterator[Feature]:
    require_tame_markup(data.decode("utf-8", "replace"), most_tags=MOST_TAGS)
    if b"<!DOCTYPE" in data[:10_000].upper():
        raise UnreadableInputError("it declares a document type, which is not read.")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableInputError(f"it is no KML ({error.msg}).") from None
    if etree.QName(root).localname != "kml":
        raise UnreadableInputError("it is no KML.")
    for number, placemark in enumerate(root.iter("{*}Placemark"), start=1):
        geometry, fault = _geometry(lambda placemark=placemark: _kml_shape(placemark))
        yield Feature(
            where=f"placemark {number}",
            properties=dict(_kml_properties(placemark)),
            geometry=geometry,
            fault=fault,
        )


def _kml_properties(placemark: Any) -> Iterator[tuple[str, str]]:
    if placemark.get("id"):
        yield "id", placemark.get("id")
    for folder in placemark.iterancestors("{*}Folder"):
        yield "folder", (folder.findtext("{*}name") or "").strip()
        break
    for name in ("name", "description", "address"):
        text = placemark.findtext(f"{{*}}{name}")
        if text:
            yield name, text.strip()
    for name, path in (
        ("when", "{*}TimeStamp/{*}when"),
        ("begin", "{*}TimeSpan/{*}begin"),
        ("end", "{*}TimeSpan/{*}end"),
    ):
        text = placemark.findtext(path)
        if text:
            yield name, text.strip()
    for data in placemark.iterfind("{*}ExtendedData//{*}Data"):
        yield data.get("name") or "", (data.findtext("{*}value") or "").strip()
    for data in placemark.iterfind("{*}ExtendedData//{*}SimpleData"):
        yield data.get("name") or "", (data.text or "").strip()


def _kml_shape(placemark: Any) -> BaseGeometry:
    shapes: list[BaseGeometry] = [
        shapely.Point(_vertices(point)[0]) for point in placemark.iter("{*}Point")
    ]
    shapes += [shapely.LineString(_vertices(line)) for line in placemark.iter("{*}LineString")]
    for polygon in placemark.iter("{*}Polygon"):
        outer = polygon.find("{*}outerBoundaryIs")
        inner = polygon.iterfind("{*}innerBoundaryIs")
        shapes.append(shapely.Polygon(_vertices(outer), [_vertices(ring) for ring in inner]))
    return shapes[0] if len(shapes) == 1 else shapely.GeometryCollection(shapes)


def _vertices(element: Any) -> list[tuple[float, float]]:
    text = element.findtext(".//{*}coordinates") or ""
    pairs = (vertex.split(",") for vertex in text.split())
    return [(float(pair[0]), float(pair[1])) for pair in pairs]


def _geopackage(data: bytes) -> Iterator[Feature]:
    magic, application = _GEOPACKAGE
    if not data.startswith(magic) or data[_APPLICATION_ID] != application:
        raise UnreadableInputError("it is no GeoPackage.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.gpkg"
        path.write_bytes(data)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of GDAL, about versions and projections
                features = list(_layers(path))
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
            raise UnreadableInputError(f"it is a damaged GeoPackage ({error}).") from None
    yield from features


def _layers(path: Path) -> Iterator[Feature]:
    for layer, kind in pyogrio.list_layers(path):
        if kind is None:
            continue
        info = pyogrio.read_info(path, layer=layer)
        if info["driver"] != "GPKG":
            raise UnreadableInputError("it is no GeoPackage.")
        frame = pyogrio.read_dataframe(path, layer=layer, max_features=MOST_FEATURES + 1)
        if frame.crs is not None:
            frame = frame.to_crs("EPSG:4326")
        for number, row in enumerate(frame.to_dict("records"), start=1):
            made = row.pop("geometry", None)
            geometry, fault = _geometry(lambda made=made: made)
            yield Feature(where=f"{layer} {number}", properties=row, geometry=geometry, fault=fault)
