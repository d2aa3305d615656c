"""GeoPackage binary."""

from __future__ import annotations

import sqlite3

import geopandas
import pytest
import shapely

from tracker.errors import InvalidValueError
from tracker.store import gpb

SHAPES = (
    shapely.Point(33.2, 54.6),
    shapely.Point(),
    shapely.LineString([(130, 45), (40, 55)]),
    shapely.box(22, 44, 60, 60),
    shapely.MultiPolygon([shapely.box(170, 60, 180, 70), shapely.box(-180, 60, -170, 70)]),
    shapely.MultiPolygon(),
    shapely.GeometryCollection([shapely.Point(1, 2), shapely.LineString([(0, 0), (1, 1)])]),
)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_unpacking_undoes_packing(shape):
    """What is packed, alone or among many, is unpacked as it was."""
    assert gpb.decode(gpb.encode(shape)) == shape
    assert gpb.encode_many([shape, None]) == [gpb.encode(shape), None]
    assert list(gpb.decode_many([gpb.encode(shape), None])) == [shape, None]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_bounds_are_those_of_the_shape(shape):
    """The envelope is read from the header, or from the shape where there is none."""
    west, south, east, north = shape.bounds
    expected = None if shape.is_empty else (west, east, south, north)

    assert gpb.bounds_of(gpb.encode(shape)) == expected


def test_bounds_without_an_envelope_are_worked_out():
    """A line that another program wrote without an envelope has its bounds all the same."""
    line = shapely.LineString([(1, 2), (3, 4)])
    header = b"GP\x00\x01" + (4326).to_bytes(4, "little")

    assert gpb.bounds_of(header + line.wkb) == (1, 3, 2, 4)


def test_blobs_of_other_programs_are_read(tmp_path):
    """A shape that GDAL wrote is read as it is."""
    box = shapely.box(30, 50, 31, 51)
    path = tmp_path / "gdal.gpkg"
    geopandas.GeoDataFrame(geometry=[box], crs=4326).to_file(path, layer="x")
    with sqlite3.connect(path) as connection:
        ((blob,),) = connection.execute("SELECT geom FROM x")
    connection.close()

    assert gpb.decode(blob) == box
    assert gpb.bounds_of(blob) == (30, 31, 50, 51)


def test_heights_are_refused():
    """A shape with heights is refused, because the tables declare none."""
    with pytest.raises(InvalidValueError, match="heights"):
        gpb.encode_many([shapely.Point(1, 2, 3)])
