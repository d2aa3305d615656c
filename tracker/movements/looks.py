"""Sightings as arrays: times, places on the line, headings, and what was on board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.railways import RailNetwork
from geo.railways.positions import chord_to_km, unit_vectors
from tracker.movements.sighting import Sighting, Spot
from tracker.movements.speeds import fastest_km_day
from tracker.vocabulary import Direction

SLACK_KM = 20.0
"""Length of a yard and its approaches: two people at its ends saw one train at one time."""
STATION_KM = 60.0
"""A place farther from any station is off the line."""
KINDS, NUMBERED, NAMED = 1, 2, 4
"""What a sighting names: types on board, wagon numbers, its formation."""
_HEADINGS = {heading: place * 45.0 for place, heading in enumerate(Direction)}
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, eq=False)
class Looks:
    """Sightings as arrays, in the order of their times.

    Parameters
    ----------
    start, end : ndarray of float
        First and last moment, days.
    lonlat : ndarray of float, shape (n, 2)
        WGS 84 degrees.
    radius_km : ndarray of float
        Their places' radii, and the way from the place to its station.
    along_km : ndarray of float, shape (places, places)
        Distances between places: along the line, else great circle.
    place : ndarray of int
        Row of `along_km` of each sighting.
    fastest_km_day : ndarray of float
        Greatest speed of its way of travel.
    heading_deg : ndarray of float
        NaN where not stated.
    formation, actor : ndarray of int
        Codes; formation -1 where not stated.
    goal : ndarray of int
        Row of `along_km` of its stated destination; -1 where there is none.
    kinds, wagons, marks, relays : csr_array, shape (n, words)
        1 where a sighting has the type, number, mark or event.
    many : ndarray of bool
        Whether it counts more than one train.
    """

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    lonlat: NDArray[np.float64]
    radius_km: NDArray[np.float64]
    along_km: NDArray[np.float64]
    place: NDArray[np.int64]
    fastest_km_day: NDArray[np.float64]
    heading_deg: NDArray[np.float64]
    formation: NDArray[np.int64]
    actor: NDArray[np.int64]
    goal: NDArray[np.int64]
    kinds: csr_array
    wagons: csr_array
    marks: csr_array
    relays: csr_array
    many: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.start)

    @property
    def tells(self) -> NDArray[np.int64]:
        """What each names: the sum of `KINDS`, `NUMBERED` and `NAMED`."""
        kinds, wagons = (
            np.asarray(table.sum(axis=1)).ravel() > 0 for table in (self.kinds, self.wagons)
        )
        return np.asarray(
            kinds * KINDS + wagons * NUMBERED + (self.formation >= 0) * NAMED, np.int64
        )

    @property
    def middle(self) -> NDArray[np.float64]:
        """Middles of the spans, days."""
        return np.asarray((self.start + self.end) / 2)

    def gap_km(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
        """Measure the least distance that two sightings allow.

        Parameters
        ----------
        one, other : ndarray of int
            Sightings.

        Returns
        -------
        ndarray of float
            Kilometres along the line, the radii taken off.
        """
        reach = self.radius_km[one] + self.radius_km[other]
        return np.maximum(self.along_km[self.place[one], self.place[other]] - reach, 0.0)

    def can_be_one(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say which pairs one train can have made.

        Parameters
        ----------
        one, other : ndarray of int
            Sightings, the earlier one first.

        Returns
        -------
        ndarray of bool
            Whether the longest time that the words allow is enough for the least distance.
        """
        longest = np.maximum(self.end[other] - self.start[one], self.end[one] - self.start[other])
        fastest = np.minimum(self.fastest_km_day[one], self.fastest_km_day[other])
        return self.gap_km(one, other) <= fastest * np.maximum(longest, 0.0) + SLACK_KM


