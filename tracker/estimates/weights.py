"""How much each observation counts: relays and copies once, a source's own repeats less.

The weight is the exponent of the observation's likelihood.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tracker.areas import Observes
from tracker.claims import Claim, Measure
from tracker.estimates.observations import Observation
from tracker.estimates.readings import MAGNITUDES
from tracker.estimates.rounding import rounding_unit

COPY_DAYS = 14
"""A number that another source repeats within this time may be a copy."""
SAME_STATEMENT_DAYS = 3
"""A number that the same source repeats within this time is the same statement."""
COPY_PRIOR = 0.5
"""Probability that a second source of a number copied it, before its digits are looked at."""
CHANCE_SPREAD = 0.6
"""Width, in log units, over which independent sources would scatter."""
REPEAT_CORRELATION = 0.25
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

    Returns
    -------
    list of Weight
        One per observation, in order.
    """
    order = sorted(
        range(len(observations)),
        key=lambda i: (
            observations[i].claim.known_at,
            observations[i].day,
            observations[i].claim.id,
        ),
    )
    weights = _relays(observations, known_claims, parents)
    _copies(observations, order, weights)
    return _tempered(observations, weights)


def _relays(
    observations: Sequence[Observation],
    known_claims: Iterable[Claim],
    parents: Mapping[str, str | None],
) -> list[Weight]:
    rests_on = {claim.id: claim.relays for claim in known_claims if claim.relays}
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
        reason = "counts in full" if origin is None else f"rests on {origin} ({kind})"
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


def copy_probability(numeral: float | str) -> float:
    """Judge from its digits how probable it is that a repeated number was copied.

    Parameters
    ----------
    numeral : float or str
        The number, or the words where they give none.

    Returns
    -------
    float
        Near 1 for 94,300, which nobody hits by accident; 0.86 for 100,000; 0.5 for words.
    """
    chance = 1.0
    if isinstance(numeral, float) and numeral > 0:
        chance = min(1.0, rounding_unit(numeral) / numeral / CHANCE_SPREAD)
    return COPY_PRIOR / (COPY_PRIOR + (1 - COPY_PRIOR) * chance)


def _copies(
    observations: Sequence[Observation], order: Sequence[int], weights: list[Weight]
) -> None:
    earlier: dict[tuple[str, str, float | str], list[int]] = defaultdict(list)
    for i in order:
        observation, measure = observations[i], observations[i].claim.measure
        assert measure is not None
        numeral = _numeral(measure)
        siblings = earlier[observation.area, str(measure.unit), numeral]
        for j in siblings:
            if weights[i].value > 0:
                weights[i] = _compared(
                    observation, observations[j], numeral, weights[i], weights[j]
                )
        siblings.append(i)


def _compared(
    later: Observation, earlier: Observation, numeral: float | str, own: Weight, first: Weight
) -> Weight:
    apart_days = abs((later.day - earlier.day).days)
    if later.source == earlier.source:
        if apart_days <= SAME_STATEMENT_DAYS:
            return Weight(value=0.0, reason=f"the same statement as {earlier.claim.id}")
        return Weight(value=own.value, reason="repeats its own number", repeated=True)
    if later.claim.known_at - earlier.claim.known_at > timedelta(days=COPY_DAYS):
        return own
    # Together with the one that it may copy it counts at most once.
    left = min(1 - copy_probability(numeral), 1 - first.value)
    if left >= own.value:
        return own
    reason = f"the number of {earlier.claim.id}, probably copied"
    return Weight(value=left, reason=reason, repeated=own.repeated)


def _tempered(observations: Sequence[Observation], weights: Sequence[Weight]) -> list[Weight]:
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, observation in enumerate(observations):
        if weights[i].value > 0:
            groups[observation.area, observation.source].append(i)
    result = list(weights)
    for members in groups.values():
        members.sort(key=lambda i: (observations[i].day, i))
        days = [observations[i].day.toordinal() for i in members]
        values = [weights[i].value for i in members]
        before = _decayed(days, values)
        after = _decayed([-day for day in reversed(days)], values[::-1])[::-1]
        for i, value, past, future in zip(members, values, before, after, strict=True):
            effective = past + value + future
            factor = 1 / (1 + REPEAT_CORRELATION * max(effective - 1, 0))
            result[i] = _scaled(weights[i], factor)
    return result


def _decayed(days: Sequence[int], values: Sequence[float]) -> list[float]:
    # Sum of the earlier values, each faded by its distance in time; one pass.
    sums: list[float] = []
    total = 0.0
    for position, day in enumerate(days):
        if position:
            fade = math.exp(-(day - days[position - 1]) / REPEAT_MEMORY_DAYS)
            total = (total + values[position - 1]) * fade
        sums.append(total)
    return sums


def _scaled(weight: Weight, factor: float) -> Weight:
    if factor > 0.995:
        return weight
    reason = f"{weight.reason}; one of several by its source"
    return Weight(value=weight.value * factor, reason=reason, repeated=weight.repeated)
