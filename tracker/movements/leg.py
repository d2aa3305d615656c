"""One leg of a movement: from, by, to, when, how many, and the claims that say so."""

from __future__ import annotations

from dataclasses import dataclass

from shapely import LineString, MultiLineString, Point

from tracker.claims.measure import Measure
from tracker.errors import InvalidValueError
from tracker.identifiers import content_id
from tracker.placing import require_on_globe
from tracker.timespan import Timespan
from tracker.vocabulary import Mode, Status, Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Leg:
    """A part of a movement between two places.

    Parameters
    ----------
    movement_id : str
        Movement that it belongs to; a movement with one leg has the leg's own id.
    actor : str
        Whose troops.
    origin, destination : str
        Names of the two ends.
    geometry : LineString or MultiLineString
        From origin to destination in EPSG:4326; two parts where it crosses the antimeridian.
    status : Status
        `actual`, `in_transit`, `planned` and so on.
    claims : tuple of str
        Ids of the claims that say so, at least one.
    window : Timespan or None
        When it took place.
    mode : Mode or None
        Way of travel.
    formation : str or None
        Who moved.
    equipment : tuple of Unit
        What moved.
    measure : Measure or None
        How much.
    inferred : bool
        Whether an end is not in the words but follows from them.
    via : tuple of Point
        Where it was seen between the ends.

    Raises
    ------
    InvalidValueError
        Where no claim supports it, or its geometry leaves the globe or has none.
    """

    actor: str
    origin: str
    destination: str
    geometry: LineString | MultiLineString
    status: Status
    claims: tuple[str, ...]
    movement_id: str | None = None
    window: Timespan | None = None
    mode: Mode | None = None
    formation: str | None = None
    equipment: tuple[Unit, ...] = ()
    measure: Measure | None = None
    inferred: bool = False
    via: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        if not self.claims:
            raise InvalidValueError("a leg needs at least one claim that says so.")
        for shape in (self.geometry, *self.via):
            require_on_globe(shape, f"the leg from {self.origin[:40]!r}")

    @property
    def id(self) -> str:
        """Id, a hash of its claims and its ends."""
        return content_id("m", self.origin, self.destination, *self.claims)
