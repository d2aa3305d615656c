"""A movement: one train, column or formation from where it came to where it goes, in parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracker.identifiers import content_id
from tracker.movements.leg import Leg
from tracker.movements.lines import Way
from tracker.movements.track import Alternative
from tracker.timespan import Timespan
from tracker.vocabulary import FORWARD_LOOKING, Flow, Mode


class Certainty(StrEnum):
    """How a part of a movement is known."""

    OBSERVED = "observed"
    INFERRED = "inferred"
    PLANNED = "planned"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of a movement.

    Parameters
    ----------
    leg : Leg
        Its ends, line, time and claims.
    certainty : Certainty
        `observed`: it came from a published start, or another sighting, to where it was seen;
        `inferred`: an end or the way is said and nobody saw it there; `planned`: still ahead.
    way : Way
        Whether the line is the railway's or a great circle.
    length_km : float
        Along that line.
    """

    leg: Leg
    certainty: Certainty
    way: Way
    length_km: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """One train, column or formation on its way.

    Parameters
    ----------
    actor : str
        Whose.
    parts : tuple of Part
        In the order of travel; empty where only one place of it is known.
    claims : tuple of str
        Ids of the claims behind it, each once.
    origin, destination : str or None
        Where it came from and goes to, as published or as last seen.
    window : Timespan or None
        From the first to the last time that a claim gives.
    mode : Mode or None
        Way of travel.
    formation : str or None
        Who.
    flow : Flow or None
        `out` for a return or a departure, which is no arrival.
    trains : int or None
        How many trains, where trains were counted; None where nobody counted any.
    probability : float
        That all its sightings are one.
    alternatives : tuple of Alternative
        Where some of them may belong instead.
    """

    actor: str
    parts: tuple[Part, ...]
    claims: tuple[str, ...]
    origin: str | None = None
    destination: str | None = None
    window: Timespan | None = None
    mode: Mode | None = None
    formation: str | None = None
    flow: Flow | None = None
    trains: int | None = None
    probability: float = 1.0
    alternatives: tuple[Alternative, ...] = ()

    @property
    def id(self) -> str:
        """Id, a hash of its claims."""
        return movement_id(self.claims)

    @property
    def length_km(self) -> float:
        """Length of its longest chain of parts: the parts of one start added up."""
        return sum(part.length_km for part in self.parts)

    @property
    def is_ahead(self) -> bool:
        """Whether nothing of it has happened yet."""
        return bool(self.parts) and all(p.leg.status in FORWARD_LOOKING for p in self.parts)


def movement_id(claims: tuple[str, ...]) -> str:
    """Return the id of the movement that these claims tell.

    Parameters
    ----------
    claims : tuple of str
        Ids.

    Returns
    -------
    str
        A hash of them, in any order.
    """
    return content_id("m", "movement", *sorted(claims))


def legs_in(movements: Iterable[Movement]) -> tuple[Leg, ...]:
    """List the legs of movements.

    Parameters
    ----------
    movements : iterable of Movement
        Movements.

    Returns
    -------
    tuple of Leg
        One per part, in order.
    """
    return tuple(part.leg for movement in movements for part in movement.parts)
