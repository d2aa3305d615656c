"""Claims as the JSON objects of `tracker extract --json`: every key always there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tracker.claims.claim import Claim
from tracker.claims.measure import Measure
from tracker.extraction.sightings import sighting_of
from tracker.extraction.symbols import symbol_of
from tracker.extraction.time_words import TimeMention
from tracker.placing import PlacedClaim
from tracker.timespan import Timespan
from tracker.vocabulary import Unit

_SHAPES = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "strip",
    "MultiLineString": "strip",
    "Polygon": "area",
    "MultiPolygon": "area",
}


def measure_record(measure: Measure | None) -> dict[str, Any] | None:
    """Turn a measure into plain values.

    Parameters
    ----------
    measure : Measure or None
        The measure.

    Returns
    -------
    dict or None
        Its fields by name; null stays null.
    """
    if measure is None:
        return None
    return {
        "low": measure.low,
        "high": measure.high,
        "best": measure.best,
        "qualifier": measure.qualifier.value,
        "approx": measure.approx,
        "unit": measure.unit.value if measure.unit else None,
        "per": measure.per.value if measure.per else None,
        "relative_to": measure.relative_to,
        "change": measure.change.value,
        "text": measure.text,
    }


def _day_span(view_time: TimeMention | None) -> dict[str, Any] | None:
    if view_time is None:
        return None
    first, last = view_time.past
    return {"from": first.isoformat(), "to": last.isoformat()}


def _symbol(claim: Claim) -> str | None:
    unit = claim.measure.unit if claim.measure else None
    if unit is None or unit is Unit.PERSONNEL:
        unit = next((item.unit for item in claim.equipment), unit)
    return None if unit is None else symbol_of(unit, status=claim.status)


def _sighting(claim: Claim) -> dict[str, Any]:
    seen = sighting_of(claim.quote.text, claim.known_at.date())
    return {
        "known_by": list(seen.known_by),
        "geolocated_by": seen.geolocated_by,
        "filmed": _day_span(seen.filmed),
        "posted": _day_span(seen.posted),
        "media_sha256": seen.media_sha256,
        "border_distance_km": seen.border_distance_km,
    }


def _observed(span: Timespan | None) -> dict[str, Any]:
    if span is None:
        return {"from": None, "to": None, "precision": None, "text": None}
    return {
        "from": span.start.isoformat().replace("+00:00", "Z"),
        "to": span.end.isoformat().replace("+00:00", "Z"),
        "precision": span.precision.value,
        "text": span.text,
    }


def _place(place: PlacedClaim) -> dict[str, Any]:
    point = None if place.geometry is None else place.geometry.representative_point()
    return {
        "role": place.role.value,
        "text": place.text,
        "name": place.name,
        "lon": None if point is None else round(point.x, 5),
        "lat": None if point is None else round(point.y, 5),
        "radius_km": place.radius_km,
        "shape": None if place.geometry is None else _SHAPES.get(place.geometry.geom_type),
        "reason": place.reason,
    }


def claim_record(
    claim: Claim, placed: Iterable[PlacedClaim], claim_id: str | None = None
) -> dict[str, Any]:
    """Turn a claim and its places into plain values.

    Parameters
    ----------
    claim : Claim
        The claim.
    placed : iterable of PlacedClaim
        Its places.
    claim_id : str, optional
        Its id, where it is known already: a hash that takes time.

    Returns
    -------
    dict
        The object of `tracker extract --json`; times ISO 8601 UTC, lon and lat in degrees
        (EPSG:4326), radius in kilometres.
    """
    return {
        "id": claim_id or claim.id,
        "kind": claim.kind.value,
        "flow": claim.flow.value if claim.flow else None,
        "status": claim.status.value,
        "actor": claim.actor,
        "claimant": claim.claimant,
        "claimant_id": claim.claimant_id,
        "via": list(claim.via),
        "measure": measure_record(claim.measure),
        "extent": claim.extent.value if claim.extent else None,
        "scope": claim.scope.value if claim.scope else None,
        "equipment": sorted({item.unit.value for item in claim.equipment}),
        "formation": claim.formation,
        "places": [_place(place) for place in placed],
        "direction": claim.direction.value if claim.direction else None,
        "mode": claim.mode.value if claim.mode else None,
        "observed": _observed(claim.observed),
        "quote": {"start": claim.quote.start, "end": claim.quote.end, "text": claim.quote.text},
        "confidence": claim.confidence,
        "corrects": list(claim.corrects),
        "symbol": _symbol(claim),
        **_sighting(claim),
    }


def claim_records(claims: Iterable[Claim], placed: Iterable[PlacedClaim]) -> list[dict[str, Any]]:
    """Turn the result of an extraction into plain values.

    Parameters
    ----------
    claims : iterable of Claim
        The claims.
    placed : iterable of PlacedClaim
        Their places.

    Returns
    -------
    list of dict
        One object per claim, in order, as `claim_record` makes them.
    """
    places: dict[str, list[PlacedClaim]] = defaultdict(list)
    for place in placed:
        places[place.claim_id].append(place)
    return [claim_record(claim, places[key], key) for claim in claims for key in (claim.id,)]
