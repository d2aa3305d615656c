"""Claims and placed claims as rows, and rows as values."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from tracker.claims.claim import Claim, Equipment, PlaceMention, Quote
from tracker.placing import PlacedClaim
from tracker.reports.report import ERASED
from tracker.store.value_rows import (
    Read,
    Row,
    measure_columns,
    measure_of,
    span_columns,
    span_of,
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

Word = TypeVar("Word", bound=StrEnum)

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


def claim_of(row: Read, links: Sequence[tuple[str, str]]) -> Claim:
    """Read a claim from its row.

    Parameters
    ----------
    row : Mapping
        A row of `claim`.
    links : sequence of (relation, target)
        Its rows of `claim_link`, in order of position.

    Returns
    -------
    Claim
        The claim.
    """
    return Claim(
        report_id=row["report_id"],
        version_id=row["version_id"],
        quote=Quote(start=row["quote_start"], end=row["quote_end"], text=row["quote"]),
        kind=ClaimKind(row["kind"]),
        status=Status(row["status"]),
        flow=_read(Flow, row["flow"]),
        actor=row["actor"],
        known_at=row["known_at"],
        extractor=row["extractor"],
        claimant=row["claimant"],
        claimant_id=row["claimant_id"],
        via=tuple(row["via"]),
        measure=measure_of(row),
        extent=_read(Extent, row["extent"]),
        scope=_read(Scope, row["scope"]),
        presence=_read(Presence, row["presence"]),
        equipment=tuple(Equipment(unit=Unit(unit), text=text) for unit, text in row["equipment"]),
        formation=row["formation"],
        formation_id=row["formation_id"],
        places=tuple(
            PlaceMention(role=PlaceRole(role), text=text, start=start)
            for role, text, start in row["places"]
        ),
        direction=_read(Direction, row["direction"]),
        mode=_read(Mode, row["mode"]),
        observed=span_of("observed", row),
        citation=row["citation"],
        relays=tuple(target for relation, target in links if relation == RELAYS),
        relay_type=row["relay_type"],
        corrects=tuple(target for relation, target in links if relation == CORRECTS),
        reliability=_read(Reliability, row["reliability"]),
        credibility=None if row["credibility"] is None else Credibility(row["credibility"]),
        confidence=row["confidence"],
        inferred=row["inferred"],
        kept_id=row["id"] if row["quote"].startswith(ERASED) else "",
    )


def _read(vocabulary: type[Word], text: str | None) -> Word | None:
    return None if text is None else vocabulary(text)


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


def placed_of(claim_id: str, row: Read) -> PlacedClaim:
    """Read a placed claim from its row.

    Parameters
    ----------
    claim_id : str
        The claim that it places.
    row : Mapping
        A row of `claim_place`.

    Returns
    -------
    PlacedClaim
        The placed claim.
    """
    return PlacedClaim(
        claim_id=claim_id,
        role=PlaceRole(row["role"]),
        text=row["text"],
        name=row["name"],
        geometry=row["geometry"],
        radius_km=row["radius_km"],
        gazetteer_id=row["gazetteer_id"],
        score=row["score"],
        alternatives=tuple(row["alternatives"]),
        reason=row["reason"],
    )
