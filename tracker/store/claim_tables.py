"""Claims with their links and places, and what people judged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from tracker.store.table import Table, fid, instant, json_list
from tracker.store.types import Geometry


class ClaimRow(Table, table=True):
    """One reading of a claim; a better extractor adds a row with the same `id`."""

    __tablename__ = "claim"
    __table_args__ = (sa.UniqueConstraint("id", "content"),)
    fid: int | None = fid()
    id: str
    report_id: str = Field(foreign_key="report.id", index=True)
    version_id: str = Field(foreign_key="version.id", index=True)
    quote_start: int
    quote_end: int
    quote: str
    kind: str
    status: str
    flow: str | None
    actor: str
    known_at: datetime = instant(index=True)
    claimant: str | None
    claimant_id: str | None
    via: Any = json_list()
    qualifier: str | None
    unit: str | None
    low: float | None
    high: float | None
    best: float | None
    approx: bool | None
    per: str | None
    relative_to: str | None
    change: str | None
    measure_text: str | None
    extent: str | None
    scope: str | None
    presence: str | None
    equipment: Any = json_list()
    formation: str | None
    formation_id: str | None
    places: Any = json_list()
    direction: str | None
    mode: str | None
    observed_from: datetime | None = instant(nullable=True)
    observed_to: datetime | None = instant(nullable=True)
    observed_precision: str | None
    observed_text: str | None
    observed_zone: str | None
    citation: str | None
    relay_type: str | None
    reliability: str | None
    credibility: int | None
    confidence: float | None
    inferred: bool
    extractor: str
    content: str
    recorded_at: datetime = instant()


class ClaimLinkRow(Table, table=True):
    """A claim that another one relays or corrects, in the order given."""

    __tablename__ = "claim_link"
    fid: int | None = fid()
    claim_fid: int = Field(foreign_key="claim.fid", index=True)
    relation: str
    position: int
    target: str = Field(index=True)


class StandingRow(Table, table=True):
    """Whether a claim is still said, still read and not forgotten; the latest row of it holds."""

    __tablename__ = "standing"
    fid: int | None = fid()
    claim_id: str = Field(index=True)
    holds: bool
    cause: str
    known_at: datetime = instant()
    recorded_at: datetime = instant()


class ClaimPlaceRow(Table, table=True):
    """One place of one reading of a claim; `shape` names the parts of a wide geometry."""

    __tablename__ = "claim_place"
    __table_args__ = (
        sa.Index(
            None,
            "shape",
            sqlite_where=sa.text("shape IS NOT NULL"),
            postgresql_where=sa.text("shape IS NOT NULL"),
        ),
    )
    fid: int | None = fid()
    id: str
    claim_fid: int = Field(foreign_key="claim.fid", index=True)
    role: str
    text: str
    name: str | None
    geometry: Any = Field(sa_type=Geometry("GEOMETRY"), nullable=True)
    radius_km: float | None
    gazetteer_id: str | None
    score: float | None
    alternatives: Any = json_list()
    reason: str | None
    shape: str | None
    content: str
    recorded_at: datetime = instant()


class ShapePartRow(Table, table=True):
    """A part of a wide geometry, small enough for its box in the R-tree to mean something."""

    __tablename__ = "shape_part"
    fid: int | None = fid()
    shape: str = Field(index=True)
    geometry: Any = Field(sa_type=Geometry("GEOMETRY"), nullable=False)


class JudgementRow(Table, table=True):
    """One decision of a person."""

    __tablename__ = "judgement"
    __table_args__ = (sa.Index(None, "report_id", "quote_start", "quote_end"),)
    fid: int | None = fid()
    id: str = Field(unique=True)
    report_id: str = Field(foreign_key="report.id")
    quote_start: int
    quote_end: int
    field: str
    outcome: str
    value: str | None
    reason: str
    judged_by: str
    judged_at: datetime = instant()
    recorded_at: datetime = instant()
    claim_id: str | None
