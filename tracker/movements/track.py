"""A track: sightings that are one and the same train or column, and what speaks otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.errors import InvalidValueError
from tracker.identifiers import content_id
from tracker.movements.sighting import Sighting


@dataclass(frozen=True, kw_only=True, slots=True)
class Alternative:
    """Another track that a sighting may belong to.

    Parameters
    ----------
    sighting_id : str
        The sighting.
    track_id : str or None
        The other track; None stands for a train of its own.
    probability : float
        In [0, 1].
    """

    sighting_id: str
    track_id: str | None
    probability: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Track:
    """Sightings of one and the same train or column.

    Parameters
    ----------
    sightings : tuple of Sighting
        In the order of their times, at least one.
    probability : float
        That every one of them belongs here: the least of theirs.
    alternatives : tuple of Alternative
        Where some of them may belong instead.

    Raises
    ------
    InvalidValueError
        Where there is no sighting or the probability is none.
    """

    sightings: tuple[Sighting, ...]
    probability: float = 1.0
    alternatives: tuple[Alternative, ...] = ()

    def __post_init__(self) -> None:
        if not self.sightings:
            raise InvalidValueError("a track needs at least one sighting.")
        if not 0 <= self.probability <= 1:
            raise InvalidValueError(f"{self.probability} is no probability.")

    @property
    def id(self) -> str:
        """Id, a hash of its sightings."""
        return track_id(self.sightings)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims behind it, each once, in the order of their times."""
        return tuple(dict.fromkeys(sighting.claim_id for sighting in self.sightings))


def track_id(sightings: tuple[Sighting, ...]) -> str:
    """Return the id of the track of these sightings.

    Parameters
    ----------
    sightings : tuple of Sighting
        In the order of their times.

    Returns
    -------
    str
        A hash of their ids.
    """
    return content_id("t", *sorted(sighting.id for sighting in sightings))


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Two sightings that look like one train and cannot be.

    Parameters
    ----------
    first, second : Sighting
        In the order of their times.
    distance_km : float
        Along the line between them, their radii taken off.
    days : float
        Longest time between them that the words allow.
    shared : tuple of str
        What they have in common: wagon numbers, formation.
    """

    first: Sighting
    second: Sighting
    distance_km: float
    days: float
    shared: tuple[str, ...]

    @property
    def speed_km_day(self) -> float:
        """Least speed that one train would need, kilometres a day."""
        return self.distance_km / self.days if self.days > 0 else float("inf")


@dataclass(frozen=True, kw_only=True, slots=True)
class Association:
    """Which sightings are one.

    Parameters
    ----------
    tracks : tuple of Track
        By the time of their first sighting; every sighting is in exactly one.
    conflicts : tuple of Conflict
        Pairs that were refused because no train is so fast.
    """

    tracks: tuple[Track, ...]
    conflicts: tuple[Conflict, ...] = ()
