"""Named areas in a tree, and how a claim observes one of them."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from tracker.claims.claim import Claim
from tracker.errors import InvalidValueError
from tracker.placing import PlacedClaim, require_on_globe
from tracker.vocabulary import Extent, PlaceRole


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
        Where the id is empty or the geometry is no valid polygon on the globe.
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
        require_on_globe(self.geometry, f"the polygon of area {self.id!r}")

    @property
    def geometry_sha256(self) -> str:
        """Hash of the geometry, which with `valid_from` makes the version of the area."""
        return hashlib.sha256(shapely.to_wkb(self.geometry, byte_order=1)).hexdigest()


class Observes(StrEnum):
    """What a claim says of an area: its whole strength, or a part of it."""

    LEVEL = "level"
    LOWER_BOUND = "lower_bound"


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaObservation:
    """An area that a claim speaks of.

    Parameters
    ----------
    area : str
        Id of the area.
    observes : Observes
        Whether the claim gives its level or bounds it from below.
    """

    area: str
    observes: Observes


@dataclass(frozen=True, kw_only=True, slots=True)
class Unobserved:
    """The reason why a claim speaks of no area.

    Parameters
    ----------
    reason : str
        In words.
    """

    reason: str


SAME_IOU = 0.5
"""Least intersection over union at which a place and an area are the same."""
INSIDE_SHARE = 0.9
"""Least share of a place that lies in an area for it to be inside."""
_TREE_KINDS = frozenset({"theatre", "sector", "residual"})
"""Kinds of area that the model divides a theatre into; rings and regions overlap them."""
_KM_PER_DEGREE = 111.2


class AreaObserver:
    """Decide which area a claim observes, and how.

    A claim on the whole of a place that is the area, by name or by shape, gives its level. A
    claim on a part of it, on one formation, or on a smaller place inside, bounds it from below;
    of several areas around a place the smallest sector is meant.

    Parameters
    ----------
    areas : iterable of Area
        The areas that can be observed.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas = tuple(areas)
        self._size = {area.id: area.geometry.area for area in self._areas}
        self._by_id = {area.id: area for area in self._areas}
        self._by_name: dict[str, Area] = {}
        for area in self._areas:
            for name in (area.id, area.name, *area.names):
                self._by_name.setdefault(name.casefold().strip(), area)
        self._seen: dict[tuple[str, bytes], tuple[Area | None, Area | None]] = {}

    def observe(self, claim: Claim, placed: Sequence[PlacedClaim]) -> AreaObservation | Unobserved:
        """Match a claim to an area.

        Parameters
        ----------
        claim : Claim
            The claim.
        placed : sequence of PlacedClaim
            Its places; those of role `at` count.

        Returns
        -------
        AreaObservation or Unobserved
            The area, or why there is none.
        """
        here = [place for place in placed if place.role is PlaceRole.AT]
        if not here:
            return Unobserved(reason="it names no place where the force is")
        same, around = self._match(here)
        whole = claim.extent is Extent.WHOLE or (claim.extent is None and not claim.formation)
        if same is not None:
            observes = Observes.LEVEL if whole else Observes.LOWER_BOUND
            return AreaObservation(area=same.id, observes=observes)
        if around is not None:
            return AreaObservation(area=around.id, observes=Observes.LOWER_BOUND)
        words = " and ".join(place.text for place in here)
        return Unobserved(reason=f"{words} is no area of the model and lies inside none")

    def _match(self, here: Sequence[PlacedClaim]) -> tuple[Area | None, Area | None]:
        # Find the area that the places are, and the smallest one around them.
        named = [self._named(place) for place in here]
        top = next((area for area in named if area and self._covers(area, named)), None)
        if top is not None:
            return top, None
        shapes = [_extent_of(place) for place in here]
        if any(shape is None for shape in shapes):
            return None, None
        shape = shapely.union_all([shape for shape in shapes if shape is not None])
        key = (here[0].text, shapely.to_wkb(shape))
        if key not in self._seen:
            self._seen[key] = self._same(shape), self._around(shape)
        return self._seen[key]

    def _covers(self, top: Area, others: Sequence[Area | None]) -> bool:
        # "At Ukraine's borders and in Crimea" speaks of the theatre, of which Crimea is a part.
        return all(other is not None and top.id in self._lineage(other) for other in others)

    def _lineage(self, area: Area) -> list[str]:
        above = self._by_id.get(area.parent or "")
        return [area.id, *(self._lineage(above) if above else ())]

    def _named(self, place: PlacedClaim) -> Area | None:
        names = (place.gazetteer_id, place.text, place.name)
        found = (self._by_name.get(name.casefold().strip()) for name in names if name)
        return next((area for area in found if area is not None), None)

    def _same(self, shape: BaseGeometry) -> Area | None:
        # A ratio of areas hardly depends on the projection, so degrees will do.
        def iou(area: Area) -> float:
            common = shape.intersection(area.geometry).area
            return float(common / (shape.area + self._size[area.id] - common))

        best = max(self._areas, key=iou, default=None)
        return best if best is not None and iou(best) >= SAME_IOU else None

    def _around(self, shape: BaseGeometry) -> Area | None:
        inside = [
            area
            for area in self._areas
            if shape.intersection(area.geometry).area >= INSIDE_SHARE * shape.area
        ]
        return min(
            inside, key=lambda a: (a.kind not in _TREE_KINDS, self._size[a.id]), default=None
        )


def _extent_of(place: PlacedClaim) -> BaseGeometry | None:
    # Return the ground that a placed claim may lie on, as a polygon in degrees.
    shape = place.geometry
    if shape is None or shape.area > 0:
        return shape
    radius_deg = max(place.radius_km or 0.0, 0.1) / _KM_PER_DEGREE
    centre = shape.centroid
    stretch = 1 / max(math.cos(math.radians(centre.y)), 0.05)
    squeezed = shapely.affinity.scale(shape, xfact=1 / stretch, origin=centre)
    return shapely.affinity.scale(squeezed.buffer(radius_deg), xfact=stretch, origin=centre)
