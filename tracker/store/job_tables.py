"""Runs of jobs, what they worked with, and what they have to send."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from tracker.store.table import Table, fid, instant, json_list


class IngredientRow(Table, table=True):
    """A version of an extractor, a gazetteer or the seeds that this workspace has worked with."""

    __tablename__ = "ingredient"
    fid: int | None = fid()
    name: str = Field(index=True)
    release: str
    recorded_at: datetime = instant()


class RunRow(Table, table=True):
    """One run of a job; the only rows that change, from running to how it ended."""

    __tablename__ = "run"
    fid: int | None = fid()
    job: str = Field(index=True)
    started_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
    state: str
    message: str
    counts: Any = json_list()
    due_since: datetime | None = instant(nullable=True)
    due_at: datetime | None = instant(nullable=True)


class AlertRow(Table, table=True):
    """Something that people asked to be told, once."""

    __tablename__ = "alert"
    fid: int | None = fid()
    key: str = Field(unique=True)
    kind: str
    subject: str
    message: str
    recorded_at: datetime = instant()


class OutboxRow(Table, table=True):
    """Something to be sent to one target; it changes with each try, until it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (sa.UniqueConstraint("key", "target"),)
    fid: int | None = fid()
    key: str
    target: str
    body: Any = json_list()
    recorded_at: datetime = instant()
    sent_at: datetime | None = instant(nullable=True)
    tries: int
    message: str
