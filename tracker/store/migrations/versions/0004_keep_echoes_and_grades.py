"""Keep by what wordings are compared, which claims are echoes, and how grades changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.store.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables; they are filled when claims are weighed next."""
    op.create_table(
        "signature",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_signature")),
        sa.UniqueConstraint("version_id", name=op.f("uq_signature_version_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_signature_version_id")
        ),
    )
    op.create_index(op.f("ix_signature_published_at"), "signature", ["published_at"])
    op.create_table(
        "echo",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("cluster", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_echo")),
    )
    op.create_index(op.f("ix_echo_claim_id"), "echo", ["claim_id"])
    op.create_table(
        "grade",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("axis", sa.String(), nullable=False),
        sa.Column("known_at", UtcDateTime(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_grade")),
    )
    op.create_index(op.f("ix_grade_claim_id"), "grade", ["claim_id"])


def downgrade() -> None:
    """Drop them; all that they hold follows from reports and claims."""
    for table in ("grade", "echo", "signature"):
        op.drop_table(table)
