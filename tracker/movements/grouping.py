"""Groups of sightings that are one train each: best first, then each sighting once more."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, inf, log

import numpy as np

from tracker.movements.candidates import LEAST, Candidates
from tracker.movements.likeness import Likeness, Told
from tracker.movements.links import BACKTRACK_KM, Traffic, link_ratio
from tracker.movements.looks import Looks

SURE = 0.85
"""Probability from which a sighting is joined to others; below it they are alternatives."""
TELLING = 3.0
"""What two groups have to have in common, times and places aside: e to this power is 20 to one."""
SWEEPS = 5
RARELY_AGAIN = 0.02
"""Further sightings that a train gets, at least: what joining is held against at first."""
STRAIGHT_PER_KM, WORST_DETOUR = 0.01, -8.0
"""What a way that turns back costs for each kilometre beyond `BACKTRACK_KM`, at most."""
MOST_SURE, SETTLED = 50.0, 20.0
"""Largest ratio that is told apart from a larger one, and one that no likeness explains away."""
NOT_WEIGHED = (-1, -1)


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Group:
    """Sightings that may be one train.

    Parameters
    ----------
    members : tuple of int
        In the order in which the train was there.
    told : Told
        What they tell.
    log_way : float
        Log-likelihood ratio of their times, places and headings, one after the other.
    """

    members: tuple[int, ...]
    told: Told
    log_way: float


class Grouping:
    """Sightings in groups of one train each.

    The number of trains is not known beforehand. What speaks for one train against two is the
    likelihood ratio of all that both groups tell, and how often trains are seen again: the mean
    of further sightings that the trains found so far have (an empirical geometric prior).

    Parameters
    ----------
    looks : Looks
        Sightings in the order of the middles of their spans.
    traffic : Traffic
        How long trains take, and how many pass.
    likeness : Likeness
        Weighs what they tell.
    candidates : Candidates
        Pairs that are worth a closer look.
    """

    def __init__(
        self, looks: Looks, traffic: Traffic, likeness: Likeness, candidates: Candidates
    ) -> None:
        self._looks, self._traffic, self._likeness = looks, traffic, likeness
        self._place = looks.place.tolist()
        self._start, self._end = looks.start.tolist(), looks.end.tolist()
        couples = list(zip(candidates.one.tolist(), candidates.other.tolist(), strict=True))
        self._links = dict(zip(couples, candidates.link.tolist(), strict=True))
        self._near: dict[int, set[int]] = defaultdict(set)
        near = [
            (-ratio, *pair, NOT_WEIGHED)
            for pair, ratio in zip(couples, candidates.ratio.tolist(), strict=True)
            if ratio > LEAST
        ]
        for _, one, other, _ in near:
            self._near[one].add(other)
            self._near[other].add(one)
        self._alone = [
            Group(members=(one,), told=likeness.told(one), log_way=0.0) for one in range(len(looks))
        ]
        self.groups = dict(enumerate(self._alone))
        self.owner = list(range(len(looks)))
        self._fresh = len(looks)
        self._known: dict[tuple[int, int], float] = {}
        self._join(near)
        self._move()
        self._set_apart()

    def chances(self, one: int) -> dict[int | None, float]:
        """Say to which group a sighting may belong.

        Parameters
        ----------
        one : int
            The sighting.

        Returns
        -------
        dict of int or None to float
            Probability of each group that it fits at all; None stands for a train of its own.
        """
        odds: dict[int | None, float] = {None: 1.0}
        for place, ratio in self._fits(one):
            if ratio > -inf:
                odds[place] = exp(min(ratio, MOST_SURE))
        total = sum(odds.values())
        return {place: chance / total for place, chance in odds.items()}

    @property
    def _seen_again(self) -> float:
        # Logarithm of the further sightings that a train has in mean.
        return log(max((len(self.owner) - len(self.groups)) / len(self.groups), RARELY_AGAIN))

    def _join(self, heap: list[tuple[float, int, int, tuple[int, int]]]) -> None:
        # A pair enters with what is quickly known of it. When its turn comes, the groups in which
        # its sightings are by then are weighed, and wait for their own turn.
        heapq.heapify(heap)
        weighed: set[tuple[int, int]] = set()
        while heap:
            lost, one, other, of = heapq.heappop(heap)
            left, right = sorted((self.owner[one], self.owner[other]))
            if left == right:
                continue
            if of == (left, right):
                if self._seen_again > lost:
                    self._merge(left, right)
            elif (left, right) not in weighed:
                weighed.add((left, right))
                ratio = self._ratio(self.groups[left], self.groups[right])
                if ratio > LEAST:
                    heapq.heappush(heap, (-ratio, one, other, (left, right)))

    def _merge(self, one: int, other: int) -> int:
        left, right = self.groups.pop(one), self.groups.pop(other)
        members = self._ordered([*left.members, *right.members])
        told = self._likeness.together([left.told, right.told])
        return self._add(Group(members=members, told=told, log_way=self._way(members)))

    def _add(self, group: Group) -> int:
        place, self._fresh = self._fresh, self._fresh + 1
        self.groups[place] = group
        for one in group.members:
            self.owner[one] = place
        return place

    def _fits(self, one: int) -> Iterable[tuple[int, float]]:
        # Its own group without it, and those of what is near to it. Groups never change.
        for place in sorted({self.owner[other] for other in self._near[one]} | {self.owner[one]}):
            ratio = self._known.get((one, place))
            if ratio is None:
                rest = self._without(place, one)
                ratio = -inf if rest is None else self._ratio(rest, self._alone[one])
                self._known[one, place] = ratio
            yield place, ratio + self._seen_again

    def _without(self, place: int, one: int) -> Group | None:
        group = self.groups[place]
        if one not in group.members:
            return group
        rest = [other for other in group.members if other != one]
        if len(rest) == 1:
            return self._alone[rest[0]]
        return self._group(rest) if rest else None

    def _move(self) -> None:
        # Each sighting goes where it fits best, until none moves.
        pending: set[int] = set(range(len(self.owner)))
        for _ in range(SWEEPS):
            touched: set[int] = set()
            for one in sorted(pending):
                best = max(self._fits(one), key=lambda fit: fit[1], default=(-1, -inf))
                goal = best[0] if best[1] > 0 else None
                if goal == self.owner[one] or (goal is None and self._is_alone(one)):
                    continue
                touched.update(self.groups[self.owner[one]].members)
                self._take_out(one)
                if goal is not None:
                    touched.update(self.groups[self._merge(self.owner[one], goal)].members)
            pending = touched.union(*(self._near[one] for one in touched))

    def _is_alone(self, one: int) -> bool:
        return len(self.groups[self.owner[one]].members) == 1

    def _take_out(self, one: int) -> None:
        rest = self._without(self.owner[one], one)
        if rest is not None:
            self.groups.pop(self.owner[one])
            self._add(rest)
            self._add(self._alone[one])

    def _set_apart(self) -> None:
        # Where a sighting may well belong elsewhere, that is said instead of a join.
        unsure = [
            one
            for one in range(len(self.owner))
            if not self._is_alone(one) and self.chances(one).get(self.owner[one], 0.0) < SURE
        ]
        for one in unsure:
            self._take_out(one)

    def _ratio(self, one: Group, other: Group) -> float:
        # Weigh one train against two. Times and places alone join nothing, and are looked at last.
        traits = self._likeness.ratio(one.told, other.told)
        if traits < LEAST:
            return -inf
        way = self._way(self._ordered([*one.members, *other.members])) - one.log_way - other.log_way
        if LEAST < traits + way < SETTLED:
            traits += self._likeness.family_ratio(one.told, other.told)
        return traits + way if traits > TELLING else -inf

    def _group(self, members: Sequence[int]) -> Group:
        ordered = self._ordered(members)
        told = self._likeness.together([self._alone[one].told for one in ordered])
        return Group(members=ordered, told=told, log_way=self._way(ordered))

    def _ordered(self, members: Sequence[int]) -> tuple[int, ...]:
        # By time; where spans overlap, in the order that fits the way better.
        order = sorted(members)
        swapped = True
        while swapped:
            swapped = False
            for place, (one, other) in enumerate(pairwise(order)):
                if self._end[one] < self._start[other]:
                    continue
                before, after = order[place - 1 : place], order[place + 2 : place + 3]
                there = [*before, other, one, *after]
                if self._timed(there) > self._timed([*before, one, other, *after]) + 1e-9:
                    order[place : place + 2] = [other, one]
                    swapped = True
                    break
        return tuple(order)

    def _timed(self, members: Sequence[int]) -> float:
        return sum(self._link(one, other) for one, other in pairwise(members))

    def _way(self, members: Sequence[int]) -> float:
        # A train does not turn back: what it goes beyond its farthest place is no way.
        timed = self._timed(members)
        if len(members) < 3 or timed == -inf:
            return timed
        along_km = self._looks.along_km
        places = [self._place[one] for one in members]
        way_km = sum(along_km[one, other] for one, other in pairwise(places))
        detour_km = float(way_km - max(along_km[places[0], place] for place in places))
        return timed + max(-STRAIGHT_PER_KM * max(detour_km - BACKTRACK_KM, 0.0), WORST_DETOUR)

    def _link(self, one: int, other: int) -> float:
        found = self._links.get((one, other))
        if found is None:
            pair = np.array([one]), np.array([other])
            found = float(link_ratio(self._looks, self._traffic, *pair)[0])
            self._links[one, other] = found
        return found
