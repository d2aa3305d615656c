"""Movements as frames: parts with their lines, expected arrivals, and flows by week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pandas as pd
from geopandas import GeoDataFrame
from shapely import Point, get_coordinates

from tracker.areas import Area
from tracker.claims.claim import Claim
from tracker.features import WGS84, legs_frame
from tracker.formations import Formations
from tracker.movements.arrivals import Arrival
from tracker.movements.movement import Movement, Part
from tracker.movements.timeline import named_in
from tracker.vocabulary import Flow

PART_COLUMNS = (
    *("movement_id", "origin", "destination", "mode", "way", "length_km"),
    *("trains", "probability", "flow", "claims", "alternatives"),
)
ARRIVAL_COLUMNS = (
    *("movement_id", "actor", "formation", "origin", "destination", "area"),
    *("p05", "p50", "p95", "trains", "personnel_p05", "personnel_p50", "personnel_p95"),
    *("known_at", "claims"),
)
RING = "ring"
"""Areas within a distance of the border cut across the others and are no destination."""
FLOW_COLUMNS = ("week", "district", "area", "actor", "movements", "trains", "claims")


def movements_frame(
    movements: Sequence[Movement], claims: Sequence[Claim], sha256: Mapping[str, str]
) -> GeoDataFrame:
    """Make the frame of movements.

    Parameters
    ----------
    movements : sequence of Movement
        Movements.
    claims : sequence of Claim
        The claims behind them.
    sha256 : Mapping of str to str
        Hash of the archived bytes by version id.

    Returns
    -------
    GeoDataFrame
        EPSG:4326, one row per part: the columns of `tracker.features.legs_frame` (`id` of the
        part, `title`, `time_from`, `time_to`, `known_at`, `certainty`: observed, inferred,
        planned; `quote`, `claimant` ...) and `PART_COLUMNS`: `movement_id`, `origin`,
        `destination`, `mode`, `way` (along_the_line, great_circle), `length_km`, `trains` (NaN
        where nobody counted any), `probability` that all sightings are one, `flow`, `claims` and
        `alternatives` (ids apart by semicolons).
    """
    parts = {part.leg.id: (one, part) for one in movements for part in one.parts}
    frame = legs_frame([part.leg for _, part in parts.values()], claims, sha256)
    rows = [_part_row(*parts[name]) for name in frame["id"]]
    extra = pd.DataFrame(rows, columns=list(PART_COLUMNS), index=frame.index)
    extra = extra.astype({"trains": float})
    return GeoDataFrame(pd.concat([frame, extra], axis=1), geometry="geometry", crs=WGS84)


def _part_row(movement: Movement, part: Part) -> dict[str, object]:
    others = {one.track_id for one in movement.alternatives if one.track_id is not None}
    return {
        "movement_id": movement.id,
        "origin": part.leg.origin,
        "destination": part.leg.destination,
        "mode": str(part.leg.mode) if part.leg.mode else "",
        "way": str(part.way),
        "length_km": part.length_km,
        "trains": movement.trains,
        "probability": movement.probability,
        "flow": str(movement.flow) if movement.flow else "",
        "claims": "; ".join(movement.claims),
        "alternatives": "; ".join(sorted(others)),
    }


def arrivals_frame(arrivals: Sequence[Arrival], areas: Sequence[Area]) -> pd.DataFrame:
    """Make the frame of expected arrivals.

    Parameters
    ----------
    arrivals : sequence of Arrival
        Arrivals.
    areas : sequence of Area
        Areas; the smallest that holds the place is named.

    Returns
    -------
    DataFrame
        `ARRIVAL_COLUMNS`: instants are UTC; personnel is NaN where nothing was counted.
    """
    rows = []
    for one in arrivals:
        people = one.personnel
        rows.append(
            {
                "movement_id": one.movement_id,
                "actor": one.actor,
                "formation": one.formation or "",
                "origin": one.origin,
                "destination": one.destination,
                "area": _area_of(one.geometry, areas),
                "p05": one.p05,
                "p50": one.p50,
                "p95": one.p95,
                "trains": one.trains,
                "personnel_p05": people.p05 if people else None,
                "personnel_p50": people.p50 if people else None,
                "personnel_p95": people.p95 if people else None,
                "known_at": one.known_at,
                "claims": "; ".join(one.claims),
            }
        )
    frame = pd.DataFrame(rows, columns=list(ARRIVAL_COLUMNS))
    numbers = ["trains", "personnel_p05", "personnel_p50", "personnel_p95"]
    return frame.astype(dict.fromkeys(numbers, float))


def flows_frame(
    movements: Sequence[Movement],
    claims: Mapping[str, Claim],
    areas: Sequence[Area],
    formations: Formations,
) -> pd.DataFrame:
    """Count movements from where they come to where they go, week by week.

    Parameters
    ----------
    movements : sequence of Movement
        Movements; returns, departures and those without a line or a time are left out.
    claims : Mapping of str to Claim
        Their claims by id.
    areas : sequence of Area
        Areas; the smallest that holds an end is named.
    formations : Formations
        Order of battle, which tells the district of a formation.

    Returns
    -------
    DataFrame
        `FLOW_COLUMNS`: `week` (its Monday, of the middle of the window), `district` (of the
        formation, else the published origin), `area` (of the destination), `actor`, `movements`
        and `trains` (counts; only trains that somebody counted), `claims`.
    """
    rows = []
    for one in movements:
        if not one.parts or one.window is None or one.flow is Flow.OUT:
            continue
        day = one.window.middle.date()
        end = Point(get_coordinates(one.parts[-1].leg.geometry)[-1])
        rows.append(
            {
                "week": day - timedelta(days=day.weekday()),
                "district": _district(one, claims, formations),
                "area": _area_of(end, areas),
                "actor": one.actor,
                "movements": 1,
                "trains": one.trains or 0,
                "claims": "; ".join(one.claims),
            }
        )
    frame = pd.DataFrame(rows, columns=list(FLOW_COLUMNS))
    if frame.empty:
        return frame
    keys = ["week", "district", "area", "actor"]
    groups = frame.groupby(keys, as_index=False, sort=True)
    return groups.agg(
        movements=("movements", "sum"), trains=("trains", "sum"), claims=("claims", "; ".join)
    )


def _district(movement: Movement, claims: Mapping[str, Claim], formations: Formations) -> str:
    names = [name for claim in movement.claims for name in named_in(claims[claim])]
    for name in names:
        above = formations.district(name)
        if above is not None:
            return above
    return movement.origin or ""


def _area_of(place: Point, areas: Sequence[Area]) -> str:
    holding = [one for one in areas if one.kind != RING and one.geometry.contains(place)]
    return min(holding, key=lambda area: area.geometry.area).id if holding else ""
