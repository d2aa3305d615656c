"""The tables, and nothing but the tables: domain values stay apart and are mapped row by row.

Two times everywhere: `known_at` is when the public could know, `recorded_at` when this workspace
wrote the row. No row is changed: a new reading, placing or wording is a new row with the same `id`,
and the row with the highest `fid` holds. Only what was empty in a report is filled in once it is
learnt. `fid` is the integer key that a GeoPackage asks for.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from tracker.store.types import Geometry, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMING))):
    """Base of all tables, with a registry of its own beside any other use of SQLModel."""

    model_config = {"arbitrary_types_allowed": True}


metadata = Table.metadata


def _fid() -> Any:
    return Field(default=None, primary_key=True)


def _instant(*, nullable: bool = False, index: bool = False) -> Any:
    return Field(sa_type=UtcDateTime, nullable=nullable, index=index)


def _json() -> Any:
    return Field(sa_type=sa.JSON, nullable=False)


class ReportRow(Table, table=True):
    """One publication."""

    __tablename__ = "report"
    fid: int | None = _fid()
    id: str = Field(unique=True)
    source: str
    own_id: str
    address: str | None = Field(index=True)
    language: str | None
    recorded_at: datetime = _instant()


class VersionRow(Table, table=True):
    """One wording of a report."""

    __tablename__ = "version"
    fid: int | None = _fid()
    id: str = Field(unique=True)
    report_id: str = Field(foreign_key="report.id", index=True)
    title: str
    text: str
    published_at: datetime = _instant()
    known_at: datetime = _instant(index=True)
    recorded_at: datetime = _instant()


class CaptureRow(Table, table=True):
    """One fetch of bytes; `chain` hashes the row together with the `chain` of the row before."""

    __tablename__ = "capture"
    __table_args__ = (sa.UniqueConstraint("version_id", "sha256", "address", "captured_at"),)
    fid: int | None = _fid()
    version_id: str = Field(foreign_key="version.id")
    sha256: str = Field(index=True)
    address: str = Field(index=True)
    captured_at: datetime = _instant()
    status: int | None
    headers: Any = _json()
    chain: str
    recorded_at: datetime = _instant()


class ClaimRow(Table, table=True):
    """One reading of a claim; a better extractor adds a row with the same `id`."""

    __tablename__ = "claim"
    __table_args__ = (sa.UniqueConstraint("id", "content"),)
    fid: int | None = _fid()
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
    known_at: datetime = _instant(index=True)
    claimant: str | None
    claimant_id: str | None
    via: Any = _json()
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
    equipment: Any = _json()
    formation: str | None
    formation_id: str | None
    places: Any = _json()
    direction: str | None
    mode: str | None
    observed_from: datetime | None = _instant(nullable=True)
    observed_to: datetime | None = _instant(nullable=True)
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
    recorded_at: datetime = _instant()


class ClaimLinkRow(Table, table=True):
    """A claim that another one relays or corrects, in the order given."""

    __tablename__ = "claim_link"
    fid: int | None = _fid()
    claim_fid: int = Field(foreign_key="claim.fid", index=True)
    relation: str
    position: int
    target: str = Field(index=True)


class StandingRow(Table, table=True):
    """Whether a claim is still said, still read and not forgotten; the latest row of it holds."""

    __tablename__ = "standing"
    fid: int | None = _fid()
    claim_id: str = Field(index=True)
    holds: bool
    cause: str
    known_at: datetime = _instant()
    recorded_at: datetime = _instant()


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
    fid: int | None = _fid()
    id: str
    claim_fid: int = Field(foreign_key="claim.fid", index=True)
    role: str
    text: str
    name: str | None
    geometry: Any = Field(sa_type=Geometry("GEOMETRY"), nullable=True)
    radius_km: float | None
    gazetteer_id: str | None
    score: float | None
    alternatives: Any = _json()
    reason: str | None
    shape: str | None
    content: str
    recorded_at: datetime = _instant()


class ShapePartRow(Table, table=True):
    """A part of a wide geometry, small enough for its box in the R-tree to mean something."""

    __tablename__ = "shape_part"
    fid: int | None = _fid()
    shape: str = Field(index=True)
    geometry: Any = Field(sa_type=Geometry("GEOMETRY"), nullable=False)


class AreaRow(Table, table=True):
    """One version of a named area."""

    __tablename__ = "area"
    fid: int | None = _fid()
    id: str = Field(index=True)
    name: str
    geometry: Any = Field(sa_type=Geometry("GEOMETRY"), nullable=False)
    names: Any = _json()
    parent: str | None
    kind: str
    valid_from: date | None
    valid_until: date | None
    geometry_sha256: str
    content: str
    recorded_at: datetime = _instant()


class LegRow(Table, table=True):
    """One version of a leg of a movement."""

    __tablename__ = "movement_leg"
    fid: int | None = _fid()
    id: str = Field(index=True)
    movement_id: str | None = Field(index=True)
    actor: str
    origin: str
    destination: str
    geometry: Any = Field(sa_type=Geometry("GEOMETRY"), nullable=False)
    status: str
    window_from: datetime | None = _instant(nullable=True)
    window_to: datetime | None = _instant(nullable=True)
    window_precision: str | None
    window_text: str | None
    window_zone: str | None
    mode: str | None
    formation: str | None
    equipment: Any = _json()
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
    inferred: bool
    via: Any = _json()
    content: str
    recorded_at: datetime = _instant()


class LegClaimRow(Table, table=True):
    """A claim that a leg rests on, in the order given."""

    __tablename__ = "leg_claim"
    fid: int | None = _fid()
    leg_fid: int = Field(foreign_key="movement_leg.fid", index=True)
    position: int
    claim_id: str = Field(index=True)


class JudgementRow(Table, table=True):
    """One decision of a person."""

    __tablename__ = "judgement"
    __table_args__ = (sa.Index(None, "report_id", "quote_start", "quote_end"),)
    fid: int | None = _fid()
    id: str = Field(unique=True)
    report_id: str = Field(foreign_key="report.id")
    quote_start: int
    quote_end: int
    field: str
    outcome: str
    value: str | None
    reason: str
    judged_by: str
    judged_at: datetime = _instant()
    recorded_at: datetime = _instant()
    claim_id: str | None


class SignatureRow(Table, table=True):
    """By what a wording is looked up when others are compared with it."""

    __tablename__ = "signature"
    fid: int | None = _fid()
    version_id: str = Field(foreign_key="version.id", unique=True)
    published_at: datetime = _instant(index=True)
    keys: bytes
    recorded_at: datetime = _instant()


class EchoRow(Table, table=True):
    """What one claim counts within the cluster of those that repeat one origin."""

    __tablename__ = "echo"
    fid: int | None = _fid()
    claim_id: str = Field(index=True)
    cluster: str
    origin: str
    weight: float
    kind: str
    reason: str
    content: str
    recorded_at: datetime = _instant()


class GradeRow(Table, table=True):
    """A change of a claim's grade; without a grade, a change that no longer holds."""

    __tablename__ = "grade"
    fid: int | None = _fid()
    claim_id: str = Field(index=True)
    axis: str
    known_at: datetime = _instant()
    grade: str | None
    reason: str
    content: str
    recorded_at: datetime = _instant()


