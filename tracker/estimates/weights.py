"""How much each observation counts: relays and copies once, a source's own repeats less.

The weight is the exponent of the observation's likelihood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tracker.areas import Observes
from tracker.claims import Claim, Measure
from tracker.estimates.house import prior_reporting_sd
from tracker.estimates.observations import Observation
from tracker.estimates.readings import INTERVAL, MAGNITUDES

COPY_DAYS = 14
"""A number that another source repeats within this time may be a copy. Whether it is cannot be
told from outside for a round number, so origin and copies count once together: an echo must not
narrow an interval."""
SAME_STATEMENT_DAYS = 3
"""A number that the same source repeats within this time is the same statement."""
REPEAT_CORRELATION = 0.25
IN_FULL = "counts in full"
REPEAT_MEMORY_DAYS = 45.0
"""Correlation of a source's errors from one statement to the next, and how long it lasts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Weight:
    """How much one observation counts.

    Parameters
    ----------
    value : float
        Exponent of its likelihood, in [0, 1].
    reason : str
        Why, in words.
    repeated : bool
        Whether the same source repeats the number verbatim: a repeated bound says no more than
        that the bound still holds.
    """

    value: float
    reason: str
    repeated: bool = False


def weigh(
    observations: Sequence[Observation],
    known_claims: Iterable[Claim],
    parents: Mapping[str, str | None],
    claimant_types: Mapping[str, str],
) -> list[Weight]:
    """Weigh observations.

    Parameters
    ----------
    observations : sequence of Observation
        What is weighed.
    known_claims : iterable of Claim
        Every claim known by then; relays are traced through them.
    parents : Mapping of str to str or None
        Parent of each area.
    claimant_types : Mapping of str to str
        Type of each claimant; of two that publish a number on the same day, the one that usually
        scatters less is taken for the origin.

    Returns
    -------
    list of Weight
        One per observation, in order.
    """

    def precedence(i: int) -> tuple[date, bool, float, str, date, bool, str]:
        observation = observations[i]
        scatter = prior_reporting_sd(claimant_types.get(observation.source))
        # A copy loses the qualifier ("more than 100,000" becomes "100,000"), it does not gain one.
        bare = observation.reading.direction == INTERVAL
        claim = observation.claim
        known, relays = claim.known_at.date(), bool(claim.relays)
        return known, relays, scatter, observation.source, observation.day, bare, claim.id

    order = sorted(range(len(observations)), key=precedence)
    weights = _relays(observations, known_claims, parents)
    _copies(observations, order, weights)
    return _tempered(observations, order, weights)


def _relays(
    observations: Sequence[Observation],
    known_claims: Iterable[Claim],
    parents: Mapping[str, str | None],
) -> list[Weight]:
    known = list(known_claims)
    rests_on = {claim.id: claim.relays for claim in known if claim.relays}
    taken_back = {old for claim in known for old in claim.corrects}
    used = {observation.claim.id: observation for observation in observations}

    def counted_by(observation: Observation) -> str | None:
        for origin in _ancestors(observation.claim.id, rests_on):
            other = used.get(origin)
            if other is None or not _says_as_much(other, observation, parents):
                continue
            circular = observation.claim.id in _ancestors(origin, rests_on)
            if not circular or origin < observation.claim.id:
                return origin
        return None

    result = []
    for observation in observations:
        origin = counted_by(observation) if observation.claim.relays else None
        kind = observation.claim.relay_type or "relay"
        reason = IN_FULL if origin is None else f"rests on {origin} ({kind})"
        if origin is None and observation.claim.relays:
            ancestors = _ancestors(observation.claim.id, rests_on)
            origin = next((old for old in ancestors if old in taken_back), None)
            reason = IN_FULL if origin is None else f"rests on {origin}, which was taken back"
        result.append(Weight(value=1.0 if origin is None else 0.0, reason=reason))
    return result


def _ancestors(claim_id: str, rests_on: Mapping[str, tuple[str, ...]]) -> list[str]:
    found: dict[str, None] = {}
    waiting = list(rests_on.get(claim_id, ()))
    while waiting:
        origin = waiting.pop(0)
        if origin not in found and origin != claim_id:
            found[origin] = None
            waiting.extend(rests_on.get(origin, ()))
    return list(found)


def _says_as_much(
    origin: Observation, relay: Observation, parents: Mapping[str, str | None]
) -> bool:
    # A sum of sectors rests on what the sectors' own claims say of the theatre already.
    near = origin.area == relay.area or parents.get(origin.area) == relay.area
    return near and (origin.observes is Observes.LEVEL or relay.observes is Observes.LOWER_BOUND)


def _numeral(measure: Measure) -> float | str:
    if measure.qualifier in MAGNITUDES:
        return f"{measure.qualifier} {measure.best or ''}"
    if measure.low and measure.high and measure.low < measure.high:
        return f"{measure.low:g} to {measure.high:g}"
    return measure.best or measure.low or measure.high or 0.0


def _copies(
    observations: Sequence[Observation], order: Sequence[int], weights: list[Weight]
) -> None:
    earlier: dict[tuple[str, str, float | str], list[int]] = defaultdict(list)
    for i in order:
        measure = observations[i].claim.measure
        assert measure is not None
        siblings = earlier[observations[i].area, str(measure.unit), _numeral(measure)]
        for j in siblings:
            relayed = observations[i].claim.id in observations[j].claim.relays
            opposed = _opposed(observations[i], observations[j])
            if weights[i].value > 0 and not relayed and not opposed:
                weights[i] = _compared(observations[i], observations[j], weights[i])
        # The fortnight runs from what counts: copies of copies would hush a number for good.
        if weights[i].value > 0:
            siblings.append(i)


def _opposed(one: Observation, other: Observation) -> bool:
    # "More than 30,000" is no copy of "nearly 30,000"; a bare number can be a copy of either.
    directions = {one.reading.direction, other.reading.direction}
    return len(directions - {INTERVAL}) > 1


def _compared(later: Observation, earlier: Observation, own: Weight) -> Weight:
    apart_days = abs((later.day - earlier.day).days)
    if later.source == earlier.source:
        if apart_days <= SAME_STATEMENT_DAYS:
            return Weight(value=0.0, reason=f"the same statement as {earlier.claim.id}")
        return Weight(value=own.value, reason="repeats its own number", repeated=True)
    if later.claim.known_at - earlier.claim.known_at > timedelta(days=COPY_DAYS):
        return own
    return Weight(value=0.0, reason=f"the number of {earlier.claim.id}, perhaps copied")


def _tempered(
    observations: Sequence[Observation], order: Sequence[int], weights: Sequence[Weight]
) -> list[Weight]:
    # Only what was known before a claim discounts it, so that its weight never changes later.
    said: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i in order:
        if weights[i].value > 0:
            said[observations[i].area, observations[i].source].append(i)
    result = list(weights)
    for members in said.values():
        days = np.array([observations[i].day.toordinal() for i in members])
        for position, i in enumerate(members):
            apart_days = np.abs(days[:position] - days[position])
            before = float(np.exp(-apart_days / REPEAT_MEMORY_DAYS).sum())
            result[i] = _scaled(weights[i], 1 / (1 + REPEAT_CORRELATION * before))
    return result


def _scaled(weight: Weight, factor: float) -> Weight:
    if factor > 0.995:
        return weight
    several = "one of several by its source"
    reason = several if weight.reason == IN_FULL else f"{weight.reason}; {several}"
    return Weight(value=weight.value * factor, reason=reason, repeated=weight.repeated)
