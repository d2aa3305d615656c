"""What follows from claims: echoes, grades, areas, legs and estimates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from tracker.store.table import Table, fid, instant, json_list
from tracker.store.types import Geometry


class SignatureRow(Table, table=True):
    """By what a wording is looked up when others are compared with it."""

    __tablename__ = "signature"
    fid: int | None = fid()
    version_id: str = Field(foreign_key="version.id", unique=True)
    published_at: datetime = instant(index=True)
    keys: bytes
    recorded_at: datetime = instant()


class EchoRow(Table, table=True):
    """What one claim counts within the cluster of those that repeat one origin."""

    __tablename__ = "echo"
    fid: int | None = fid()
    claim_id: str = Field(index=True)
    cluster: str
    origin: str
    weight: float
    kind: str
    reason: str
    content: str
    recorded_at: datetime = instant()


class GradeRow(Table, table=True):
    """A change of a claim's grade; without a grade, a change that no longer holds."""

    __tablename__ = "grade"
    fid: int | None = fid()
    claim_id: str = Field(index=True)
    axis: str
    known_at: datetime = instant()
    grade: str | None
    reason: str
    content: str
    recorded_at: datetime = instant()


class AreaRow(Table, table=True):
    """One version of a named area."""

    __tablename__ = "area"
    fid: int | None = fid()
    id: str = Field(index=True)
    name: str
    geometry: Any = Field(sa_type=Geometry("GEOMETRY"), nullable=False)
    names: Any = json_list()
    parent: str | None
    kind: str
    valid_from: date | None
    valid_until: date | None
    geometry_sha256: str
    content: str
    recorded_at: datetime = instant()


class LegRow(Table, table=True):
    """One version of a leg of a movement."""

    __tablename__ = "movement_leg"
    fid: int | None = fid()
    id: str = Field(index=True)
    movement_id: str | None = Field(index=True)
    actor: str
    origin: str
    destination: str
    geometry: Any = Field(sa_type=Geometry("GEOMETRY"), nullable=False)
    status: str
    window_from: datetime | None = instant(nullable=True)
    window_to: datetime | None = instant(nullable=True)
    window_precision: str | None
    window_text: str | None
    window_zone: str | None
    mode: str | None
    formation: str | None
    equipment: Any = json_list()
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
    via: Any = json_list()
    content: str
    recorded_at: datetime = instant()


class LegClaimRow(Table, table=True):
    """A claim that a leg rests on, in the order given."""

    __tablename__ = "leg_claim"
    fid: int | None = fid()
    leg_fid: int = Field(foreign_key="movement_leg.fid", index=True)
    position: int
    claim_id: str = Field(index=True)


class BasisRow(Table, table=True):
    """Claims with their weights, kept once for all the estimates that rest on the same ones."""

    __tablename__ = "basis"
    fid: int | None = fid()
    sha256: str = Field(unique=True)
    claims: Any = json_list()


class EstimateRow(Table, table=True):
    """One estimate as it was made; a later run adds rows."""

    __tablename__ = "estimate"
    __table_args__ = (sa.Index(None, "area", "actor", "unit", "scope", "day", "as_of"),)
    fid: int | None = fid()
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
    recorded_at: datetime = instant()
