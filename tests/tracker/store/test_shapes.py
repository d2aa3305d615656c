"""Wide shapes in parts."""

from __future__ import annotations

import shapely
from hypothesis import given
from hypothesis import strategies as st

from tracker.store.shapes import PART_DEG, WIDE_DEG, parts_of, shape_id

longitudes = st.integers(-180_000, 180_000).map(lambda number: number / 1000)
latitudes = st.integers(-90_000, 90_000).map(lambda number: number / 1000)
corners = st.lists(st.tuples(longitudes, latitudes), min_size=3, max_size=6)


@given(corners=corners)
def test_parts_cover_the_shape(corners):
    """What lies in the shape lies in a part, and no part is wider than its cell."""
    shape = shapely.MultiPoint(corners).convex_hull

    parts = parts_of(shape)

    together = shapely.union_all(parts)
    assert together.buffer(1e-6).covers(shape)
    for part in parts:
        west, south, east, north = part.bounds
        assert max(east - west, north - south) <= PART_DEG + 1e-9


def test_small_shapes_are_not_cut():
    """A town or an oblast has no parts; the Far East has."""
    assert shape_id(None) is None
    assert shape_id(shapely.Point(33, 54)) is None
    assert shape_id(shapely.box(30, 50, 30 + WIDE_DEG, 55)) is None
    assert shape_id(shapely.box(120, 42, 180, 77)) is not None


def test_a_shape_on_the_edges_of_cells_has_parts():
    """A line along the grid, as thin as a line is, is not lost."""
    line = shapely.LineString([(30, 40), (30, 60)])

    assert shapely.union_all(parts_of(line)).length == line.length
