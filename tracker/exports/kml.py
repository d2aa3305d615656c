"""KML 2.3 for Google Earth and others, plain or zipped (KMZ): one placemark a row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree
from shapely import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from tracker.errors import InvalidValueError
from tracker.exports.flat import rows
from tracker.exports.metadata import in_lines
from tracker.exports.table import Table

NAMESPACE = "http://www.opengis.net/kml/2.2"
INSIDE = "doc.kml"
"""Name of the document in a KMZ."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of the document in a KMZ, so that the same rows give the same bytes."""
COLOURS = {"observed": "ff2a5bd7", "inferred": "992a5bd7", "planned": "ff8a8a8a"}
"""Certainty -> colour as KML writes it: alpha, blue, green, red."""
TITLES = ("title", "name", "place", "quote")
"""Columns that may serve as the name of a placemark, the best one first."""


def write(table: Table, path: Path, withheld: list[str]) -> int:  # noqa: ARG001 - stands beside it
    """Write a table as KML.

    Parameters
    ----------
    table : Table
        The table; it must have shapes. Rows without one are placemarks that are only listed.
    path : Path
        The file.
    withheld : list of str
        What was held back; KML tells about itself first, before that is known.

    Returns
    -------
    int
        Rows.
    """
    _require_shapes(table)
    with path.open("wb") as file:
        return _document(table, file)


def write_zipped(table: Table, path: Path, withheld: list[str]) -> int:  # noqa: ARG001 - as above
    """Write a table as KMZ.

    Parameters
    ----------
    table, path, withheld
        As for `write`.

    Returns
    -------
    int
        Rows.
    """
    _require_shapes(table)
    entry = zipfile.ZipInfo(INSIDE, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with (
        zipfile.ZipFile(path, "w", compression=zipfile.ZIP_DEFLATED) as archive,
        archive.open(entry, "w", force_zip64=True) as file,
    ):
        return _document(table, file)


def _require_shapes(table: Table) -> None:
    if not table.has_shapes:
        raise InvalidValueError(f"{table.name}: no shapes to draw; choose CSV or XLSX.")


def _document(table: Table, file: IO[bytes]) -> int:
    written = 0
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("kml", nsmap={None: NAMESPACE}), xml.element("Document"):
            for element in _head(table):
                xml.write(element)
            for row in rows(table):
                xml.write(_placemark(row))
                written += 1
    return written


def _head(table: Table) -> Iterator[Any]:
    yield _element("name", table.title)
    yield _element("description", in_lines(table))
    for certainty, colour in COLOURS.items():
        style = etree.Element("Style", id=certainty)
        for kind in ("IconStyle", "LineStyle", "PolyStyle"):
            part = etree.SubElement(style, kind)
            part.append(_element("color", colour if kind != "PolyStyle" else f"55{colour[2:]}"))
            if kind == "LineStyle":
                part.append(_element("width", "2"))
        yield style


def _placemark(row: dict[str, Any]) -> Any:
    placemark = etree.Element("Placemark")
    name = next((row[one] for one in TITLES if row.get(one)), "")
    placemark.append(_element("name", name))
    start, end = (row.get(a) or row.get(b) for a, b in _SPAN)
    if start or end:
        span = etree.SubElement(placemark, "TimeSpan")
        for tag, time in (("begin", start), ("end", end)):
            if time:
                span.append(_element(tag, time))
    placemark.append(_element("styleUrl", f"#{row.get('certainty') or 'observed'}"))
    data = etree.SubElement(placemark, "ExtendedData")
    for key, value in row.items():
        if key != "geometry" and value is not None:
            etree.SubElement(data, "Data", name=key).append(_element("value", value))
    shape: BaseGeometry | None = row["geometry"]
    if shape is not None and not shape.is_empty:
        placemark.append(_shape(shape))
    return placemark


_SPAN = (("time_from", "observed_from"), ("time_to", "observed_to"))


def _shape(shape: Any) -> Any:
    if hasattr(shape, "geoms"):
        several = etree.Element("MultiGeometry")
        several.extend(_shape(one) for one in shape.geoms)
        return several
    element = etree.Element(shape.geom_type)
    if isinstance(shape, Polygon):
        turned = orient(shape)
        _ring(element, "outerBoundaryIs", turned.exterior)
        for hole in turned.interiors:
            _ring(element, "innerBoundaryIs", hole)
    else:
        element.append(_coordinates(shape))
    return element


def _ring(polygon: Any, tag: str, ring: Any) -> None:
    etree.SubElement(etree.SubElement(polygon, tag), "LinearRing").append(_coordinates(ring))


def _coordinates(shape: Any) -> Any:
    return _element("coordinates", " ".join(f"{lon:.5f},{lat:.5f}" for lon, lat in shape.coords))


def _element(tag: str, text: object) -> Any:
    element = etree.Element(tag)
    # XML 1.0 has no room for control characters, nor for halves of surrogate pairs.
    element.text = "".join(one if _is_written(ord(one)) else "\ufffd" for one in str(text))
    return element


def _is_written(code: int) -> bool:
    return (
        code in {0x9, 0xA, 0xD}
        or 0x20 <= code < 0xD800
        or 0xE000 <= code < 0xFFFE
        or (code > 0xFFFF)
    )
