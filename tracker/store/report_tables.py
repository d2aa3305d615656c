"""Reports with their wordings and captures, the memory of their sources, and what was forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from tracker.store.table import Table, fid, instant, json_list


class ReportRow(Table, table=True):
    """One publication."""

    __tablename__ = "report"
    fid: int | None = fid()
    id: str = Field(unique=True)
    source: str
    own_id: str
    address: str | None = Field(index=True)
    language: str | None
    recorded_at: datetime = instant()


class VersionRow(Table, table=True):
    """One wording of a report."""

    __tablename__ = "version"
    fid: int | None = fid()
    id: str = Field(unique=True)
    report_id: str = Field(foreign_key="report.id", index=True)
    title: str
    text: str
    published_at: datetime = instant()
    known_at: datetime = instant(index=True)
    recorded_at: datetime = instant()


class CaptureRow(Table, table=True):
    """One fetch of bytes; `chain` hashes the row together with the `chain` of the row before."""

    __tablename__ = "capture"
    __table_args__ = (sa.UniqueConstraint("version_id", "sha256", "address", "captured_at"),)
    fid: int | None = fid()
    version_id: str = Field(foreign_key="version.id")
    sha256: str = Field(index=True)
    address: str = Field(index=True)
    captured_at: datetime = instant()
    status: int | None
    headers: Any = json_list()
    chain: str
    recorded_at: datetime = instant()


class SourceRow(Table, table=True):
    """Where the next reading of a source goes on; changed in the transaction of what it gave."""

    __tablename__ = "source"
    fid: int | None = fid()
    name: str = Field(unique=True)
    cursor: Any = json_list()
    changed_at: datetime = instant()


class ForgottenRow(Table, table=True):
    """A report whose words were erased, and why."""

    __tablename__ = "forgotten"
    fid: int | None = fid()
    report_id: str = Field(foreign_key="report.id", unique=True)
    reason: str
    recorded_at: datetime = instant()


class ForgottenBytesRow(Table, table=True):
    """Hash of bytes that were erased from the archive with a report."""

    __tablename__ = "forgotten_bytes"
    fid: int | None = fid()
    sha256: str = Field(unique=True)
    recorded_at: datetime = instant()