def looks_of(sightings: Sequence[Sighting], network: RailNetwork) -> Looks:
    """Turn sightings into arrays.

    Parameters
    ----------
    sightings : sequence of Sighting
        In the order of the middles of their spans.
    network : RailNetwork
        The line on which distances are measured.

    Returns
    -------
    Looks
        The arrays.
    """
    spots = [one.spot for one in sightings]
    goals = [one.destination for one in sightings if one.destination is not None]
    places = {spot: row for row, spot in enumerate(dict.fromkeys([*spots, *goals]))}
    along_km, off_km = distances_km(list(places), network)
    place = np.array([places[spot] for spot in spots], np.int64)
    formations = _codes([one.formation for one in sightings])
    radius = np.array([spot.radius_km for spot in spots])
    return Looks(
        start=_days([one.span.start for one in sightings]),
        end=_days([one.span.end for one in sightings]),
        lonlat=np.array([(spot.lon, spot.lat) for spot in spots]).reshape(-1, 2),
        radius_km=radius + off_km[place],
        along_km=along_km,
        place=place,
        fastest_km_day=np.array([fastest_km_day(one.mode) for one in sightings]),
        heading_deg=np.array(
            [np.nan if one.direction is None else _HEADINGS[one.direction] for one in sightings]
        ),
        formation=formations,
        actor=_codes([one.actor for one in sightings]),
        goal=np.array(
            [-1 if one.destination is None else places[one.destination] for one in sightings],
            np.int64,
        ),
        kinds=_incidence([one.equipment for one in sightings]),
        wagons=_incidence([one.wagons for one in sightings]),
        marks=_incidence([one.marks for one in sightings]),
        relays=_incidence([one.relays | {one.claim_id} for one in sightings]),
        many=np.array([one.trains > 1 for one in sightings], bool),
    )


def distances_km(
    spots: Sequence[Spot], network: RailNetwork
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Measure the ways between places.

    Parameters
    ----------
    spots : sequence of Spot
        Places.
    network : RailNetwork
        The line.

    Returns
    -------
    along_km : ndarray of float, shape (spots, spots)
        Along the line between the stations nearest to them; the great circle where one of them
        has no station within `STATION_KM`, or no line joins them.
    off_km : ndarray of float
        From each to its station; 0 where it has none.
    """
    near = [network.nearest(spot.lon, spot.lat, within_km=STATION_KM) for spot in spots]
    vectors = unit_vectors(np.array([(spot.lon, spot.lat) for spot in spots]).reshape(-1, 2))
    chord = np.sqrt(np.maximum(2 - 2 * vectors @ vectors.T, 0.0))
    along_km = chord_to_km(chord)
    on_line = np.array([row for row, found in enumerate(near) if found is not None], np.int64)
    codes = [found[0].code for found in near if found is not None]
    line_km = network.distances_km(codes, codes)
    grid = np.ix_(on_line, on_line)
    along_km[grid] = np.where(np.isfinite(line_km), line_km, along_km[grid])
    return along_km, np.array([0.0 if found is None else found[1] for found in near])


def _days(instants: Sequence[datetime]) -> NDArray[np.float64]:
    return np.array([(one - _EPOCH).total_seconds() / 86_400 for one in instants])


def _codes(words: Sequence[str | None]) -> NDArray[np.int64]:
    codes: dict[str, int] = {}
    return np.array(
        [-1 if word is None else codes.setdefault(word, len(codes)) for word in words], np.int64
    )


def _incidence(sets: Sequence[frozenset[Any]]) -> csr_array:
    columns: dict[Any, int] = {}
    entries = [
        (row, columns.setdefault(word, len(columns)))
        for row, words in enumerate(sets)
        for word in sorted(words)
    ]
    pairs = np.array(entries, np.int64).reshape(-1, 2)
    ones = np.ones(len(pairs))
    shape = (len(sets), max(len(columns), 1))
    return csr_array((ones, (pairs[:, 0], pairs[:, 1])), shape=shape)
