"""Let a claim be withdrawn and come back, and a report be forgotten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.store.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables, and let the last capture of an address be found."""
    op.create_index(op.f("ix_capture_address"), "capture", ["address"])
    op.create_table(
        "standing",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("known_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_standing")),
    )
    op.create_index(op.f("ix_standing_claim_id"), "standing", ["claim_id"])
    op.create_table(
        "forgotten",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_forgotten")),
        sa.UniqueConstraint("report_id", name=op.f("uq_forgotten_report_id")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_forgotten_report_id_report")
        ),
    )
    op.create_table(
        "forgotten_bytes",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_forgotten_bytes")),
        sa.UniqueConstraint("sha256", name=op.f("uq_forgotten_bytes_sha256")),
    )


def downgrade() -> None:
    """Drop them; withdrawn claims hold again, and what was erased stays erased."""
    op.drop_table("forgotten_bytes")
    op.drop_table("forgotten")
    op.drop_table("standing")
    op.drop_index(op.f("ix_capture_address"), "capture")
