"""A claim's places on the map: one placed claim per claim and place, or the reason why not."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from tracker.errors import InvalidValueError
from tracker.identifiers import content_id
from tracker.vocabulary import PlaceRole


def require_on_globe(geometry: BaseGeometry, what: str) -> None:
    """Refuse a geometry that is not on the surface of the Earth.

    Parameters
    ----------
    geometry : shapely Geometry
        EPSG:4326.
    what : str
        Its name, for the message.

    Raises
    ------
    InvalidValueError
        Where a coordinate lies outside the ranges of longitude and latitude or is not finite,
        where there is none, or where there are heights.
    """
    if not _is_on_globe(geometry):
        raise InvalidValueError(f"{what} lies outside the globe.")
    if geometry.has_z:
        raise InvalidValueError(f"{what} has heights; drop them with shapely.force_2d.")


def _is_on_globe(geometry: BaseGeometry) -> bool:
    if isinstance(geometry, Point) and not geometry.is_empty:  # most are, and NaN compares false
        return -180 <= geometry.x <= 180 and -90 <= geometry.y <= 90
    west, south, east, north = geometry.bounds
    inside = west >= -180 and south >= -90 and east <= 180 and north <= 90
    # The bounds of several points leave NaN out.
    return inside and bool(np.isfinite(shapely.get_coordinates(geometry)).all())


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedClaim:
    """One place of one claim.

    Parameters
    ----------
    claim_id : str
        The claim.
    role : PlaceRole
        What the place is to it.
    text : str
        The words that name the place.
    name : str or None
        Name of the place that was chosen.
    geometry : shapely Geometry or None
        Longitude and latitude in degrees (EPSG:4326); None where it could not be placed.
    radius_km : float or None
        The true place lies within this distance of the geometry's representative point with
        90 % probability.
    gazetteer_id : str or None
        Id in the gazetteer or the table of areas.
    score : float or None
        Probability in [0, 1] that the choice is right.
    alternatives : tuple of Mapping
        The choices that lost: `name`, `lon`, `lat`, `gazetteer_id`, `score`.
    reason : str or None
        Why it could not be placed; set exactly where the geometry is None.

    Raises
    ------
    InvalidValueError
        Where neither a geometry nor a reason is given, or both; where the radius is missing,
        negative or not finite; where the geometry leaves the globe; where the score is no
        probability.
    """

    claim_id: str
    role: PlaceRole
    text: str
    name: str | None = None
    geometry: BaseGeometry | None = None
    radius_km: float | None = None
    gazetteer_id: str | None = None
    score: float | None = None
    alternatives: tuple[Mapping[str, str | float | None], ...] = ()
    reason: str | None = None

    def __post_init__(self) -> None:
        if (self.geometry is None) == (self.reason is None):
            raise InvalidValueError("a placed claim has a geometry, or the reason why it has none.")
        if self.geometry is None:
            return
        if self.radius_km is None or not math.isfinite(self.radius_km) or self.radius_km < 0:
            raise InvalidValueError(f"radius_km {self.radius_km} is no distance.")
        if self.score is not None and not 0 <= self.score <= 1:
            raise InvalidValueError(f"score {self.score} is no probability.")
        require_on_globe(self.geometry, repr(self.text[:40]))

    @property
    def id(self) -> str:
        """Id, a hash of claim, role and words."""
        return content_id("p", self.claim_id, str(self.role), self.text)
