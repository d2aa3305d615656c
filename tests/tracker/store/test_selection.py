"""How questions are put to the database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import shapely
import sqlalchemy as sa

from tracker.store.selection import (
    claim,
    claim_conditions,
    known_before,
    place,
    place_conditions,
)
from tracker.vocabulary import PlaceRole

WINDOW = (datetime(2022, 1, 1, tzinfo=UTC), datetime(2022, 1, 30, tzinfo=UTC))


def plan_of(connection, select):
    """Read how sqlite would go about it."""
    compiled = select.compile(connection, compile_kwargs={"render_postcompile": True})
    rows = connection.exec_driver_sql(
        f"EXPLAIN QUERY PLAN {compiled}", tuple(0 for _ in compiled.positiontup)
    )
    return [row[3] for row in rows]


def test_a_box_begins_with_the_rtree(geopackage):
    """Places are looked up by what the R-tree gave, never by reading the table."""
    criteria = {"bbox": (30, 50, 31, 51), "observed": WINDOW, "as_of": date(2022, 1, 30)}
    select = (
        sa.select(place.c.fid)
        .join(claim, claim.c.fid == place.c.claim_fid)
        .where(*place_conditions(criteria), *claim_conditions(criteria))
    )

    with geopackage.database.reading() as connection:
        plan = plan_of(connection, select)

    assert plan[0] == "SEARCH claim_place USING INTEGER PRIMARY KEY (rowid=?)"
    assert any(step.startswith("SCAN rtree_claim_place_geometry") for step in plan)
    assert [step for step in plan if step.startswith("SCAN") and "rtree" not in step] == []


def test_a_day_ends_where_the_next_begins():
    """As of a day means before midnight UTC at its end."""
    assert known_before(date(2022, 2, 28)) == datetime(2022, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("width", [9.9995, 10.0, 10.0005, 10.5])
def test_shapes_of_about_the_limit_are_found(repository, store_claim, make_placed, width):
    """Whether a shape is cut into parts or not, it is found where it lies."""
    claim_ = store_claim()
    shape = make_placed(claim_, shapely.box(30, 50, 30 + width, 51))
    repository.add_claims((), [shape])

    assert repository.placed(bbox=(39.5, 50.5, 39.6, 50.6)) == [shape]
    assert repository.placed(bbox=(29, 49, 29.9, 49.9)) == []


def test_a_wide_shape_is_cut_once(repository, store_claim, make_placed):
    """Many places with the same wide shape share its parts."""
    claim_ = store_claim()
    wide = shapely.box(100, 50, 130, 60)
    roles = (PlaceRole.AT, PlaceRole.FROM, PlaceRole.TO)
    repository.add_claims((), [make_placed(claim_, wide, role=role) for role in roles])

    with repository.database.reading() as connection:
        parts = connection.exec_driver_sql("SELECT count(*) FROM shape_part").scalar()

    assert parts == 6 * 2
    assert len(repository.placed(bbox=(110, 55, 111, 56))) == len(roles)
