"""Shapes as whole numbers: the antimeridian, rings, anchors."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.page import geometry


@given(lon=st.floats(-180, 180), lat=st.floats(-85, 85))
def test_a_point_keeps_its_place(lon, lat):
    """A point is true to half a step, up to whole turns around the world."""
    columns = geometry.points([shapely.Point(lon, lat)])
    turned = (columns["lon"][0] / geometry.FINE - lon + 180) % 360 - 180
    assert abs(turned) < 6e-6
    assert abs(columns["lat"][0] / geometry.FINE - lat) < 6e-6


def test_chukotka_lies_east_of_the_rest():
    """A place west of the Bering Strait's line counts on beyond 180 degrees; Alaska does not."""
    columns = geometry.points(shapely.points([[-175.0, 66.0], [-150.0, 61.0]]))
    assert columns["lon"].tolist() == [18_500_000, -15_000_000]


def test_a_line_over_the_antimeridian_stays_one_line():
    """Neighbouring vertices at 179 and -179 degrees lie two degrees apart."""
    columns = geometry.lines([shapely.LineString([(170, 60), (179, 60), (-179, 61), (-170, 62)])])
    assert (columns["x"] / geometry.FINE).tolist() == [170, 179, 181, 190]


def test_a_line_before_the_antimeridian_is_not_moved_by_one_that_crosses():
    """Each line is followed by itself."""
    lines = [shapely.LineString([(179, 0), (-179, 0)]), shapely.LineString([(30, 0), (40, 0)])]
    assert (geometry.lines(lines)["x"] / geometry.FINE).tolist() == [179, 181, 30, 40]


def test_a_polygon_with_a_hole_has_two_rings():
    """Rings of all parts follow each other, with their sizes."""
    holed = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 4, 4))
    columns = geometry.polygons([shapely.union(holed, shapely.box(20, 0, 21, 1))])
    assert columns["parts"].tolist() == [3]
    assert sorted(columns["part_size"].tolist()) == [5, 5, 5]


def test_no_shapes_give_empty_columns():
    """A layer without rows is a layer, not an error."""
    assert all(len(values) == 0 for values in geometry.polygons([]).values())
    assert all(len(values) == 0 for values in geometry.lines([]).values())


def test_an_anchor_lies_inside_the_largest_part():
    """The label of a crescent with an island stands inside the crescent."""
    crescent = shapely.Point(0, 0).buffer(9).difference(shapely.Point(3, 0).buffer(8))
    shape = shapely.union(crescent, shapely.box(30, 30, 31, 31))
    columns = geometry.anchors([shape])
    point = shapely.Point(columns["lon"][0] / geometry.FINE, columns["lat"][0] / geometry.FINE)
    assert crescent.contains(point)


def test_poles_are_drawn_at_the_edge_of_the_map():
    """Mercator has no poles; latitudes end at 85 degrees."""
    columns = geometry.points(shapely.points([[0.0, 90.0], [0.0, -90.0]]))
    assert np.abs(columns["lat"]).max() == 85 * geometry.FINE
