"""Claims and placed claims as rows, and rows as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from tracker.claims.claim import Claim, Equipment, PlaceMention, Quote
from tracker.placing import PlacedClaim
from tracker.store.columns import Columns, each, instants, lists, shapes, stated
from tracker.store.value_rows import (
    Row,
    measure_columns,
    measures_of,
    span_columns,
    spans_of,
    word,
)
from tracker.vocabulary import (
    ClaimKind,
    Credibility,
    Direction,
    Extent,
    Flow,
    Mode,
    PlaceRole,
    Presence,
    Reliability,
    Scope,
    Status,
    Unit,
)

RELAYS = "relays"
CORRECTS = "corrects"


def claim_row(claim: Claim) -> Row:
    """Write a claim as a row.

    Parameters
    ----------
    claim : Claim
        The claim.

    Returns
    -------
    dict
        Columns of `claim` without `content` and `recorded_at`.
    """
    return {
        "id": claim.id,
        "report_id": claim.report_id,
        "version_id": claim.version_id,
        "quote_start": claim.quote.start,
        "quote_end": claim.quote.end,
        "quote": claim.quote.text,
        "kind": str(claim.kind),
        "status": str(claim.status),
        "flow": word(claim.flow),
        "actor": claim.actor,
        "known_at": claim.known_at,
        "claimant": claim.claimant,
        "claimant_id": claim.claimant_id,
        "via": list(claim.via),
        **measure_columns(claim.measure),
        "extent": word(claim.extent),
        "scope": word(claim.scope),
        "presence": word(claim.presence),
        "equipment": [[str(item.unit), item.text] for item in claim.equipment],
        "formation": claim.formation,
        "formation_id": claim.formation_id,
        "places": [[str(place.role), place.text, place.start] for place in claim.places],
        "direction": word(claim.direction),
        "mode": word(claim.mode),
        **span_columns("observed", claim.observed),
        "citation": claim.citation,
        "relay_type": claim.relay_type,
        "reliability": word(claim.reliability),
        "credibility": None if claim.credibility is None else int(claim.credibility),
        "confidence": claim.confidence,
        "inferred": claim.inferred,
        "extractor": claim.extractor,
    }


def link_rows(claim: Claim) -> list[Row]:
    """Write what a claim relays and corrects as rows.

    Parameters
    ----------
    claim : Claim
        The claim.

    Returns
    -------
    list of dict
        Columns of `claim_link` without `claim_fid`.
    """
    return [
        {"relation": relation, "position": position, "target": target}
        for relation, targets in ((RELAYS, claim.relays), (CORRECTS, claim.corrects))
        for position, target in enumerate(targets)
    ]


def claims_of(read: Columns, links: Mapping[int, Sequence[tuple[str, str]]]) -> list[Claim]:
    """Read claims from their columns.

    Parameters
    ----------
    read : dict of str to list
        Columns of `claim`, as the database gives them.
    links : Mapping
        Rows (relation, target) of `claim_link` in order of position, by `fid` of the claim.

    Returns
    -------
    list of Claim
        One per row; sizes, spans and lists that are equal are one value.
    """
    fields = _claim_fields(read, links)
    rows = zip(*fields.values(), strict=True)
    return [Claim(**dict(zip(fields, row, strict=True))) for row in rows]


def _claim_fields(
    read: Columns, links: Mapping[int, Sequence[tuple[str, str]]]
) -> dict[str, list[Any]]:
    quotes = zip(read["quote_start"], read["quote_end"], read["quote"], strict=True)
    return {
        **{name: read[name] for name in _AS_THEY_ARE},
        **{name: stated(read[name], vocabulary) for name, vocabulary in _VOCABULARIES.items()},
        "quote": [Quote(start=start, end=end, text=text) for start, end, text in quotes],
        "known_at": instants(read["known_at"]),
        "via": lists(read["via"]),
        "measure": measures_of(read),
        "equipment": lists(read["equipment"], _equipment),
        "places": lists(read["places"], _mentions),
        "observed": spans_of("observed", read),
        "relays": [_targets(links.get(fid, ()), RELAYS) for fid in read["fid"]],
        "corrects": [_targets(links.get(fid, ()), CORRECTS) for fid in read["fid"]],
        "inferred": each(read["inferred"], bool),
        "kept_id": read["id"],
    }


_AS_THEY_ARE = (
    "report_id",
    "version_id",
    "actor",
    "extractor",
    "claimant",
    "claimant_id",
    "formation",
    "formation_id",
    "citation",
    "relay_type",
    "confidence",
)
_VOCABULARIES: Mapping[str, type[Enum]] = {
    "kind": ClaimKind,
    "status": Status,
    "flow": Flow,
    "extent": Extent,
    "scope": Scope,
    "presence": Presence,
    "direction": Direction,
    "mode": Mode,
    "reliability": Reliability,
    "credibility": Credibility,
}


def _equipment(items: Iterable[tuple[str, str]]) -> tuple[Equipment, ...]:
    return tuple(Equipment(unit=Unit(unit), text=text) for unit, text in items)


def _mentions(items: Iterable[tuple[str, str, int | None]]) -> tuple[PlaceMention, ...]:
    return tuple(
        PlaceMention(role=PlaceRole(role), text=text, start=start) for role, text, start in items
    )


def _targets(links: Sequence[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(target for relation, target in links if relation == wanted) if links else ()


def place_row(placed: PlacedClaim, geometry: bytes | None) -> Row:
    """Write a placed claim as a row.

    Parameters
    ----------
    placed : PlacedClaim
        The placed claim.
    geometry : bytes or None
        Its geometry as GeoPackage binary, packed for many at once.

    Returns
    -------
    dict
        Columns of `claim_place` without `claim_fid`, `shape`, `content` and `recorded_at`.
    """
    return {
        "id": placed.id,
        "role": str(placed.role),
        "text": placed.text,
        "name": placed.name,
        "geometry": geometry,
        "radius_km": placed.radius_km,
        "gazetteer_id": placed.gazetteer_id,
        "score": placed.score,
        "alternatives": [dict(alternative) for alternative in placed.alternatives],
        "reason": placed.reason,
    }


def placed_of(read: Columns) -> list[PlacedClaim]:
    """Read placed claims from their columns.

    Parameters
    ----------
    read : dict of str to list
        Columns of `claim_place` and the `claim_id`, as the database gives them.

    Returns
    -------
    list of PlacedClaim
        One per row.
    """
    fields: dict[str, list[Any]] = {
        **{name: read[name] for name in ("claim_id", "text", "name", "radius_km")},
        **{name: read[name] for name in ("gazetteer_id", "score", "reason")},
        "role": each(read["role"], PlaceRole),
        "geometry": list(shapes(read["geometry"])),
        "alternatives": lists(read["alternatives"]),
    }
    rows = zip(*fields.values(), strict=True)
    return [PlacedClaim(**dict(zip(fields, row, strict=True))) for row in rows]
