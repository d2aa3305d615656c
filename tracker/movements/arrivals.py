"""When trains on their way arrive, where, and with how many: windows of 90 %, never a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Point

from geo.railways import TravelTime
from tracker.claims.claim import Claim
from tracker.movements.lines import Way
from tracker.movements.movement import Certainty, Movement, Part
from tracker.movements.speeds import train_travel
from tracker.movements.trains import Spread, load_of
from tracker.timespan import Timespan
from tracker.vocabulary import Flow, Unit

LEVELS = (0.05, 0.5, 0.95)
"""Quantiles that make a window."""
TRAIN_UNITS = frozenset({Unit.TRAIN})


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """The expected arrival of a movement.

    Parameters
    ----------
    movement_id, actor : str
        What arrives.
    formation : str or None
        Who.
    origin, destination : str
        Where from, and where.
    geometry : Point
        The place of arrival, EPSG:4326: the end of the line.
    p05, p50, p95 : datetime
        It is there by then with 5, 50 and 95 %; UTC.
    trains : int
        How many; 1 where nobody counted them.
    personnel : Spread or None
        How many people; None where neither trains nor people were counted.
    seen : Timespan
        When it was last seen, or is said to have gone.
    known_at : datetime
        When the last of its claims became public, UTC.
    claims : tuple of str
        Ids.
    """

    movement_id: str
    actor: str
    formation: str | None
    origin: str
    destination: str
    geometry: Point
    p05: datetime
    p50: datetime
    p95: datetime
    trains: int
    personnel: Spread | None
    seen: Timespan
    known_at: datetime
    claims: tuple[str, ...]


def arrival_window(
    seen: Timespan, distance_km: float, travel: TravelTime | None = None
) -> tuple[datetime, datetime, datetime]:
    """Say when a train arrives that was seen at some time and has so far to go.

    Parameters
    ----------
    seen : Timespan
        When it was seen; every moment of it is equally likely.
    distance_km : float
        Along the line.
    travel : TravelTime, optional
        How long trains take; by default as published.

    Returns
    -------
    tuple of datetime
        The 5, 50 and 95 % quantiles, UTC.
    """
    days = (travel or train_travel()).samples_days(distance_km)
    late = _quantiles_after(days, seen.length_days)
    p05, p50, p95 = (seen.start + timedelta(days=float(day)) for day in late)
    return p05, p50, p95


def _quantiles_after(days: NDArray[np.float64], span_days: float) -> NDArray[np.float64]:
    # The distribution of a uniform start plus one of equally likely times is piecewise linear, so
    # it is inverted exactly: moments picked from the span would let a window narrow with distance.
    if span_days == 0:
        return np.asarray(np.quantile(days, LEVELS))
    knots = np.concatenate([days, days + span_days])
    change = np.repeat([1.0, -1.0], len(days)) / (len(days) * span_days)
    order = np.argsort(knots, kind="stable")
    knots, density = knots[order], np.cumsum(change[order])
    reached = np.concatenate([[0.0], np.cumsum(density[:-1] * np.diff(knots))])
    return np.asarray(np.interp(LEVELS, reached, knots))


def expected_arrivals(
    movements: Sequence[Movement], claims: Mapping[str, Claim]
) -> tuple[Arrival, ...]:
    """List what is on its way by rail and nobody has seen arrive.

    Parameters
    ----------
    movements : sequence of Movement
        Movements as known on some day.
    claims : Mapping of str to Claim
        Their claims by id.

    Returns
    -------
    tuple of Arrival
        One per movement and end of its line, by the median day. Returns, departures and rotations
        are none, nor is a train that was seen, or is said, to have come in.
    """
    found = [
        _arrival(movement, part, claims)
        for movement in movements
        if movement.flow not in {Flow.IN, Flow.OUT} and not movement.is_ahead
        for part in movement.parts
        if part.certainty is not Certainty.OBSERVED and part.way is Way.RAILWAY
        if part.leg.window is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.p50, one.movement_id, one.destination)))


def _arrival(movement: Movement, part: Part, claims: Mapping[str, Claim]) -> Arrival:
    own = [claims[claim_id] for claim_id in movement.claims]
    spans = [claim.observed for claim in own if claim.observed is not None]
    seen = max(spans, key=lambda span: span.middle)
    p05, p50, p95 = arrival_window(seen, part.length_km)
    return Arrival(
        movement_id=movement.id,
        actor=movement.actor,
        formation=movement.formation,
        origin=movement.origin or part.leg.origin,
        destination=part.leg.destination,
        geometry=_end(part),
        p05=p05,
        p50=p50,
        p95=p95,
        trains=movement.trains or 1,
        personnel=_people(own, movement.trains or 1),
        seen=seen,
        known_at=max(claim.known_at for claim in own).astimezone(UTC),
        claims=movement.claims,
    )


def _end(part: Part) -> Point:
    lon, lat = shapely.get_coordinates(part.leg.geometry)[-1]
    return Point(lon, lat)


def _people(claims: Sequence[Claim], trains: int) -> Spread | None:
    for claim in claims:
        measure = claim.measure
        if measure is None or measure.unit not in TRAIN_UNITS | {Unit.PERSONNEL}:
            continue
        if measure.unit is Unit.TRAIN:
            return load_of(trains).personnel
        stated = [number for number in (measure.low, measure.best, measure.high) if number]
        if stated:
            return Spread(p05=min(stated), p50=float(np.median(stated)), p95=max(stated))
    return None