class BasisRow(Table, table=True):
    """Claims with their weights, kept once for all the estimates that rest on the same ones."""

    __tablename__ = "basis"
    fid: int | None = _fid()
    sha256: str = Field(unique=True)
    claims: Any = _json()


class EstimateRow(Table, table=True):
    """One estimate as it was made; a later run adds rows."""

    __tablename__ = "estimate"
    __table_args__ = (sa.Index(None, "area", "actor", "unit", "scope", "day", "as_of"),)
    fid: int | None = _fid()
    area: str
    actor: str
    day: date
    as_of: date
    unit: str
    scope: str
    p05: float
    p25: float
    p50: float
    p75: float
    p95: float
    p_zero: float
    building_up: float
    drawing_down: float
    forecast: bool
    method: str
    basis_fid: int = Field(foreign_key="basis.fid")
    content: str
    recorded_at: datetime = _instant()


class IngredientRow(Table, table=True):
    """A version of an extractor, a gazetteer or the seeds that this workspace has worked with."""

    __tablename__ = "ingredient"
    fid: int | None = _fid()
    name: str = Field(index=True)
    release: str
    recorded_at: datetime = _instant()


class RunRow(Table, table=True):
    """One run of a job; the only rows that change, from running to how it ended."""

    __tablename__ = "run"
    fid: int | None = _fid()
    job: str = Field(index=True)
    started_at: datetime = _instant()
    ended_at: datetime | None = _instant(nullable=True)
    state: str
    message: str
    counts: Any = _json()
    due_since: datetime | None = _instant(nullable=True)
    due_at: datetime | None = _instant(nullable=True)


class AlertRow(Table, table=True):
    """Something that people asked to be told, once."""

    __tablename__ = "alert"
    fid: int | None = _fid()
    key: str = Field(unique=True)
    kind: str
    subject: str
    message: str
    recorded_at: datetime = _instant()


class OutboxRow(Table, table=True):
    """Something to be sent to one target; it changes with each try, until it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (sa.UniqueConstraint("key", "target"),)
    fid: int | None = _fid()
    key: str
    target: str
    body: Any = _json()
    recorded_at: datetime = _instant()
    sent_at: datetime | None = _instant(nullable=True)
    tries: int
    message: str


class SourceRow(Table, table=True):
    """Where the next reading of a source goes on; changed in the transaction of what it gave."""

    __tablename__ = "source"
    fid: int | None = _fid()
    name: str = Field(unique=True)
    cursor: Any = _json()
    changed_at: datetime = _instant()


class ForgottenRow(Table, table=True):
    """A report whose words were erased, and why."""

    __tablename__ = "forgotten"
    fid: int | None = _fid()
    report_id: str = Field(foreign_key="report.id", unique=True)
    reason: str
    recorded_at: datetime = _instant()


class ForgottenBytesRow(Table, table=True):
    """Hash of bytes that were erased from the archive with a report."""

    __tablename__ = "forgotten_bytes"
    fid: int | None = _fid()
    sha256: str = Field(unique=True)
    recorded_at: datetime = _instant()
