"""Outlines of countries, regions and macro-regions, and the borders between them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.index import Gazetteer
from geo.gazetteer.place import Place
from geo.geodesy import buffer_km, disc

# Boundaries of two files are simplified apart: lines this near are one border.
BORDER_TOLERANCE_DEG = 0.12
COAST_TOLERANCE_DEG = 0.02  # slivers between an outline and the country's are no land
# A disc wider than this says nothing that the radius does not say.
WIDEST_DISC_KM = 2500.0
# A geometry wider than this is cut at the antimeridian, so its centroid says nothing.
WIDEST_EXTENT_DEG = 300.0
MOST_DERIVED = 500  # parts, strips and surroundings kept, of each

DIRECTION_DEG = {"N": 0, "NE": 45, "E": 90, "SE": 135, "S": 180, "SW": 225, "W": 270, "NW": 315}


class Regions:
    """Outlines by the ids of `seeds/boundaries`, read when first asked for.

    Parameters
    ----------
    gazetteer
        Holds the boundaries.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._shapes: dict[str, BaseGeometry | None] = {}
        self._outlines: dict[int, BaseGeometry | None] = {}
        self._strips: dict[tuple[object, ...], BaseGeometry | None] = {}
        self._derived: dict[tuple[object, ...], tuple[BaseGeometry, BaseGeometry | None]] = {}

    def shape(self, id_: str) -> BaseGeometry | None:
        """Return a country (`UA`) or region (`UA-63`) in WGS 84 degrees, None where not held.

        Returns
        -------
        BaseGeometry | None
            A country (`UA`) or region (`UA-63`) in WGS 84 degrees, None where not held.
        """
        if id_ not in self._shapes:
            stored = self._gazetteer.boundary(id_)
            self._shapes[id_] = None if stored is None else shapely.from_wkb(stored)
        return self._shapes[id_]

    def outline(self, place: Place) -> BaseGeometry | None:
        """Return the outline of a place that is an area.

        The union of its boundaries where they are held; a disc of its radius for an area
        without boundaries; None for settlements, lines, and areas as wide as continents.

        Parameters
        ----------
        place
            A place of the gazetteer.

        Returns
        -------
        BaseGeometry or None
            Polygon or MultiPolygon in WGS 84 degrees.
        """
        if place.index not in self._outlines:
            self._outlines[place.index] = self._outline(place)
        return self._outlines[place.index]

    def _outline(self, place: Place) -> BaseGeometry | None:
        if not place.is_area:
            return None
        parts = [s for m in self._gazetteer.members(place.index) if (s := self.shape(m))]
        if parts:
            return parts[0] if len(parts) == 1 else _joined(parts)
        if place.lon is None or place.lat is None or place.radius_km > WIDEST_DISC_KM:
            return None
        return disc(place.lon, place.lat, place.radius_km)

    def border(self, one: str, other: str) -> BaseGeometry | None:
        """Return the line that two countries share, in WGS 84 degrees.

        Parameters
        ----------
        one, other
            ISO 3166-1 alpha-2 codes. The line follows the first country's boundary.

        Returns
        -------
        BaseGeometry or None
            None where they do not touch or are not held.
        """
        a, b = self.shape(one), self.shape(other)
        if a is None or b is None or one == other:
            return None
        margin = 2 * BORDER_TOLERANCE_DEG
        west, south, east, north = a.bounds
        beside = shapely.clip_by_rect(
            b, west - margin, south - margin, east + margin, north + margin
        )
        near = shapely.buffer(shapely.simplify(beside, 0.04), BORDER_TOLERANCE_DEG, quad_segs=2)
        line = shapely.line_merge(shapely.intersection(shapely.boundary(a), near))
        return None if line.is_empty else line

    def strip_between(
        self, one: BaseGeometry, other: BaseGeometry, *, width_km: float
    ) -> BaseGeometry | None:
        """Return the strip along the border that two outlines share.

        Parameters
        ----------
        one, other
            Polygons in WGS 84 degrees.
        width_km
            Distance from the line to the strip's edge, on both sides.

        Returns
        -------
        BaseGeometry or None
            None where they do not touch.
        """
        near = shapely.buffer(shapely.simplify(other, 0.04), BORDER_TOLERANCE_DEG, quad_segs=2)
        line = shapely.intersection(shapely.boundary(one), near)
        return None if line.is_empty else buffer_km(shapely.simplify(line, 0.03), width_km)

    def coast(self, outline: BaseGeometry, country: str, *, width_km: float) -> BaseGeometry | None:
        """Return the strip along the coast of a country or of a part of one.

        The coast is what of the outline no land lies beyond: neither the country's own nor that
        of its neighbours.

        Parameters
        ----------
        outline
            Polygon in WGS 84 degrees.
        country
            ISO code of the country that it is, or lies in.
        width_km
            Distance from the line to the strip's edge; the strip is cut to the outline.

        Returns
        -------
        BaseGeometry or None
            None where the outline has no coast.
        """
        lands = [land for c in self.neighbours(country) if (land := self.shape(c)) is not None]
        own = self.shape(country)
        if own is not None:
            slim = -COAST_TOLERANCE_DEG
            rest = shapely.buffer(shapely.difference(own, outline), slim, quad_segs=2)
            lands.append(shapely.buffer(rest, -slim, quad_segs=2))
        west, south, east, north = outline.bounds
        margin = 2 * BORDER_TOLERANCE_DEG
        window = (west - margin, south - margin, east + margin, north + margin)
        beside = [shapely.clip_by_rect(land, *window) for land in lands]
        near = shapely.buffer(shapely.union_all(beside), BORDER_TOLERANCE_DEG, quad_segs=2)
        line = shapely.difference(shapely.boundary(outline), near)
        if line.is_empty:
            return None
        strip = buffer_km(shapely.simplify(line, 0.03), width_km)
        return shapely.intersection(strip, outline)

    def neighbours(self, country: str) -> tuple[str, ...]:
        """Return the ISO codes of the countries that share a land border with one.

        Returns
        -------
        tuple[str, ...]
            The ISO codes of the countries that share a land border with one.
        """
        return self._gazetteer.neighbours(country)

    def border_strip(
        self,
        one: str,
        others: tuple[str, ...],
        *,
        width_km: float,
        inside: tuple[str, ...] = (),
        from_km: float = 0.0,
    ) -> BaseGeometry | None:
        """Return the strip along a border.

        Parameters
        ----------
        one
            ISO code of the country whose border it is.
        others
            Codes of its neighbours; the whole boundary when empty.
        width_km
            Distance from the line to the strip's outer edge, on both sides.
        inside
            Keep only what lies in these countries; both sides when empty.
        from_km
            Distance from the line to the strip's inner edge.

        Returns
        -------
        BaseGeometry or None
            WGS 84 degrees; None where no such border is held.
        """
        key = (one, others, width_km, inside, from_km)
        if key not in self._strips:
            if len(self._strips) >= MOST_DERIVED:
                self._strips.clear()
            self._strips[key] = self._border_strip(one, others, width_km, inside, from_km)
        return self._strips[key]

    def _border_strip(
        self,
        one: str,
        others: tuple[str, ...],
        width_km: float,
        inside: tuple[str, ...],
        from_km: float,
    ) -> BaseGeometry | None:
        country = self.shape(one)
        if country is None:
            return None
        lines = [line for other in others if (line := self.border(one, other)) is not None]
        if others and not lines:
            return None
        line = shapely.unary_union(lines) if lines else shapely.boundary(country)
        strip = buffer_km(shapely.simplify(line, 0.03), width_km)
        if from_km:
            strip = shapely.difference(strip, buffer_km(shapely.simplify(line, 0.03), from_km))
        kept = [s for i in inside if (s := self.shape(i)) is not None]
        if kept:
            strip = shapely.intersection(strip, shapely.unary_union(kept))
        return None if strip.is_empty else strip

    def part(
        self, outline: BaseGeometry, direction: str, *, share: float = 1 / 3
    ) -> BaseGeometry | None:
        """Return the part of an outline that lies towards a direction.

        Cuts the outline's extent across the direction, so that the part is the given share of
        its length ("the eastern part": a third; "the easternmost part": a fifth).

        Parameters
        ----------
        outline
            Polygon in WGS 84 degrees. Longitudes below -168 count as east of 180.
        direction
            `N`, `NE`, ... `NW`, or `C` for the middle.
        share
            Share of the extent along the direction.

        Returns
        -------
        BaseGeometry or None
            WGS 84 degrees; None where nothing is left.
        """
        key = ("part", id(outline), direction, share)
        return self._made(key, outline, lambda: _part(outline, direction, share))

    def around(self, outline: BaseGeometry, distance_km: float) -> BaseGeometry:
        """Return an outline widened by a distance, its details left out.

        Parameters
        ----------
        outline
            Polygon in WGS 84 degrees.
        distance_km
            Width added on every side.

        Returns
        -------
        BaseGeometry
            WGS 84 degrees.
        """
        key = ("around", id(outline), distance_km)
        made = self._made(
            key, outline, lambda: buffer_km(shapely.simplify(outline, 0.05), distance_km)
        )
        return outline if made is None else made

    def _made(
        self,
        key: tuple[object, ...],
        outline: BaseGeometry,
        make: Callable[[], BaseGeometry | None],
    ) -> BaseGeometry | None:
        # Kept beside the outline itself, so that no other can take its number.
        known = self._derived.get(key)
        if known is None:
            if len(self._derived) >= MOST_DERIVED:
                self._derived.clear()
            known = self._derived[key] = (outline, make())
        return known[1]


