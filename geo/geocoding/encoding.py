"""Write mentions as JSON, the outline of a region encoded once and remembered."""

from __future__ import annotations

import json

import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.mention import Mention

REMEMBERED_OUTLINES = 512
_GEOMETRY = '"geometry": null'
_encode = json.JSONEncoder(ensure_ascii=False).encode
_outlines: dict[int, tuple[BaseGeometry, str]] = {}


def mention_line(mention: Mention) -> str:
    """Return a mention as JSON, the outline of a region written once and remembered.

    Returns
    -------
    str
        One JSON object without line ends, with the keys of `Mention.as_json`.
    """
    line = _encode(mention.as_json(with_geometry=False))
    if mention.geometry is None:
        return line
    return line.replace(_GEOMETRY, f'"geometry": {_outline(mention.geometry)}', 1)


def _outline(geometry: BaseGeometry) -> str:
    # Kept by identity beside the geometry itself, so that no other can take its number.
    known = _outlines.get(id(geometry))
    if known is None:
        if len(_outlines) >= REMEMBERED_OUTLINES:
            _outlines.clear()
        known = _outlines[id(geometry)] = (geometry, str(shapely.to_geojson(geometry)))
    return known[1]
