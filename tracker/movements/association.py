"""Which sightings are one train: alike ones are joined, the likeliest first, never too fast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import exp, inf, sqrt

import numpy as np

from geo.railways import RailNetwork, TravelTime
from tracker.movements.likeness import Background, Pairs, background_of, compare, timing_ratio
from tracker.movements.looks import NUMBERED, Looks, looks_of
from tracker.movements.sighting import Sighting
from tracker.movements.speeds import train_travel
from tracker.movements.track import Alternative, Association, Conflict, Track, track_id

JOINED_FROM, ALIKE_FROM = 2.5, 3.8
"""Log-likelihood ratios from which two groups are joined: with numbers read on one side at least,
and without any, where loads of one formation are easily mistaken for one load."""
TRIED_FROM = 0.0
"""Ratio of a pair from which joining its groups is tried."""
UNLIKE = -2.5
"""Traits of a pair that can be compared and that `compare` left out: below its least."""
MOST_SURE = 50.0
SAID_FROM = 0.05
"""Probability from which another track is named as an alternative."""


def associate(
    sightings: Sequence[Sighting], network: RailNetwork, *, travel: TravelTime | None = None
) -> Association:
    """Find out which sightings are one and the same train or column.

    Pairs are compared by time and way, heading, load, formation, wagon numbers, marks,
    destination and what the record says of them (`likeness`). The likeliest pairs are joined
    first (correlation clustering; Bansal, Blum and Chawla 2004), groups only where the times of
    all in a row and the traits that they share speak for one train, and never where it would
    have to go faster than any train does.

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
    background = background_of(looks, travel or train_travel())
    pairs = compare(looks, background)
    evidence = _Evidence(looks, background, pairs)
    return Association(
        tracks=_tracks(ordered, evidence, _groups(pairs, evidence)),
        conflicts=_conflicts(ordered, looks, pairs),
    )


class _Evidence:
    """What speaks for two groups of sightings being one train."""

    def __init__(self, looks: Looks, background: Background, pairs: Pairs) -> None:
        self.looks, self.background = looks, background
        couples = zip(pairs.one.tolist(), pairs.other.tolist(), strict=True)
        self.traits = dict(zip(couples, pairs.traits.tolist(), strict=True))
        self.neighbours: dict[int, list[int]] = defaultdict(list)
        near = pairs.timing + pairs.traits >= TRIED_FROM
        for one, other in zip(pairs.one[near].tolist(), pairs.other[near].tolist(), strict=True):
            self.neighbours[one].append(other)
            self.neighbours[other].append(one)
        self._tells = looks.tells.tolist()

    def chain(self, group: list[int]) -> float:
        # Weigh the times of a group, one after the other; -inf where a train cannot do it.
        if len(group) < 2:
            return 0.0
        one, other = np.array(group[:-1]), np.array(group[1:])
        if not self.looks.can_be_one(one, other).all():
            return -inf
        return float(timing_ratio(self.looks, self.background, one, other).sum())

    def between(self, left: list[int], right: list[int]) -> float:
        # Weigh the traits that two groups share: each further pair tells less than the last.
        total = 0.0
        for one in left:
            for other in right:
                found = self.traits.get((one, other) if one < other else (other, one))
                if found is None:
                    found = UNLIKE if self._tells[one] & self._tells[other] else 0.0
                total += found
        return total / sqrt(len(left) * len(right))

    def numbered(self, group: list[int]) -> bool:
        # Whether wagon numbers of one of them were read.
        return any(self._tells[one] & NUMBERED for one in group)

    def joined(self, left: list[int], right: list[int]) -> float:
        # Weigh one train against two.
        traits = self.between(left, right)
        if traits < TRIED_FROM:
            return -inf
        apart = self.chain(left) + self.chain(right)
        return traits + self.chain(sorted(left + right)) - apart


def _groups(pairs: Pairs, evidence: _Evidence) -> list[list[int]]:
    owner = list(range(len(evidence.looks)))
    members = [[one] for one in owner]
    ratio = pairs.timing + pairs.traits
    order = np.argsort(-ratio, kind="stable")
    order = order[ratio[order] >= TRIED_FROM]
    for one, other in zip(pairs.one[order].tolist(), pairs.other[order].tolist(), strict=True):
        left, right = owner[one], owner[other]
        if left == right:
            continue
        needed = JOINED_FROM if evidence.numbered(members[left] + members[right]) else ALIKE_FROM
        if evidence.joined(members[left], members[right]) < needed:
            continue
        members[left] = sorted(members[left] + members[right])
        for moved in members[right]:
            owner[moved] = left
        members[right] = []
    return [group for group in members if group]


def _tracks(
    ordered: Sequence[Sighting], evidence: _Evidence, groups: list[list[int]]
) -> tuple[Track, ...]:
    owner = {one: place for place, group in enumerate(groups) for one in group}
    names = [track_id(tuple(ordered[one] for one in group)) for group in groups]
    tracks = []
    for place, group in enumerate(groups):
        surest, alternatives = 1.0, []
        for one in group:
            chances = _chances(one, evidence, groups, {owner[o] for o in evidence.neighbours[one]})
            own = chances.pop(place if len(group) > 1 else None, 1.0)
            surest = min(surest, own)
            alternatives += [
                Alternative(
                    sighting_id=ordered[one].id,
                    track_id=None if track is None else names[track],
                    probability=chance,
                )
                for track, chance in chances.items()
                if chance >= SAID_FROM and track != place
            ]
        tracks.append(
            Track(
                sightings=tuple(ordered[one] for one in group),
                probability=surest,
                alternatives=tuple(alternatives),
            )
        )
    return tuple(sorted(tracks, key=lambda track: track.sightings[0].span.middle))


def _chances(
    one: int, evidence: _Evidence, groups: list[list[int]], near: set[int]
) -> dict[int | None, float]:
    # Odds of each group that shares something with it over a train of its own.
    odds: dict[int | None, float] = {None: 1.0}
    for place in sorted(near):
        others = [other for other in groups[place] if other != one]
        if others:
            odds[place] = exp(min(evidence.joined([one], others), MOST_SURE))
    total = sum(odds.values())
    return {place: chance / total for place, chance in odds.items()}


def _conflicts(ordered: Sequence[Sighting], looks: Looks, pairs: Pairs) -> tuple[Conflict, ...]:
    conflicts = []
    for one, other in pairs.impossible.tolist():
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
