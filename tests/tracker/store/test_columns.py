"""Tests of columns that are turned at once."""

import json
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
import shapely
import sqlalchemy as sa

from tracker.store import Repository
from tracker.store.columns import each, instants, lists, raw, read_columns, shapes, stated
from tracker.store.gpb import encode
from tracker.store.tables import metadata
from tracker.vocabulary import Status


def test_equal_cells_are_turned_once():
    """Turning a column costs one call for each different value, and keeps the order."""
    turned = []
    assert each(["b", "a", "b"], lambda cell: turned.append(cell) or cell.upper()) == list("BAB")
    assert sorted(turned) == ["a", "b"]


def test_what_is_not_stated_stays_none():
    """None is no word of a vocabulary, and a word outside it is refused."""
    assert stated(["actual", None], Status) == [Status.ACTUAL, None]
    with pytest.raises(ValueError, match="sighted"):
        stated(["sighted"], Status)


def test_a_file_and_a_server_give_the_same_values():
    """Texts of a file and what a server's driver has read already become equal values."""
    at = datetime(2022, 1, 13, 9, tzinfo=UTC)
    there = at.astimezone(timezone(timedelta(hours=10)))
    assert instants(["2022-01-13T09:00:00.000Z"]) == instants([there]) == [at]
    assert instants([there])[0].tzinfo is UTC
    held = [["rail", 3], []]
    assert lists([json.dumps(one) for one in held]) == lists(held) == [("rail", 3), ()]
    point = shapely.Point(73.4, 55.0)
    hexed = shapely.set_srid(point, 4326).wkb_hex
    for given in ([encode(point), None], [hexed, None]):
        found = shapes(given)
        assert found[0] == point
        assert shapely.get_srid(found[0]) == 0
        assert found[1] is None


def test_an_empty_answer_has_its_columns(tmp_path):
    """A question that nothing answers gives every column, without rows."""
    report = metadata.tables["report"]
    select = sa.select(*raw([report.c.id, report.c.source]))
    repository = Repository.open(tmp_path / "tracker.gpkg", create=True)
    with repository, repository.database.reading() as connection:
        read = read_columns(connection, select)
    assert read == {"id": [], "source": []}
    assert np.size(shapes([])) == 0
