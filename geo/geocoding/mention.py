"""The mention: words of a text that name a place, and where that place is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, kw_only=True, slots=True)
class Alternative:
    """Another place that the words could mean.

    Attributes
    ----------
    name
        Primary name.
    lon, lat
        Representative point, WGS 84 degrees.
    geonameid
        GeoNames' number, None for places of the project's own tables.
    score
        Probability between 0 and 1.
    """

    name: str
    lon: float | None
    lat: float | None
    geonameid: int | None
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """Words that name a place, resolved as far as the text allows.

    Attributes
    ----------
    start, end
        Offsets into the text, in code points; `text` is exactly the words between them.
    text
        The words as written.
    name
        Primary name of the place, or the words where the gazetteer does not know them.
    lon, lat
        Representative point, WGS 84 degrees; None where the place could not be placed.
    radius_km
        The true place lies within this distance of the point with 90 % probability; None
        where it could not be placed.
    shape
        `point`, `area`, `strip`, `ring`, `sector`, or `none` where it could not be placed.
    geometry
        Outline in WGS 84 degrees (lon, lat) where one is known, else None.
    kind
        Kind of the place (`settlement`, `country`, `admin1`, `border`, ...), None if unknown.
    country, admin1
        ISO 3166-1 alpha-2 code; first-level region as `COUNTRY.CODE` of GeoNames.
    geonameid
        GeoNames' number where the place has one.
    score
        Probability that this reading of the words is the right one, between 0 and 1.
    metonym
        Whether the words stand for people or a government rather than for the place.
    reason
        Why this reading was chosen, or why none could be.
    alternatives
        Readings that lost, likeliest first.
    """

    start: int
    end: int
    text: str
    name: str
    lon: float | None = None
    lat: float | None = None
    radius_km: float | None = None
    shape: str = "none"
    geometry: BaseGeometry | None = None
    kind: str | None = None
    country: str | None = None
    admin1: str | None = None
    geonameid: int | None = None
    score: float = 0.0
    metonym: bool = False
    reason: str | None = None
    alternatives: tuple[Alternative, ...] = ()

    def as_json(self, *, with_geometry: bool = True) -> dict[str, Any]:
        """Return the mention with the keys of the command `places --json`.

        Parameters
        ----------
        with_geometry
            Whether `geometry` is written as GeoJSON; null otherwise.

        Returns
        -------
        dict
            Every key is always there, None where the text does not tell.
        """
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "name": self.name,
            "lon": self.lon,
            "lat": self.lat,
            "radius_km": self.radius_km,
            "shape": self.shape,
            "geometry": self._geojson() if with_geometry else None,
            "kind": self.kind,
            "country": self.country,
            "admin1": self.admin1,
            "geonameid": self.geonameid,
            "score": self.score,
            "metonym": self.metonym,
            "reason": self.reason,
            "alternatives": [
                {
                    "name": a.name, "lon": a.lon, "lat": a.lat, "geonameid": a.geonameid,
                    "score": a.score,
                }
                for a in self.alternatives
            ],
        }  # fmt: skip

    def _geojson(self) -> dict[str, Any] | None:
        return None if self.geometry is None else dict(mapping(self.geometry))
