"""Which claims say how strong a force is where, and why the others do not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tracker.areas import Area, AreaObservation, AreaObserver, Observes, Unobserved
from tracker.claims import Claim
from tracker.estimates.factors import Factors
from tracker.estimates.readings import AT_LEAST, AT_MOST, Reading, read_measure
from tracker.placing import PlacedClaim
from tracker.vocabulary import Change, ClaimKind, Presence, Scope, Status, Unit

PRESENT = frozenset({None, Presence.IN_PLACE, Presence.MIXED})
"""Presences that are strength in the area; exercises, reserves and columns on the way are not."""
LARGEST_PERSONNEL = 1_200_000.0
"""Largest strength that an area is modelled for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What is estimated.

    Parameters
    ----------
    actor : str
        Whose troops.
    as_of : date
        Only what was public by the end of this day is used.
    unit : Unit
        `personnel` or `BTG`.
    scope : Scope
        Services that are included.
    """

    actor: str
    as_of: date
    unit: Unit = Unit.PERSONNEL
    scope: Scope = Scope.ALL_SERVICES

    @property
    def known_before(self) -> datetime:
        """First instant that is too late to be known, UTC."""
        return datetime.combine(self.as_of, time(0, tzinfo=UTC)) + timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """A claim as an observation of an area's strength on a day.

    Parameters
    ----------
    claim : Claim
        The claim.
    area : str
        Id of the area.
    day : date
        Middle of the time that it speaks of.
    length_days : float
        Length of that time.
    observes : Observes
        The level, or a lower bound.
    reading : Reading
        What the words say, in the claim's own unit.
    log_offset : float
        Expected logarithm of claimed over wanted size, from unit and scope.
    unit, scope : str or None
        Names of the shared factors that it depends on.
    unit_sd, scope_sd : float
        Spread of those factors, log units.
    """

    claim: Claim
    area: str
    day: date
    length_days: float
    observes: Observes
    reading: Reading
    log_offset: float
    unit: str | None
    scope: str | None
    unit_sd: float
    scope_sd: float

    @property
    def source(self) -> str:
        """Claimant of origin: its id, its words, or else the report, which nobody else wrote."""
        return self.claim.claimant_id or self.claim.claimant or self.claim.report_id


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftAside:
    """A claim that counts nothing, and why.

    Parameters
    ----------
    claim : Claim
        The claim.
    reason : str
        In words.
    area : str or None
        The area that it was about, where known.
    """

    claim: Claim
    reason: str
    area: str | None = None


class Admission:
    """Turn claims into observations, or give the reason why not.

    Parameters
    ----------
    target : Target
        What is estimated.
    areas : iterable of Area
        The areas.
    factors : Factors
        Conversions between units and scopes.
    """

    def __init__(self, target: Target, areas: Iterable[Area], factors: Factors) -> None:
        self._target = target
        self._areas = {area.id: area for area in areas}
        self._observer = AreaObserver(self._areas.values())
        self._factors = factors
        self._corrected_ever: set[str] = set()
        self._groups_counted = False

    def admit(
        self, claims: Iterable[Claim], placed: Mapping[str, Sequence[PlacedClaim]]
    ) -> tuple[list[Observation], list[LeftAside]]:
        """Sort claims into observations and the rest.

        Parameters
        ----------
        claims : iterable of Claim
            All claims; those not yet known are passed over without a word.
        placed : Mapping of str to sequence of PlacedClaim
            Their places by claim id.

        Returns
        -------
        observations : list of Observation
            By day, then by when they were known, then by id.
        aside : list of LeftAside
            Claims known by then that count nothing, with the reason.
        """
        everything = list(claims)
        known = [c for c in everything if c.known_at < self._target.known_before]
        taken_back = {old: claim for claim in known for old in claim.corrects}
        self._corrected_ever = {old for claim in everything for old in claim.corrects}
        wants_groups = self._target.unit is Unit.BTG
        units = {claim.measure.unit for claim in known if claim.measure is not None}
        self._groups_counted = wants_groups and Unit.BTG in units
        observations: list[Observation] = []
        aside: list[LeftAside] = []
        for claim in known:
            found = self._observation(claim, placed.get(claim.id, ()), taken_back)
            if isinstance(found, Observation):
                observations.append(found)
            else:
                aside.append(found)
        observations.sort(key=lambda o: (o.day, o.claim.known_at, o.claim.id))
        return observations, aside

    def _observation(
        self, claim: Claim, placed: Sequence[PlacedClaim], taken_back: Mapping[str, Claim]
    ) -> Observation | LeftAside:
        reason = self._no_strength(claim, taken_back)
        if reason is not None:
            return LeftAside(claim=claim, reason=reason)
        where = self._observer.observe(claim, placed)
        if isinstance(where, Unobserved):
            return LeftAside(claim=claim, reason=where.reason)
        read = self._reading(claim, where.observes)
        if isinstance(read, str):
            return LeftAside(claim=claim, reason=read, area=where.area)
        day, _ = _when(claim)
        if not self._modelled(where.area, day):
            reason = f"{day} lies outside the time for which the area is modelled"
            return LeftAside(claim=claim, reason=reason, area=where.area)
        return self._with_factors(claim, where, read)

    def _no_strength(self, claim: Claim, taken_back: Mapping[str, Claim]) -> str | None:
        if claim.actor != self._target.actor:
            return f"it speaks of the troops of {claim.actor}"
        later = taken_back.get(claim.id)
        if later is not None:
            return f"taken back or replaced on {later.known_at:%Y-%m-%d} by {later.id}"
        # A claim marked as retracted counts until the day on which its correction was known.
        still_stood = claim.status is Status.RETRACTED and claim.id in self._corrected_ever
        if claim.status is not Status.ACTUAL and not still_stood:
            return f"{claim.status}, not present strength"
        if claim.kind is ClaimKind.MOVEMENT:
            return "a movement, not a strength"
        if claim.presence not in PRESENT:
            return f"{claim.presence}, not part of the strength in place"
        return None

    def _reading(self, claim: Claim, observes: Observes) -> Reading | str:
        measure = claim.measure
        if measure is None:
            return "it states no number"
        reading = read_measure(measure)
        refusals = {
            "a rate, not a strength": measure.per is not None,
            "an increment, whose base is not stated": measure.change is Change.INCREMENT,
            "a ratio or a word without a number of troops": reading is None,
            f"no conversion from {measure.unit} to {self._target.unit} is known": (
                measure.unit is None
                or self._factors.between(measure.unit, self._target.unit) is None
            ),
            "others count battalion groups themselves, which says more of their number": (
                self._groups_counted and measure.unit is not Unit.BTG
            ),
            f"larger than the {LARGEST_PERSONNEL:,.0f} persons that are modelled": (
                reading is not None and self._persons(claim, reading) > LARGEST_PERSONNEL
            ),
            f"the scope {claim.scope} says nothing of {self._target.scope}": (
                self._factors.from_scope(claim.scope, self._target.scope) is None
            ),
        }
        refusal = next((reason for reason, holds in refusals.items() if holds), None)
        if refusal is not None or reading is None:
            return refusal or ""
        return _as_lower_bound(reading) if observes is Observes.LOWER_BOUND else reading

    def _persons(self, claim: Claim, reading: Reading) -> float:
        assert claim.measure is not None
        unit = claim.measure.unit or Unit.PERSONNEL
        factor = self._factors.between(unit, Unit.PERSONNEL)
        return math.exp(reading.low + (factor.log_mean if factor else 0.0))

    def _modelled(self, area_id: str, day: date) -> bool:
        area = self._areas[area_id]
        begun = area.valid_from is None or area.valid_from <= day
        return begun and (area.valid_until is None or day <= area.valid_until)

    def _with_factors(self, claim: Claim, where: AreaObservation, reading: Reading) -> Observation:
        assert claim.measure is not None
        assert claim.measure.unit is not None
        unit = self._factors.between(claim.measure.unit, self._target.unit)
        scope = self._factors.from_scope(claim.scope, self._target.scope)
        assert unit is not None
        assert scope is not None
        day, length_days = _when(claim)
        return Observation(
            claim=claim,
            area=where.area,
            day=day,
            length_days=length_days,
            observes=where.observes,
            reading=reading,
            log_offset=-unit.log_mean - scope.log_mean,
            unit=str(claim.measure.unit) if unit.log_sd > 0 else None,
            scope=str(claim.scope) if scope.log_sd > 0 else None,
            unit_sd=unit.log_sd,
            scope_sd=scope.log_sd,
        )


def _when(claim: Claim) -> tuple[date, float]:
    if claim.observed is None:
        return claim.known_at.date(), 1.0
    return claim.observed.middle.date(), claim.observed.length_days


def _as_lower_bound(reading: Reading) -> Reading | str:
    if reading.direction == AT_MOST:
        return "an upper bound of a part says nothing of the whole"
    return reading._replace(direction=AT_LEAST, high=reading.low).bare()
