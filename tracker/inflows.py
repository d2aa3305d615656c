"""Movements to flow evidence: what came or is to come into an area, told once to its estimate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from shapely import Point, get_coordinates

from geo.railways import RailNetwork
from tracker.areas import Area
from tracker.claims.claim import Claim
from tracker.estimates.flows import LARGEST_PER_DAY, LONGEST_DAYS, FlowEvidence
from tracker.movements.arrivals import arrival_window
from tracker.movements.movement import Certainty, Movement, Part
from tracker.movements.reconstruction import reconstruct
from tracker.placing import PlacedClaim
from tracker.vocabulary import FORWARD_LOOKING, Change, ClaimKind, Flow, Mode, Unit

CARRIED = frozenset(
    {Unit.TRAIN, Unit.PERSONNEL, Unit.BTG, Unit.BATTALION, Unit.REGIMENT, Unit.BRIGADE}
)
"""Units whose people are known and that move as a whole; of a division or an army parts move."""
LONGEST_LAG_DAYS = 60


def inflows(
    claims: Sequence[Claim],
    placed: Iterable[PlacedClaim],
    areas: Sequence[Area],
    network: RailNetwork,
) -> tuple[FlowEvidence, ...]:
    """Find what movements by rail say of the growth of areas.

    Parameters
    ----------
    claims, placed
        Claims that were public, and their places.
    areas : sequence of Area
        Areas to estimate.
    network : RailNetwork
        The railways.

    Returns
    -------
    tuple of FlowEvidence
        One per movement and area of its tree that it comes into from outside, where trains or
        formations were counted. A movement that many claims tell is told once. Returns,
        plans, and ways inside an area are none; nor is a movement of which a claim already
        states an increment of an area's strength. A count of several trains over some days holds
        what else came into the area on these days; only the count is told from the
        day on which it was public.
    """
    by_id = {claim.id: claim for claim in claims}
    movements = reconstruct(claims, placed, network).movements
    found = [
        flow
        for movement in movements
        if movement.mode is Mode.RAIL and movement.flow is not Flow.OUT and movement.parts
        for flow in _of_movement(movement, by_id, areas)
    ]
    counts = [flow for flow in found if flow.unit is Unit.TRAIN and _most(flow) > 1]
    return tuple(replace(flow, held_from=_held_from(flow, counts)) for flow in found)


def _held_from(flow: FlowEvidence, counts: Sequence[FlowEvidence]) -> datetime | None:
    return min((count.known_at for count in counts if _holds(count, flow)), default=None)


def _most(flow: FlowEvidence) -> float:
    return flow.high * ((flow.last_day - flow.first_day).days + 1)


def _holds(count: FlowEvidence, flow: FlowEvidence) -> bool:
    # Whether the trains of a count include those of another movement: of two counts the larger.
    if flow is count or (count.area, count.actor) != (flow.area, flow.actor):
        return False
    if flow.unit is Unit.TRAIN and (_most(flow), flow.claims) >= (_most(count), count.claims):
        return False
    return count.first_day <= _middle(flow) <= count.last_day


def _middle(flow: FlowEvidence) -> date:
    return flow.first_day + (flow.last_day - flow.first_day) // 2


def _of_movement(
    movement: Movement, by_id: Mapping[str, Claim], areas: Sequence[Area]
) -> Iterable[FlowEvidence]:
    claims = [by_id[claim_id] for claim_id in movement.claims]
    size = _size(claims)
    if size is None or all(claim.status in FORWARD_LOOKING for claim in claims):
        return
    unit, low, high = size
    first, last = movement.parts[0], movement.parts[-1]
    start, end = _end_of(first, 0), _end_of(last, -1)
    spans = [claim.observed for claim in claims if claim.observed is not None]
    if not spans:
        return
    seen = max(spans, key=lambda span: span.middle)
    days = (seen.end.date() - seen.start.date()).days + 1
    if days > LONGEST_DAYS or high > LARGEST_PER_DAY * days:
        return
    for area in areas:
        if area.geometry.contains(start) or not area.geometry.contains(end):
            continue
        yield FlowEvidence(
            area=area.id,
            actor=movement.actor,
            first_day=seen.start.date(),
            last_day=seen.end.date(),
            low=low / days,
            high=high / days,
            known_at=max(claim.known_at for claim in claims),
            unit=unit,
            arrival_days=(0, 1) if movement.flow is Flow.IN else _lag_days(last),
            claims=movement.claims,
        )


def _lag_days(part: Part) -> tuple[int, int]:
    if part.certainty is Certainty.OBSERVED or part.leg.window is None:
        return 0, 1
    from_start = part.leg.window.start
    p05, _, p95 = arrival_window(part.leg.window, part.length_km)
    soonest, latest = ((day - from_start) // timedelta(days=1) for day in (p05, p95))
    return min(soonest, LONGEST_LAG_DAYS), min(latest, LONGEST_LAG_DAYS)


def _size(claims: Sequence[Claim]) -> tuple[Unit, float, float] | None:
    if any(
        claim.kind is ClaimKind.PRESENCE
        and claim.measure is not None
        and claim.measure.change is Change.INCREMENT
        for claim in claims
    ):
        return None
    for claim in claims:
        measure = claim.measure
        if measure is None or measure.unit not in CARRIED or claim.status in FORWARD_LOOKING:
            continue
        stated = [number for number in (measure.low, measure.best, measure.high) if number]
        if stated:
            return measure.unit, min(stated), max(stated)
    return None


def _end_of(part: Part, place: int) -> Point:
    lon, lat = get_coordinates(part.leg.geometry)[place]
    return Point(lon, lat)
