"""Write mentions as JSON, the outline of a region encoded once and remembered."""

from __future__ import annotations

import json

import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.mention import Mention

MOST_REMEMBERED_CHARS = 16_000_000
_GEOMETRY = '"geometry": null'
_encode = json.JSONEncoder(ensure_ascii=False).encode


class _Outlines(dict[int, tuple[BaseGeometry, str]]):
    """Outlines as GeoJSON, by identity; forgets all when they are too long together.

    Each is kept beside the geometry itself, so that no other can take its number.
    """

    chars = 0

    def written(self, geometry: BaseGeometry) -> str:
        known = self.get(id(geometry))
        if known is None:
            known = (geometry, str(shapely.to_geojson(geometry)))
            self.chars += len(known[1])
            if self.chars > MOST_REMEMBERED_CHARS:
                self.clear()
                self.chars = len(known[1])
            self[id(geometry)] = known
        return known[1]


_outlines = _Outlines()


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
    return line.replace(_GEOMETRY, f'"geometry": {_outlines.written(mention.geometry)}', 1)
