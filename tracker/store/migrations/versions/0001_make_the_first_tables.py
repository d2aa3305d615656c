"""Make the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.store.types import Geometry, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (  # in the order in which they name each other
    *("report", "version", "capture", "claim", "claim_link", "claim_place", "shape_part", "area"),
    *("movement_leg", "leg_claim", "judgement", "basis", "estimate", "ingredient", "run"),
)


def upgrade() -> None:
    """Make the tables and their indexes."""
    _create_report()
    _create_version()
    _create_capture()
    _create_claim()
    _create_claim_link()
    _create_claim_place()
    _create_shape_part()
    _create_area()
    _create_movement_leg()
    _create_leg_claim()
    _create_judgement()
    _create_basis()
    _create_estimate()
    _create_ingredient()
    _create_run()


def downgrade() -> None:
    """Drop the tables, and their indexes with them."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_report() -> None:
    op.create_table(
        "report",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("own_id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_report")),
        sa.UniqueConstraint("id", name=op.f("uq_report_id")),
    )
    op.create_index(op.f("ix_report_address"), "report", ["address"])


def _create_version() -> None:
    op.create_table(
        "version",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("known_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_version")),
        sa.UniqueConstraint("id", name=op.f("uq_version_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_version_report_id")),
    )
    op.create_index(op.f("ix_version_known_at"), "version", ["known_at"])
    op.create_index(op.f("ix_version_report_id"), "version", ["report_id"])


def _create_capture() -> None:
    op.create_table(
        "capture",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("captured_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_capture")),
        sa.UniqueConstraint(
            "version_id",
            "sha256",
            "address",
            "captured_at",
            name=op.f("uq_capture_version_id_sha256_address_captured_at"),
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_capture_version_id")),
    )
    op.create_index(op.f("ix_capture_sha256"), "capture", ["sha256"])


