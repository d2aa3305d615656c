"""Write mentions as JSON, the outline of a region encoded once and remembered."""

from __future__ import annotations

from json.encoder import encode_basestring

import shapely
from shapely.geometry.base import BaseGeometry

from geo.geocoding.mention import Alternative, Mention

MOST_REMEMBERED_CHARS = 16_000_000


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
    m = mention
    geometry = "null" if m.geometry is None else _outlines.written(m.geometry)
    others = ", ".join(map(_alternative, m.alternatives))
    return (
        f'{{"start": {m.start}, "end": {m.end}, "text": {_text(m.text)}, "name": {_text(m.name)}, '
        f'"lon": {_number(m.lon)}, "lat": {_number(m.lat)}, "radius_km": {_number(m.radius_km)}, '
        f'"shape": {_text(m.shape)}, "geometry": {geometry}, "kind": {_text(m.kind)}, '
        f'"country": {_text(m.country)}, "admin1": {_text(m.admin1)}, '
        f'"geonameid": {_number(m.geonameid)}, "score": {m.score!r}, '
        f'"metonym": {"true" if m.metonym else "false"}, "reason": {_text(m.reason)}, '
        f'"alternatives": [{others}]}}'
    )


def _alternative(a: Alternative) -> str:
    return (
        f'{{"name": {_text(a.name)}, "lon": {_number(a.lon)}, "lat": {_number(a.lat)}, '
        f'"geonameid": {_number(a.geonameid)}, "score": {a.score!r}}}'
    )


def _text(text: str | None) -> str:
    return "null" if text is None else encode_basestring(text)


def _number(number: float | None) -> str:
    return "null" if number is None else repr(number)