def _joined(parts: list[BaseGeometry]) -> BaseGeometry:
    # Neighbours share their borders point by point, mostly; that alone is ten times faster.
    try:
        joined: BaseGeometry = shapely.coverage_union_all(parts)
    except shapely.GEOSException:
        joined = shapely.unary_union(parts)
    return joined


def _part(outline: BaseGeometry, direction: str, share: float) -> BaseGeometry | None:
    west, south, east, north = _extent(outline)
    if direction == "C":
        width, height = (east - west) / 3, (north - south) / 3
        window: BaseGeometry = shapely.box(
            west + width, south + height, east - width, north - height
        )
    else:
        window = _side((west, south, east, north), direction, share)
    cut: BaseGeometry = shapely.intersection(outline, window)
    if east > 180:
        cut = shapely.union(cut, shapely.intersection(outline, _shifted(window, -360)))
    return None if cut.is_empty else cut


def _extent(outline: BaseGeometry) -> tuple[float, float, float, float]:
    west, south, east, north = outline.bounds
    if west < -179 and east > 179:
        xs = shapely.get_coordinates(outline)[:, 0]
        xs = xs.copy()
        xs[xs < -160] += 360
        west, east = float(xs.min()), float(xs.max())
    return west, south, east, north


def _side(extent: tuple[float, float, float, float], direction: str, share: float) -> BaseGeometry:
    # The window that covers a side of an extent, or a corner for NE and the like.
    west, south, east, north = extent
    corner = share if len(direction) == 1 else min(0.5, share * 1.5)
    width, height = (east - west) * corner, (north - south) * corner
    if "E" in direction:
        west = east - width
    if "W" in direction:
        east = west + width
    if "N" in direction:
        south = north - height
    if "S" in direction:
        north = south + height
    return shapely.box(west, south, east, north)


def _shifted(geometry: BaseGeometry, degrees: float) -> BaseGeometry:
    return shapely.transform(geometry, lambda points: points + np.array((degrees, 0.0)))


def label_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Return a point inside a geometry, its centroid where that lies inside.

    Parameters
    ----------
    geometry
        WGS 84 degrees, not empty.

    Returns
    -------
    tuple of float
        Longitude and latitude, WGS 84 degrees.
    """
    centre = geometry.centroid
    west, _, east, _ = geometry.bounds
    if east - west > WIDEST_EXTENT_DEG or not shapely.contains(geometry, centre):
        largest = max(shapely.get_parts(geometry), key=lambda part: (part.area, part.length))
        centre = largest.centroid
        if not shapely.contains(largest, centre):
            centre = largest.representative_point()
    return round(centre.x, 4), round(centre.y, 4)
