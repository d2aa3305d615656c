"""How much better what was seen on two groups of sightings fits one train than two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tracker.movements.links import BACKTRACK_KM
from tracker.movements.looks import Looks

WAGONS = 50.0
"""Wagons of a military train (seeds/conversions.csv, C047 to C052: 40 to 51)."""
PER_WAGON, MOST_WAGONS, LEAST_WAGONS = 7.0, 21.0, -12.0
"""A shared eight-digit number is no accident; misreadings that pass the check digit are rare."""
SAME_MARK, MOST_MARKS = 2.0, 2
RELAYED = 9.0
"""The record itself says that two claims tell one event."""
NEVER = -50.0
"""A claim that counts many trains is no single train."""
NAMES_KIND, MISNAMES_KIND = 0.7, 0.004
"""Chance that a look names a type that is on board, and one that is not."""
NAMES_FORMATION, NAMES_GOAL = 0.92, 0.97
"""Chance that a formation, or a destination, that somebody names is the train's."""
OTHER_NAMES = 20.0
"""Other formations and destinations that could be named by mistake, at least."""
USUAL_SHARE, USUAL_COUNT = 0.05, 30.0
"""Share of trains that carry a type, and how many sightings that knowledge is worth."""
FAMILY_COUNT, FAMILY_SHARE = 15.0, 0.1
"""Sightings that the general share of a type is worth beside the share among trains alike, and
how often another train is one of those: of the same formation, or with the same task."""


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Told:
    """What a group of sightings tells of its train.

    Parameters
    ----------
    kinds : Mapping of int to int
        How many of the sightings name each type.
    looks : int
        How many name any type.
    formations, goals : Mapping of int to int
        How many name each formation and destination.
    wagons, marks, relays : frozenset of int
        Numbers, marks and events of all of them.
    many : bool
        Whether one of them counts more than one train.
    log_load : float
        Log-likelihood of the types, were this one train.
    """

    kinds: Mapping[int, int]
    looks: int
    formations: Mapping[int, int]
    goals: Mapping[int, int]
    wagons: frozenset[int]
    marks: frozenset[int]
    relays: frozenset[int]
    many: bool
    log_load: float


