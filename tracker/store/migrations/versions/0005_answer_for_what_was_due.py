"""Let a run say which due instants it answers for; keep alerts, and what is still to be sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.store.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two instants, and make the two tables."""
    op.add_column("run", sa.Column("due_since", UtcDateTime(), nullable=True))
    op.add_column("run", sa.Column("due_at", UtcDateTime(), nullable=True))
    op.create_table(
        "alert",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_alert")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_key")),
    )
    op.create_table(
        "outbox",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", "target", name=op.f("uq_outbox_key_target")),
    )


def downgrade() -> None:
    """Drop them; alerts are raised, and items sent, once more."""
    op.drop_table("outbox")
    op.drop_table("alert")
    with op.batch_alter_table("run") as batch:
        batch.drop_column("due_at")
        batch.drop_column("due_since")
