"""Named areas in a tree, and how a claim observes one of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from tracker.errors import InvalidValueError


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A named polygon with a version.

    Parameters
    ----------
    id, name : str
        Stable id and display name.
    geometry : shapely Polygon or MultiPolygon
        EPSG:4326.
    names : tuple of str
        Other names that reports use for it.
    parent : str or None
        Id of the area that it is a part of; siblings are disjoint.
    kind : str
        `theatre`, `sector`, `residual`, `region` or `ring`.
    valid_from, valid_until : date or None
        Days between which the model holds; beyond `valid_until` no estimate is made.

    Raises
    ------
    InvalidValueError
        Where the id is empty or the geometry is no valid polygon.
    """

    id: str
    name: str
    geometry: BaseGeometry
    names: tuple[str, ...] = ()
    parent: str | None = None
    kind: str = "region"
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise InvalidValueError("an area needs an id.")
        if self.geometry.geom_type not in {"Polygon", "MultiPolygon"} or self.geometry.is_empty:
            raise InvalidValueError(f"area {self.id!r} needs a polygon that is not empty.")
        if not self.geometry.is_valid:
            raise InvalidValueError(
                f"the polygon of area {self.id!r} crosses itself: "
                f"{shapely.is_valid_reason(self.geometry)}."
            )

    @property
    def geometry_sha256(self) -> str:
        """Hash of the geometry, which with `valid_from` makes the version of the area."""
        return hashlib.sha256(shapely.to_wkb(self.geometry, byte_order=1)).hexdigest()
