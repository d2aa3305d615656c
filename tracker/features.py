"""Domain values to the frames that map layers declare; nothing else fills them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame

from tracker.areas import Area
from tracker.claims.claim import Claim, cited_address
from tracker.claims.wording import grade_in_words, measure_in_words, time_in_words
from tracker.estimates.estimate import Estimate
from tracker.extraction.symbols import symbol_of
from tracker.item_labels import AFFILIATIONS, CATEGORIES, IDENTITIES
from tracker.movements.leg import Leg
from tracker.movements.wording import leg_in_words
from tracker.placing import PlacedClaim
from tracker.vocabulary import (
    FORWARD_LOOKING,
    Change,
    ClaimKind,
    Extent,
    PlaceRole,
    Presence,
    Qualifier,
    Scope,
    Status,
    Unit,
)

WGS84 = "EPSG:4326"
NOT_DRAWN = frozenset({Status.DENIED, Status.RETRACTED, Status.BACKGROUND})
"""Statuses of things that were not there, were taken back, or are history: listed, not drawn."""

MOST_ALTERNATIVES = 3
TITLE_LENGTH = 90
"""Characters of the quote that stand for a title where no number does."""

CHARTED_SCOPES: Mapping[Scope | None, str] = {
    None: "",
    Scope.ALL_SERVICES: "",
    Scope.LAND_ONLY: " (ground forces alone)",
    Scope.INCL_SEPARATISTS: " (with separatists)",
}
"""Scopes whose published figures can stand beside a strength of all services, and their words."""


def sightings_frame(
    claims: Iterable[Claim],
    placed: Iterable[PlacedClaim],
    sha256: Mapping[str, str],
    affiliations: Mapping[str, str] = AFFILIATIONS,
) -> GeoDataFrame:
    """Make the frame of the dots: what was seen or counted at a point.

    Parameters
    ----------
    claims : iterable of Claim
        Claims; those denied, taken back or of history are left out.
    placed : iterable of PlacedClaim
        Their places.
    sha256 : Mapping of str to str
        Hash of the archived bytes by version id.
    affiliations : Mapping of str to str
        Key of `IDENTITIES` by actor, for the frames of map symbols.

    Returns
    -------
    GeoDataFrame
        Columns of `geo.layers.sightings.COLUMNS`, EPSG:4326, one row per claim and point of
        role `at`.
    """
    seen = [
        (claim, place)
        for claim, place in _at(claims, placed)
        if place.geometry is not None and place.geometry.geom_type == "Point"
    ]
    return _frame(
        {
            **_placed_items(seen, sha256),
            "symbol": [_symbol(claim, affiliations) for claim, _ in seen],
            "radius_km": [place.radius_km for _, place in seen],
        }
    )


def regions_frame(
    claims: Iterable[Claim],
    placed: Iterable[PlacedClaim],
    sha256: Mapping[str, str],
    estimated: Iterable[Area],
) -> GeoDataFrame:
    """Make the frame of what was seen or counted somewhere in a region.

    Parameters
    ----------
    claims, placed, sha256
        As for `sightings_frame`.
    estimated : iterable of Area
        Areas that have an estimate: sizes stated for them are marks of the chart, not shapes.

    Returns
    -------
    GeoDataFrame
        Columns of `geo.layers.vague_areas.COLUMNS`, EPSG:4326, one row per claim and region.
    """
    charted = {area.id for area in estimated}
    seen = [
        (claim, place)
        for claim, place in _at(claims, placed)
        if place.geometry is not None
        and place.geometry.geom_type in {"Polygon", "MultiPolygon"}
        and not (place.gazetteer_id in charted and claim.kind is ClaimKind.PRESENCE)
    ]
    return _frame(_placed_items(seen, sha256))


def legs_frame(
    legs: Iterable[Leg], claims: Iterable[Claim], sha256: Mapping[str, str]
) -> GeoDataFrame:
    """Make the frame of the arrows.

    Parameters
    ----------
    legs : iterable of Leg
        Legs.
    claims : iterable of Claim
        The claims that they name.
    sha256 : Mapping of str to str
        Hash of the archived bytes by version id.

    Returns
    -------
    GeoDataFrame
        Columns of `geo.layers.movements.COLUMNS`, EPSG:4326, one row per leg.
    """
    by_id = {claim.id: claim for claim in claims}
    first: list[Claim] = []
    lines: list[dict[str, Any]] = []
    for leg in legs:
        told = [by_id[one] for one in leg.claims if one in by_id]
        if not told or told[0].id != leg.claims[0] or told[0].status in NOT_DRAWN:
            continue
        first.append(told[0])
        lines.append(leg_in_words(leg, told))
    said = {name: [line[name] for line in lines] for name in _OF_LEGS}
    return _frame({**_items(first, sha256), "alternatives": [""] * len(first), **said})


def areas_frame(areas: Sequence[Area]) -> GeoDataFrame:
    """Make the frame of areas.

    Parameters
    ----------
    areas : sequence of Area
        Areas.

    Returns
    -------
    GeoDataFrame
        Columns of `geo.layers.area_estimates.AREAS` and `kind`, EPSG:4326.
    """
    known = {area.id for area in areas}
    return _frame(
        {
            "id": [area.id for area in areas],
            "name": [area.name for area in areas],
            "parent": [area.parent if area.parent in known else None for area in areas],
            "kind": [area.kind for area in areas],
            "geometry": [area.geometry for area in areas],
        }
    )


def drawn_estimates_frame(estimates: Iterable[Estimate]) -> pd.DataFrame:
    """Make the frame of estimates for the chart.

    Parameters
    ----------
    estimates : iterable of Estimate
        Estimates of one actor in one unit.

    Returns
    -------
    DataFrame
        Columns of `geo.layers.area_estimates.ESTIMATES`, quantiles in the estimates' unit.
    """
    quantiles = ("p05", "p25", "p50", "p75", "p95")
    same = (*quantiles, "building_up", "drawing_down", "forecast")
    rows = [
        {"area_id": row.area, "date": row.day, **{name: getattr(row, name) for name in same}}
        for row in estimates
    ]
    return pd.DataFrame(rows, columns=["area_id", "date", *same])


def published_frame(
    claims: Iterable[Claim],
    placed: Iterable[PlacedClaim],
    areas: Iterable[Area],
    *,
    actor: str,
    unit: Unit = Unit.PERSONNEL,
) -> pd.DataFrame:
    """Make the frame of the figures that stand beside the estimate in the chart.

    Parameters
    ----------
    claims, placed
        Claims and their places.
    areas : iterable of Area
        Areas of the chart.
    actor : str
        Whose strength.
    unit : Unit
        Unit of the chart.

    Returns
    -------
    DataFrame
        Columns of `geo.layers.area_estimates.PUBLISHED`: totals of a whole area, present and
        not planned, in `unit`.
    """
    charted = {area.id for area in areas}
    rows = []
    for claim, place in _at(claims, placed):
        measure = claim.measure
        if measure is None or measure.unit is not unit or claim.actor != actor:
            continue
        if not _is_level(claim) or place.gazetteer_id not in charted or claim.observed is None:
            continue
        if measure.qualifier is Qualifier.RATIO or claim.scope not in CHARTED_SCOPES:
            continue
        if measure.low is measure.best is measure.high is None:
            continue
        rows.append(
            {
                "area_id": place.gazetteer_id,
                "date": claim.observed.middle.date(),
                "low": measure.low,
                "best": measure.best,
                "high": measure.high,
                "label": _figure_label(claim),
                "link": cited_address(claim.citation) or "",
                "known_at": claim.known_at.date(),
            }
        )
    columns = ["area_id", "date", "low", "best", "high", "label", "link", "known_at"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"low": float, "best": float, "high": float})


_OF_LEGS = (
    *("id", "title", "time_from", "time_to", "known_at", "certainty", "quote", "size", "place"),
    *("when", "claimant", "status", "formation", "claim_id", "geometry"),
    *("size_low", "size_best", "size_high"),
)
"""What the words of a leg say in place of those of its first claim."""


def _at(claims: Iterable[Claim], placed: Iterable[PlacedClaim]) -> list[tuple[Claim, PlacedClaim]]:
    by_id = {claim.id: claim for claim in claims if claim.status not in NOT_DRAWN}
    return [
        (by_id[place.claim_id], place)
        for place in placed
        if place.role is PlaceRole.AT and place.claim_id in by_id
    ]


def _figure_label(claim: Claim) -> str:
    who = claim.claimant or "claimant not named"
    return f"{who}: {measure_in_words(claim.measure)}{CHARTED_SCOPES[claim.scope]}"


def _is_level(claim: Claim) -> bool:
    return (
        claim.kind is ClaimKind.PRESENCE
        and claim.status is Status.ACTUAL
        and claim.extent is Extent.WHOLE
        and claim.presence in {None, Presence.IN_PLACE, Presence.MIXED}
        and claim.measure is not None
        and claim.measure.change is Change.TOTAL
    )


def _items(claims: Sequence[Claim], sha256: Mapping[str, str]) -> dict[str, list[Any]]:
    # Columns of what each claim says, wherever it is drawn.
    spans = [claim.observed for claim in claims]
    return {
        "time_from": [span.start if span else None for span in spans],
        "time_to": [span.end if span else None for span in spans],
        "known_at": [claim.known_at for claim in claims],
        "category": [_category(claim) for claim in claims],
        "certainty": [_certainty(claim) for claim in claims],
        "quote": [claim.quote.text for claim in claims],
        "link": [cited_address(claim.citation) or "" for claim in claims],
        "kind": [claim.kind.value for claim in claims],
        "size": [measure_in_words(claim.measure) for claim in claims],
        "when": [time_in_words(span) for span in spans],
        "actor": [claim.actor for claim in claims],
        "claimant": [claim.claimant or "not named" for claim in claims],
        "via": [", ".join(claim.via) for claim in claims],
        "status": [claim.status.value.replace("_", " ") for claim in claims],
        "formation": [claim.formation or "" for claim in claims],
        "grade": [grade_in_words(claim) for claim in claims],
        "reliability": [claim.reliability or "" for claim in claims],
        "credibility": [
            "" if claim.credibility is None else str(int(claim.credibility)) for claim in claims
        ],
        "citation": [claim.citation or "" for claim in claims],
        "sha256": [sha256.get(claim.version_id, "") for claim in claims],
        "claim_id": [claim.id for claim in claims],
    }


def _placed_items(
    seen: Sequence[tuple[Claim, PlacedClaim]], sha256: Mapping[str, str]
) -> dict[str, list[Any]]:
    items = _items([claim for claim, _ in seen], sha256)
    titled = zip(seen, items["size"], strict=True)
    return {
        **items,
        "id": [place.id for _, place in seen],
        "title": [_title(claim, place, size) for (claim, place), size in titled],
        "place": [_where(place) for _, place in seen],
        "alternatives": [_others(place) for _, place in seen],
        "geometry": [place.geometry for _, place in seen],
    }


def _title(claim: Claim, place: PlacedClaim, size: str) -> str:
    if claim.measure is None:
        return shorten(claim.quote.text, TITLE_LENGTH)
    return f"{place.name or place.text}: {size}"


def _where(place: PlacedClaim) -> str:
    radius = f" (within {place.radius_km:,.0f} km)" if place.radius_km else ""
    return f"{place.name or place.text}{radius}"


def _category(claim: Claim) -> str:
    return next((CATEGORIES[unit] for unit in _counted(claim) if unit in CATEGORIES), "troops")


def _others(place: PlacedClaim) -> str:
    # Places of the same words that lost: names alone say nothing where namesakes differ by region.
    told = [
        f"{one['name']} ({one['lat']:.1f}, {one['lon']:.1f})"
        for one in place.alternatives[:MOST_ALTERNATIVES]
        if one.get("name") and one.get("lon") is not None and one.get("lat") is not None
    ]
    return "; ".join(told)


def _counted(claim: Claim) -> list[Unit]:
    named = [item.unit for item in claim.equipment]
    if claim.measure is not None and claim.measure.unit is not None:
        named.insert(0, claim.measure.unit)
    return named


def _symbol(claim: Claim, affiliations: Mapping[str, str]) -> str:
    identity = IDENTITIES[affiliations.get(claim.actor, "unknown")]
    return symbol_of(
        next(iter(_counted(claim)), Unit.PERSONNEL), status=claim.status, identity=identity
    )


def _certainty(claim: Claim) -> str:
    if claim.status in FORWARD_LOOKING:
        return "planned"
    return "inferred" if claim.inferred else "observed"


def _frame(columns: Mapping[str, Iterable[Any]]) -> GeoDataFrame:
    # Text stays as it is: layers want plain strings.
    objects = {name: pd.Series(list(values), dtype=object) for name, values in columns.items()}
    frame = GeoDataFrame(pd.DataFrame(objects), geometry="geometry", crs=WGS84)
    for name in ("time_from", "time_to", "known_at"):
        if name in frame.columns:
            frame[name] = pd.to_datetime(frame[name], utc=True)
    for name in ("radius_km", "size_low", "size_best", "size_high"):
        if name in frame.columns:
            frame[name] = frame[name].astype(float)
    return frame
