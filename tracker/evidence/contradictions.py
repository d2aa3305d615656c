"""Claims that cannot both hold, and what would settle them.

Compared are place, time, side and sizes as intervals, never the words: two sizes of one whole, a
part larger than its whole, something asserted and denied, and one formation in two places at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import shapely

from geo.geodesy import distance_m
from tracker.claims.claim import Claim
from tracker.evidence.sameness import (
    LEEWAY,
    SAME_TIME,
    PlaceKey,
    at_once,
    bounds,
    linked,
    meet,
    place_keys,
)
from tracker.evidence.settling import settles
from tracker.placing import PlacedClaim
from tracker.vocabulary import Change, ClaimKind, Extent, PlaceRole, Qualifier, Status

FASTEST_KM_A_DAY = 1_200.0
"""A military train covers less; what would have to be faster is not in both places."""
MOST_ALIKE = 100
"""Of more claims about one thing, each is compared with so many before it, to stay linear."""

_REAL = frozenset({Status.ACTUAL, Status.IN_TRANSIT})


class Conflict(StrEnum):
    """Why two claims cannot both hold."""

    SIZE = "two sizes of one whole"
    PART = "a part is larger than its whole"
    DENIAL = "one denies what the other asserts"
    TWO_PLACES = "one formation in two places at once"


@dataclass(frozen=True, kw_only=True, slots=True)
class Contradiction:
    """Two claims that cannot both hold.

    Parameters
    ----------
    first, second : Claim
        The earlier known one first.
    conflict : Conflict
        Why.
    settled_by : str
        What would settle it, in a sentence.
    """

    first: Claim
    second: Claim
    conflict: Conflict
    settled_by: str

    def other(self, claim_id: str) -> Claim:
        """Pick the claim on the other side.

        Parameters
        ----------
        claim_id : str
            One of the two.

        Returns
        -------
        Claim
            The one that it cannot hold together with.
        """
        return self.second if self.first.id == claim_id else self.first


def contradictions(
    claims: Iterable[Claim], placed: Mapping[str, Sequence[PlacedClaim]] | None = None
) -> list[Contradiction]:
    """Find pairs of claims that cannot both hold.

    Parameters
    ----------
    claims : iterable of Claim
        Claims.
    placed : Mapping of str to sequence of PlacedClaim
        Their places by claim id; a claim without is compared by the words for its place.

    Returns
    -------
    list of Contradiction
        Each pair once, by when it became known. Claims that rest on each other, or that leave
        time or place to a guess, are no pair.
    """
    where = placed or {}
    ordered = sorted(claims, key=lambda claim: (claim.known_at, claim.id))
    found: dict[tuple[str, str], tuple[Claim, Claim, Conflict]] = {}
    for first, second, conflict in (
        *_alike(ordered, where),
        *_parts(ordered, where),
        *_formations(ordered, where),
    ):
        if at_once(first, second) and not linked(first, second):
            found.setdefault((first.id, second.id), (first, second, conflict))
    pairs = sorted(found.values(), key=lambda pair: (pair[1].known_at, pair[0].id, pair[1].id))
    return [
        Contradiction(
            first=first,
            second=second,
            conflict=conflict,
            settled_by=settles(first, second, conflict is Conflict.TWO_PLACES),
        )
        for first, second, conflict in pairs
    ]


def _pairs(group: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    for position, second in enumerate(group):
        for first in group[max(0, position - MOST_ALIKE) : position]:
            yield first, second


def _alike(
    ordered: Iterable[Claim], where: Mapping[str, Sequence[PlacedClaim]]
) -> Iterator[tuple[Claim, Claim, Conflict]]:
    # Levels of one place against each other, and what is asserted against what is denied.
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in ordered:
        if claim.status in _REAL or claim.status is Status.DENIED:
            for key in _subjects(claim, where):
                groups[key].append(claim)
    for group in groups.values():
        for first, second in _pairs(group):
            if not _one_scope(first, second):
                continue
            denied = Status.DENIED in {first.status, second.status}
            if denied and first.status is not second.status:
                if meet(first, second):
                    yield first, second, Conflict.DENIAL
            elif (
                _is_level(first)
                and _is_level(second)
                and not meet(first, second)
                and not _counts_anew(first, second)
            ):
                yield first, second, Conflict.SIZE


def _counts_anew(first: Claim, second: Claim) -> bool:
    # One speaker's figures of two times are how it went on, no quarrel with itself.
    one, other = (claim.claimant_id or claim.claimant for claim in (first, second))
    if one is None or one != other or first.observed is None or second.observed is None:
        return False
    earlier, later = sorted((first.observed, second.observed), key=lambda span: span.start)
    return earlier.end < later.start


def _subjects(claim: Claim, where: Mapping[str, Sequence[PlacedClaim]]) -> list[tuple[object, ...]]:
    unit = None if claim.measure is None else claim.measure.unit
    if unit is None and claim.formation_id is None:
        return []
    places: frozenset[PlaceKey] = place_keys(claim, where.get(claim.id, ()))
    about = (claim.actor, claim.kind, unit, claim.formation_id, claim.flow)
    return [(*about, place) for place in places]


def _one_scope(first: Claim, second: Claim) -> bool:
    # What is left unsaid may be the same; two scopes that are named and differ are two things.
    return first.scope == second.scope or None in {first.scope, second.scope}


def _is_level(claim: Claim) -> bool:
    return (
        claim.kind is ClaimKind.PRESENCE
        and claim.status is Status.ACTUAL
        and claim.extent is Extent.WHOLE
        and _is_size(claim)
    )


def _is_size(claim: Claim) -> bool:
    measure = claim.measure
    return (
        measure is not None
        and measure.per is None
        and measure.change is not Change.INCREMENT
        and measure.qualifier is not Qualifier.RATIO
    )


def _parts(
    ordered: Sequence[Claim], where: Mapping[str, Sequence[PlacedClaim]]
) -> Iterator[tuple[Claim, Claim, Conflict]]:
    # What surely lies inside a whole cannot be more than the whole.
    sized = [
        claim
        for claim in ordered
        if claim.kind is ClaimKind.PRESENCE and claim.status is Status.ACTUAL and _is_size(claim)
    ]
    wholes: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in sorted(sized, key=_start):
        if claim.extent is Extent.WHOLE:
            wholes[_what(claim)].append(claim)
    inside = _Inside(where)
    for part in sized:
        for whole in _around(part, wholes.get(_what(part), [])):
            # Numbers first: shapes of countries take a thousand times as long to compare.
            if whole.id != part.id and _exceeds(part, whole) and inside(part.id, whole.id):
                first, second = sorted((part, whole), key=lambda one: (one.known_at, one.id))
                yield first, second, Conflict.PART


def _start(claim: Claim) -> datetime:
    return datetime.min.replace(tzinfo=UTC) if claim.observed is None else claim.observed.start


def _what(claim: Claim) -> tuple[object, ...]:
    return claim.actor, None if claim.measure is None else claim.measure.unit


def _around(part: Claim, wholes: Sequence[Claim]) -> Iterator[Claim]:
    if part.observed is None:
        return
    last = bisect_right(wholes, part.observed.end + SAME_TIME, key=_start)
    for whole in wholes[max(0, last - MOST_ALIKE) : last]:
        if at_once(part, whole):
            yield whole


class _Inside:
    """Whether the place of one claim surely lies inside that of another."""

    def __init__(self, where: Mapping[str, Sequence[PlacedClaim]]) -> None:
        self._where = where
        self._known: dict[tuple[str, str], bool] = {}

    def __call__(self, inner_id: str, outer_id: str) -> bool:
        inner, outer = _at(self._where.get(inner_id, ())), _at(self._where.get(outer_id, ()))
        if inner is None or outer is None or inner.geometry is None or outer.geometry is None:
            return False
        key = inner.gazetteer_id or inner_id, outer.gazetteer_id or outer_id
        if key not in self._known:
            self._known[key] = bool(outer.geometry.area) and bool(
                shapely.covers(outer.geometry, inner.geometry)
            )
        return self._known[key]


def _exceeds(part: Claim, whole: Claim) -> bool:
    assert part.measure is not None
    assert whole.measure is not None
    too_much = bounds(part.measure)[0] > bounds(whole.measure)[1] * LEEWAY
    return too_much and _one_scope(part, whole)


def _at(placed: Sequence[PlacedClaim]) -> PlacedClaim | None:
    at = [place for place in placed if place.role is PlaceRole.AT and place.geometry is not None]
    return at[0] if len(at) == 1 else None


def _formations(
    ordered: Iterable[Claim], where: Mapping[str, Sequence[PlacedClaim]]
) -> Iterator[tuple[Claim, Claim, Conflict]]:
    # Only days apart are compared: where a claim spans a week, the formation had time to move.
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in ordered:
        if claim.formation_id and claim.extent is not Extent.PART and claim.status is Status.ACTUAL:
            groups[claim.actor, claim.formation_id].append(claim)
    for group in groups.values():
        for first, second in _pairs(group):
            if _too_far(first, second, where):
                yield first, second, Conflict.TWO_PLACES


def _too_far(first: Claim, second: Claim, where: Mapping[str, Sequence[PlacedClaim]]) -> bool:
    if first.observed is None or second.observed is None:
        return False
    span = max(first.observed.end, second.observed.end) - min(
        first.observed.start, second.observed.start
    )
    apart = [
        _apart_km(one, other)
        for one in where.get(first.id, ())
        for other in where.get(second.id, ())
        if one.role is PlaceRole.AT and other.role is PlaceRole.AT
    ]
    days = max(span.total_seconds() / 86_400, 1.0)
    return bool(apart) and min(apart) > FASTEST_KM_A_DAY * days


def _apart_km(one: PlacedClaim, other: PlacedClaim) -> float:
    if one.geometry is None or other.geometry is None:
        return 0.0
    if one.geometry.geom_type != "Point" or other.geometry.geom_type != "Point":
        return 0.0
    between = distance_m(*_lonlat(one), *_lonlat(other)) / 1000
    return float(between) - (one.radius_km or 0.0) - (other.radius_km or 0.0)


def _lonlat(place: PlacedClaim) -> tuple[float, float]:
    assert isinstance(place.geometry, shapely.Point)
    return place.geometry.x, place.geometry.y
