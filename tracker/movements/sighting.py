"""One sighting of something on its way: where, when, heading where, with what on board."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tracker.errors import InvalidValueError
from tracker.movements.wagons import WagonNumber
from tracker.timespan import Timespan
from tracker.vocabulary import Direction, Mode

LOCAL_RADIUS_KM = 150.0
"""A place known no better than this says nothing of speeds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A place on the way.

    Parameters
    ----------
    name : str
        Its name.
    lon, lat : float
        WGS 84 degrees.
    radius_km : float
        The true place lies within it with 90 % probability.

    Raises
    ------
    InvalidValueError
        Where it is no place on Earth, or the radius is no distance.
    """

    name: str
    lon: float
    lat: float
    radius_km: float = 0.0

    def __post_init__(self) -> None:
        on_earth = -180 <= self.lon <= 180 and -90 <= self.lat <= 90
        if not on_earth or not (math.isfinite(self.radius_km) and self.radius_km >= 0):
            raise InvalidValueError(f"{self.name[:40]!r} is no place with a radius.")

    @property
    def is_local(self) -> bool:
        """Whether it is known well enough to tell how far something went."""
        return self.radius_km <= LOCAL_RADIUS_KM


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """One sighting of something on its way.

    Parameters
    ----------
    id : str
        Id of the claim and place that it comes from.
    claim_id : str
        The claim.
    spot : Spot
        Where.
    span : Timespan
        When.
    actor : str
        Whose.
    mode : Mode or None
        Way of travel.
    direction : Direction or None
        Heading.
    formation : str or None
        Who, as matched.
    equipment : frozenset of str
        Types and classes on board, as written, letter case aside.
    wagons : frozenset of WagonNumber
        Numbers that were read.
    marks : frozenset of str
        Signs painted on, plates covered, and so on.
    destination : Spot or None
        Where it goes, where somebody says so.
    relays : frozenset of str
        Ids of claims that speak of the same thing by the record's own words.
    trains : int
        How many trains it counts; more than one is no single train.

    Raises
    ------
    InvalidValueError
        Where the count is not positive.
    """

    id: str
    claim_id: str
    spot: Spot
    span: Timespan
    actor: str = "unknown"
    mode: Mode | None = Mode.RAIL
    direction: Direction | None = None
    formation: str | None = None
    equipment: frozenset[str] = frozenset()
    wagons: frozenset[WagonNumber] = frozenset()
    marks: frozenset[str] = frozenset()
    destination: Spot | None = None
    relays: frozenset[str] = frozenset()
    trains: int = 1

    def __post_init__(self) -> None:
        if not (math.isfinite(self.trains) and self.trains > 0):
            raise InvalidValueError(f"a sighting of {self.trains} trains is none.")