def _create_claim() -> None:
    op.create_table(
        "claim",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("flow", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("known_at", UtcDateTime(), nullable=False),
        sa.Column("claimant", sa.String(), nullable=True),
        sa.Column("claimant_id", sa.String(), nullable=True),
        sa.Column("via", sa.JSON(), nullable=False),
        sa.Column("qualifier", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("best", sa.Float(), nullable=True),
        sa.Column("approx", sa.Boolean(), nullable=True),
        sa.Column("per", sa.String(), nullable=True),
        sa.Column("relative_to", sa.String(), nullable=True),
        sa.Column("change", sa.String(), nullable=True),
        sa.Column("measure_text", sa.String(), nullable=True),
        sa.Column("extent", sa.String(), nullable=True),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("presence", sa.String(), nullable=True),
        sa.Column("equipment", sa.JSON(), nullable=False),
        sa.Column("formation", sa.String(), nullable=True),
        sa.Column("formation_id", sa.String(), nullable=True),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("observed_from", UtcDateTime(), nullable=True),
        sa.Column("observed_to", UtcDateTime(), nullable=True),
        sa.Column("observed_precision", sa.String(), nullable=True),
        sa.Column("observed_text", sa.String(), nullable=True),
        sa.Column("observed_zone", sa.String(), nullable=True),
        sa.Column("citation", sa.String(), nullable=True),
        sa.Column("relay_type", sa.String(), nullable=True),
        sa.Column("reliability", sa.String(), nullable=True),
        sa.Column("credibility", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.Column("extractor", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_claim")),
        sa.UniqueConstraint("id", "content", name=op.f("uq_claim_id_content")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_claim_report_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_claim_version_id")),
    )
    op.create_index(op.f("ix_claim_known_at"), "claim", ["known_at"])
    op.create_index(op.f("ix_claim_report_id"), "claim", ["report_id"])
    op.create_index(op.f("ix_claim_version_id"), "claim", ["version_id"])


def _create_claim_link() -> None:
    op.create_table(
        "claim_link",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("claim_fid", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_claim_link")),
        sa.ForeignKeyConstraint(["claim_fid"], ["claim.fid"], name=op.f("fk_claim_link_claim_fid")),
    )
    op.create_index(op.f("ix_claim_link_claim_fid"), "claim_link", ["claim_fid"])
    op.create_index(op.f("ix_claim_link_target"), "claim_link", ["target"])


def _create_claim_place() -> None:
    op.create_table(
        "claim_place",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("claim_fid", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("geometry", Geometry("GEOMETRY"), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("gazetteer_id", sa.String(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("alternatives", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("shape", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_claim_place")),
        sa.ForeignKeyConstraint(
            ["claim_fid"], ["claim.fid"], name=op.f("fk_claim_place_claim_fid")
        ),
    )
    op.create_index(op.f("ix_claim_place_claim_fid"), "claim_place", ["claim_fid"])
    op.create_index(
        op.f("ix_claim_place_shape"),
        "claim_place",
        ["shape"],
        sqlite_where=sa.text("shape IS NOT NULL"),
        postgresql_where=sa.text("shape IS NOT NULL"),
    )


def _create_shape_part() -> None:
    op.create_table(
        "shape_part",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("shape", sa.String(), nullable=False),
        sa.Column("geometry", Geometry("GEOMETRY"), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_shape_part")),
    )
    op.create_index(op.f("ix_shape_part_shape"), "shape_part", ["shape"])


def _create_area() -> None:
    op.create_table(
        "area",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("geometry", Geometry("GEOMETRY"), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("geometry_sha256", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_area")),
    )
    op.create_index(op.f("ix_area_id"), "area", ["id"])


def _create_movement_leg() -> None:
    op.create_table(
        "movement_leg",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("movement_id", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("geometry", Geometry("GEOMETRY"), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("window_from", UtcDateTime(), nullable=True),
        sa.Column("window_to", UtcDateTime(), nullable=True),
        sa.Column("window_precision", sa.String(), nullable=True),
        sa.Column("window_text", sa.String(), nullable=True),
        sa.Column("window_zone", sa.String(), nullable=True),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("formation", sa.String(), nullable=True),
        sa.Column("equipment", sa.JSON(), nullable=False),
        sa.Column("qualifier", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("best", sa.Float(), nullable=True),
        sa.Column("approx", sa.Boolean(), nullable=True),
        sa.Column("per", sa.String(), nullable=True),
        sa.Column("relative_to", sa.String(), nullable=True),
        sa.Column("change", sa.String(), nullable=True),
        sa.Column("measure_text", sa.String(), nullable=True),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.Column("via", sa.JSON(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_movement_leg")),
    )
    op.create_index(op.f("ix_movement_leg_id"), "movement_leg", ["id"])
    op.create_index(op.f("ix_movement_leg_movement_id"), "movement_leg", ["movement_id"])


def _create_leg_claim() -> None:
    op.create_table(
        "leg_claim",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("leg_fid", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_leg_claim")),
        sa.ForeignKeyConstraint(
            ["leg_fid"], ["movement_leg.fid"], name=op.f("fk_leg_claim_leg_fid")
        ),
    )
    op.create_index(op.f("ix_leg_claim_claim_id"), "leg_claim", ["claim_id"])
    op.create_index(op.f("ix_leg_claim_leg_fid"), "leg_claim", ["leg_fid"])


def _create_judgement() -> None:
    op.create_table(
        "judgement",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("judged_by", sa.String(), nullable=False),
        sa.Column("judged_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_judgement")),
        sa.UniqueConstraint("id", name=op.f("uq_judgement_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_judgement_report_id")),
    )
    op.create_index(
        op.f("ix_judgement_report_id_quote_start_quote_end"),
        "judgement",
        ["report_id", "quote_start", "quote_end"],
    )


def _create_basis() -> None:
    op.create_table(
        "basis",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_basis")),
        sa.UniqueConstraint("sha256", name=op.f("uq_basis_sha256")),
    )


def _create_estimate() -> None:
    op.create_table(
        "estimate",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("p05", sa.Float(), nullable=False),
        sa.Column("p25", sa.Float(), nullable=False),
        sa.Column("p50", sa.Float(), nullable=False),
        sa.Column("p75", sa.Float(), nullable=False),
        sa.Column("p95", sa.Float(), nullable=False),
        sa.Column("p_zero", sa.Float(), nullable=False),
        sa.Column("building_up", sa.Float(), nullable=False),
        sa.Column("drawing_down", sa.Float(), nullable=False),
        sa.Column("forecast", sa.Boolean(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("basis_fid", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_estimate")),
        sa.ForeignKeyConstraint(["basis_fid"], ["basis.fid"], name=op.f("fk_estimate_basis_fid")),
    )
    op.create_index(
        op.f("ix_estimate_area_actor_unit_scope_day_as_of"),
        "estimate",
        ["area", "actor", "unit", "scope", "day", "as_of"],
    )


def _create_ingredient() -> None:
    op.create_table(
        "ingredient",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_ingredient")),
    )
    op.create_index(op.f("ix_ingredient_name"), "ingredient", ["name"])


def _create_run() -> None:
    op.create_table(
        "run",
        sa.Column("fid", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("fid", name=op.f("pk_run")),
    )
    op.create_index(op.f("ix_run_job"), "run", ["job"])