class Likeness:
    """Weighs what two groups of sightings tell.

    Parameters
    ----------
    looks : Looks
        All sightings: how common things are is counted over them.
    """

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        named = np.asarray(looks.kinds.sum(axis=0)).ravel()
        telling = int((np.asarray(looks.kinds.sum(axis=1)).ravel() > 0).sum())
        share = (named / NAMES_KIND + USUAL_SHARE * USUAL_COUNT) / (telling + USUAL_COUNT)
        self._share = np.minimum(share, 0.95)
        self._together = (looks.kinds.T @ looks.kinds).tocsr()
        self._goal = _merged(looks)
        self._formations = _shares(looks.formation.tolist())
        self._goals = _shares(self._goal)
        self._terms: dict[tuple[int, int], list[float]] = {}
        self._none: dict[int, float] = {}
        self._none_in: dict[tuple[tuple[int, ...], int], float] = {}
        self._families: dict[tuple[int, ...], NDArray[np.float64]] = {}

    def told(self, one: int) -> Told:
        """Return what one sighting tells.

        Parameters
        ----------
        one : int
            The sighting.

        Returns
        -------
        Told
            Of that sighting alone.
        """
        looks = self._looks
        kinds = dict.fromkeys(_row(looks.kinds, one), 1)
        formation, goal = int(looks.formation[one]), self._goal[one]
        return Told(
            kinds=kinds,
            looks=int(bool(kinds)),
            formations={formation: 1} if formation >= 0 else {},
            goals={goal: 1} if goal >= 0 else {},
            wagons=frozenset(_row(looks.wagons, one)),
            marks=frozenset(_row(looks.marks, one)),
            relays=frozenset(_row(looks.relays, one)),
            many=bool(looks.many[one]),
            log_load=self._load(kinds, int(bool(kinds))),
        )

    def together(self, groups: Sequence[Told]) -> Told:
        """Put together what groups tell.

        Parameters
        ----------
        groups : sequence of Told
            Groups without a sighting in common, at least one.

        Returns
        -------
        Told
            Of all of them.
        """
        kinds, looks = _summed([one.kinds for one in groups]), sum(one.looks for one in groups)
        return Told(
            kinds=kinds,
            looks=looks,
            formations=_summed([one.formations for one in groups]),
            goals=_summed([one.goals for one in groups]),
            wagons=frozenset().union(*[one.wagons for one in groups]),
            marks=frozenset().union(*[one.marks for one in groups]),
            relays=frozenset().union(*[one.relays for one in groups]),
            many=any(one.many for one in groups),
            log_load=self._load(kinds, looks),
        )

    def ratio(self, one: Told, other: Told) -> float:
        """Weigh one train against two, were all loads drawn alike.

        Parameters
        ----------
        one, other : Told
            Groups without a sighting in common.

        Returns
        -------
        float
            Log-likelihood ratio of what they tell, times and places aside.
        """
        ratio = _wagons(one.wagons, other.wagons)
        ratio += SAME_MARK * min(len(one.marks & other.marks), MOST_MARKS)
        if one.relays & other.relays:
            ratio += RELAYED
        elif one.many and other.many:
            return NEVER
        ratio += _agree(one.formations, other.formations, self._formations, NAMES_FORMATION)
        ratio += _agree(one.goals, other.goals, self._goals, NAMES_GOAL)
        if one.looks and other.looks:
            kinds = _summed([one.kinds, other.kinds])
            ratio += self._load(kinds, one.looks + other.looks) - one.log_load - other.log_load
        return ratio

    def family_ratio(self, one: Told, other: Told) -> float:
        """Weigh one train against two of one family, whose loads are alike.

        Parameters
        ----------
        one, other : Told
            Groups without a sighting in common.

        Returns
        -------
        float
            What to add to `ratio`: negative where one load is what trains alike the other carry.
        """
        if not (one.looks and other.looks):
            return 0.0
        return -(self._family_gain(one, other) + self._family_gain(other, one)) / 2

    def pair_loads(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Weigh the types of many pairs of sightings at once, families aside.

        Parameters
        ----------
        rows, columns : ndarray of int
            Sightings.

        Returns
        -------
        ndarray of float, shape (rows, columns)
            Log-likelihood ratios; 0 where one of the two names no type.
        """
        once, twice, single = (
            _term(self._share, looks, named) for looks, named in ((2, 1), (2, 2), (1, 1))
        )
        mine, theirs = self._looks.kinds[rows], self._looks.kinds[columns]
        shared = ((mine * (twice - 2 * once)[None, :]) @ theirs.T).toarray()
        alone = [table @ (once - single) for table in (mine, theirs)]
        ratio = shared + alone[0][:, None] + alone[1][None, :]
        ratio += self._unnamed(2) - 2 * self._unnamed(1)
        tells = [np.asarray(table.sum(axis=1)).ravel() > 0 for table in (mine, theirs)]
        return np.where(tells[0][:, None] & tells[1], ratio, 0.0)

    def _load(self, kinds: Mapping[int, int], looks: int) -> float:
        # Types are on board or not; each look names those on board with the same chance.
        if not looks:
            return 0.0
        total = self._unnamed(looks)
        for kind, named in kinds.items():
            terms = self._terms.get((looks, named))
            if terms is None:
                terms = self._terms[looks, named] = _term(self._share, looks, named).tolist()
            total += terms[kind]
        return total

    def _unnamed(self, looks: int) -> float:
        if looks not in self._none:
            self._none[looks] = float(_absent(self._share, looks).sum())
        return self._none[looks]

    def _family_gain(self, known: Told, other: Told) -> float:
        # How much likelier the other load is on some other train, a family being possible.
        family = tuple(sorted(known.kinds))
        share = self._family(family)
        key = family, other.looks
        if key not in self._none_in:
            self._none_in[key] = float(_absent(share, other.looks).sum())
        kinds = np.fromiter(other.kinds, np.int64, len(other.kinds))
        named = np.fromiter(other.kinds.values(), np.float64, len(other.kinds))
        load = self._none_in[key] + float(_term(share[kinds], other.looks, named).sum())
        return log(1 - FAMILY_SHARE + FAMILY_SHARE * exp(min(load - other.log_load, 50.0)))

    def _family(self, kinds: tuple[int, ...]) -> NDArray[np.float64]:
        # Share of trains that carry each type, among those that carry one of these.
        found = self._families.get(kinds)
        if found is None:
            chosen = list(kinds)
            counts = self._together[chosen].toarray()
            own = counts[np.arange(len(chosen)), chosen].copy()
            usual = FAMILY_COUNT * NAMES_KIND * self._share
            share = (counts + usual) / (own[:, None] + FAMILY_COUNT)
            share[np.arange(len(chosen)), chosen] = 0.0  # that it is named says nothing of itself
            others = np.full(len(self._share), float(len(chosen)))
            others[chosen] -= 1
            mean = share.sum(axis=0) / np.maximum(others, 1) / NAMES_KIND
            found = self._families[kinds] = np.clip(mean, self._share, 0.95)
        return found


def _absent(share: NDArray[np.float64], looks: int) -> NDArray[np.float64]:
    # Log-likelihood that none of so many looks names a type.
    unnamed = share * (1 - NAMES_KIND) ** looks + (1 - share) * (1 - MISNAMES_KIND) ** looks
    return np.log(unnamed)


def _term(
    share: NDArray[np.float64], looks: int, named: int | NDArray[np.float64]
) -> NDArray[np.float64]:
    # Log-likelihood that some of the looks name a type, over that none does.
    aboard, absent = (
        chance**named * (1 - chance) ** (looks - named) for chance in (NAMES_KIND, MISNAMES_KIND)
    )
    return np.asarray(np.log(share * aboard + (1 - share) * absent) - _absent(share, looks))


def _wagons(one: frozenset[int], other: frozenset[int]) -> float:
    if not (one and other):
        return 0.0
    if shared := len(one & other):
        return min(PER_WAGON * shared, MOST_WAGONS)
    few, many = sorted((len(one), len(other)))
    return max(few * log(1 - min(many / WAGONS, 0.9)), LEAST_WAGONS)


def _agree(
    one: Mapping[int, int], other: Mapping[int, int], share: Mapping[int, float], right: float
) -> float:
    if not (one and other):
        return 0.0
    both = _names(_summed([one, other]), share, right)
    return both - _names(one, share, right) - _names(other, share, right)


def _summed(counts: Sequence[Mapping[int, int]]) -> Mapping[int, int]:
    total: dict[int, int] = {}
    for each in counts:
        for name, count in each.items():
            total[name] = total.get(name, 0) + count
    return total


def _names(counts: Mapping[int, int], share: Mapping[int, float], right: float) -> float:
    # Log-likelihood of what was named: one name is the train's, the others are mistakes.
    wrong = (1 - right) / max(len(share), OTHER_NAMES)
    total = sum(counts.values())
    own = sum(share[name] * right**hits * wrong ** (total - hits) for name, hits in counts.items())
    unknown = max(1 - sum(share[name] for name in counts), 0.01)
    return log(own + unknown * wrong**total)


def _shares(names: Sequence[int]) -> dict[int, float]:
    counts = Counter(name for name in names if name >= 0)
    total = counts.total() + USUAL_COUNT
    return {name: (count + 1) / total for name, count in counts.items()}


def _merged(looks: Looks) -> list[int]:
    # Destinations as near to each other as a train's detour are one.
    first: dict[int, int] = {}
    for goal in sorted({goal for goal in looks.goal.tolist() if goal >= 0}):
        near = (other for other in first.values() if looks.along_km[goal, other] <= BACKTRACK_KM)
        first[goal] = next(near, goal)
    return [first.get(goal, -1) for goal in looks.goal.tolist()]


def _row(table: csr_array, row: int) -> list[int]:
    return [int(one) for one in table.indices[table.indptr[row] : table.indptr[row + 1]]]
