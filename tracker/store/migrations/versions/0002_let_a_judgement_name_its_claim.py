"""Let a judgement name the one claim that it means, of several that quote the same words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.store.views import drop_views

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; judgements made before speak of every claim of their span."""
    op.add_column("judgement", sa.Column("claim_id", sa.String(), nullable=True))


def downgrade() -> None:
    """Drop the column, and the views that name it; `repair` makes those of a release again."""
    drop_views(op.get_bind())
    op.drop_column("judgement", "claim_id")
