"""Which sightings are one train: alike ones are joined, the likeliest first, never too fast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.railways import RailNetwork, TravelTime
from tracker.movements.candidates import Candidates, candidates_of
from tracker.movements.grouping import Group, Grouping
from tracker.movements.likeness import Likeness
from tracker.movements.links import traffic_of
from tracker.movements.looks import Looks, looks_of
from tracker.movements.sighting import Sighting
from tracker.movements.speeds import train_travel
from tracker.movements.track import Alternative, Association, Conflict, Track, track_id

SAID_FROM = 0.05
"""Probability from which another track is named as an alternative."""


def associate(
    sightings: Sequence[Sighting], network: RailNetwork, *, travel: TravelTime | None = None
) -> Association:
    """Find out which sightings are one and the same train or column.

    Groups are weighed as a whole: the times and ways of all their sightings in a row (`links`), and
    what they tell together of load, formation, wagon numbers, marks and destination (`likeness`).
    The likeliest are joined first, every sighting then goes once more where it fits best, and one
    that may well belong elsewhere is set apart with its alternatives (`grouping`). This is Bayesian
    hierarchical clustering (Heller and Ghahramani 2005) with the moves of multi-target data
    association (Oh, Russell and Sastry 2009), by best fit instead of at random. Nothing is joined
    that would have to go faster than any train does.

    Parameters
    ----------
    sightings : sequence of Sighting
        In any order.
    network : RailNetwork
        The line on which distances are measured.
    travel : TravelTime, optional
        How long trains take; by default as published.

    Returns
    -------
    Association
        Tracks with their alternatives, and the pairs that look alike and cannot be one.
    """
    if not sightings:
        return Association(tracks=())
    ordered = sorted(sightings, key=lambda one: (one.span.middle, one.id))
    looks = looks_of(ordered, network)
    traffic, likeness = traffic_of(looks, travel or train_travel()), Likeness(looks)
    candidates = candidates_of(looks, traffic, likeness)
    grouping = Grouping(looks, traffic, likeness, candidates)
    return Association(
        tracks=_tracks(ordered, grouping), conflicts=_conflicts(ordered, looks, candidates)
    )


def _tracks(ordered: Sequence[Sighting], grouping: Grouping) -> tuple[Track, ...]:
    names = {place: track_id(_in_time(ordered, group)) for place, group in grouping.groups.items()}
    tracks = []
    for place, group in grouping.groups.items():
        surest, alternatives = 1.0, []
        for one in group.members:
            chances = grouping.chances(one)
            surest = min(surest, chances.pop(place if len(group.members) > 1 else None, 1.0))
            alternatives += [
                Alternative(
                    sighting_id=ordered[one].id,
                    track_id=None if track is None else names[track],
                    probability=chance,
                )
                for track, chance in chances.items()
                if chance >= SAID_FROM
            ]
        tracks.append(
            Track(
                sightings=_in_time(ordered, group),
                probability=surest,
                alternatives=tuple(alternatives),
            )
        )
    return tuple(sorted(tracks, key=lambda track: (track.sightings[0].span.middle, track.id)))


def _in_time(ordered: Sequence[Sighting], group: Group) -> tuple[Sighting, ...]:
    return tuple(ordered[one] for one in sorted(group.members))


def _conflicts(
    ordered: Sequence[Sighting], looks: Looks, candidates: Candidates
) -> tuple[Conflict, ...]:
    conflicts = []
    for one, other in candidates.impossible.tolist():
        first, second = ordered[one], ordered[other]
        shared = sorted({str(number) for number in first.wagons & second.wagons})
        if first.formation is not None and first.formation == second.formation:
            shared.append(first.formation)
        gap_km = looks.gap_km(np.array([one]), np.array([other]))
        longest = max(looks.end[other] - looks.start[one], looks.end[one] - looks.start[other])
        conflicts.append(
            Conflict(
                first=first,
                second=second,
                distance_km=float(gap_km[0]),
                days=float(longest),
                shared=tuple(shared),
            )
        )
    return tuple(conflicts)
