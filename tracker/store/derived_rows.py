"""Areas, legs of movements and estimates as rows, and rows as values."""

from __future__ import annotations

from collections.abc import Sequence

from shapely import Point

from tracker.areas import Area
from tracker.estimates.estimate import ClaimWeight, Estimate
from tracker.movements.leg import Leg
from tracker.store import gpb
from tracker.store.value_rows import (
    Read,
    Row,
    measure_columns,
    measure_of,
    span_columns,
    span_of,
    word,
)
from tracker.vocabulary import Mode, Scope, Status, Unit


def area_row(area: Area) -> Row:
    """Write an area as a row.

    Parameters
    ----------
    area : Area
        The area.

    Returns
    -------
    dict
        Columns of `area` without `content` and `recorded_at`.
    """
    return {
        "id": area.id,
        "name": area.name,
        "geometry": gpb.encode(area.geometry),
        "names": list(area.names),
        "parent": area.parent,
        "kind": area.kind,
        "valid_from": area.valid_from,
        "valid_until": area.valid_until,
        "geometry_sha256": area.geometry_sha256,
    }


def area_of(row: Read) -> Area:
    """Read an area from its row.

    Parameters
    ----------
    row : Mapping
        A row of `area`.

    Returns
    -------
    Area
        The area.
    """
    return Area(
        id=row["id"],
        name=row["name"],
        geometry=row["geometry"],
        names=tuple(row["names"]),
        parent=row["parent"],
        kind=row["kind"],
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
    )


def leg_row(leg: Leg) -> Row:
    """Write a leg as a row.

    Parameters
    ----------
    leg : Leg
        The leg.

    Returns
    -------
    dict
        Columns of `movement_leg` without `content` and `recorded_at`.
    """
    return {
        "id": leg.id,
        "movement_id": leg.movement_id,
        "actor": leg.actor,
        "origin": leg.origin,
        "destination": leg.destination,
        "geometry": gpb.encode(leg.geometry),
        "status": str(leg.status),
        **span_columns("window", leg.window),
        "mode": word(leg.mode),
        "formation": leg.formation,
        "equipment": [str(unit) for unit in leg.equipment],
        **measure_columns(leg.measure),
        "inferred": leg.inferred,
        "via": [[point.x, point.y] for point in leg.via],
    }


def leg_of(row: Read, claims: Sequence[str]) -> Leg:
    """Read a leg from its row.

    Parameters
    ----------
    row : Mapping
        A row of `movement_leg`.
    claims : sequence of str
        Ids of its claims, in order of position.

    Returns
    -------
    Leg
        The leg.
    """
    return Leg(
        actor=row["actor"],
        origin=row["origin"],
        destination=row["destination"],
        geometry=row["geometry"],
        status=Status(row["status"]),
        claims=tuple(claims),
        movement_id=row["movement_id"],
        window=span_of("window", row),
        mode=None if row["mode"] is None else Mode(row["mode"]),
        formation=row["formation"],
        equipment=tuple(Unit(unit) for unit in row["equipment"]),
        measure=measure_of(row),
        inferred=row["inferred"],
        via=tuple(Point(lon, lat) for lon, lat in row["via"]),
    )


def estimate_row(estimate: Estimate) -> Row:
    """Write an estimate as a row.

    Parameters
    ----------
    estimate : Estimate
        The estimate.

    Returns
    -------
    dict
        Columns of `estimate` without `basis_fid`, `content` and `recorded_at`.
    """
    return {
        "area": estimate.area,
        "actor": estimate.actor,
        "day": estimate.day,
        "as_of": estimate.as_of,
        "unit": str(estimate.unit),
        "scope": str(estimate.scope),
        "p05": estimate.p05,
        "p25": estimate.p25,
        "p50": estimate.p50,
        "p75": estimate.p75,
        "p95": estimate.p95,
        "p_zero": estimate.p_zero,
        "building_up": estimate.building_up,
        "drawing_down": estimate.drawing_down,
        "forecast": estimate.forecast,
        "method": estimate.method,
    }


def basis_of(estimate: Estimate) -> list[list[str | float]]:
    """List the claims that an estimate rests on.

    Parameters
    ----------
    estimate : Estimate
        The estimate.

    Returns
    -------
    list
        Id, weight and reason of each claim.
    """
    return [[claim.id, claim.weight, claim.reason] for claim in estimate.claims]


def estimate_of(row: Read, basis: Sequence[Sequence[str | float]]) -> Estimate:
    """Read an estimate from its row.

    Parameters
    ----------
    row : Mapping
        A row of `estimate`.
    basis : sequence
        `claims` of its row of `basis`.

    Returns
    -------
    Estimate
        The estimate.
    """
    return Estimate(
        area=row["area"],
        actor=row["actor"],
        day=row["day"],
        as_of=row["as_of"],
        unit=Unit(row["unit"]),
        scope=Scope(row["scope"]),
        p05=row["p05"],
        p25=row["p25"],
        p50=row["p50"],
        p75=row["p75"],
        p95=row["p95"],
        p_zero=row["p_zero"],
        building_up=row["building_up"],
        drawing_down=row["drawing_down"],
        forecast=row["forecast"],
        method=row["method"],
        claims=tuple(
            ClaimWeight(id=str(claim), weight=float(weight), reason=str(reason))
            for claim, weight, reason in basis
        ),
    )
