"""QGIS finds how to draw the layers, and what a person saved there stays."""

import sqlite3
from contextlib import closing

import pyogrio
import pytest
from lxml import etree

from tracker.store.doctor import State, examine, is_healthy
from tracker.store.layer_styles import STYLE, STYLES
from tracker.store.views import VIEWS


@pytest.fixture
def path(geopackage):
    return geopackage.database.path


def rows(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT f_table_name, styleName, styleQML, useAsDefault FROM layer_styles"
        ).fetchall()


def test_every_view_has_a_style_that_qgis_takes_as_default(path):
    """One style per view, for its column of shapes, as QGIS itself would have written it."""
    styles = pyogrio.read_dataframe(path, layer="layer_styles", read_geometry=False)

    assert set(styles["f_table_name"]) == {view.name for view in VIEWS}
    assert set(styles["f_geometry_column"]) == {"geometry"}
    assert styles["useAsDefault"].all()


@pytest.mark.parametrize("layer", STYLES)
def test_a_style_is_well_formed_and_every_rule_has_its_symbol(layer):
    """QML: each rule names a symbol that is there."""
    renderer = etree.fromstring(STYLES[layer]).find("renderer-v2")
    named = {rule.get("symbol") for rule in renderer.iterfind("rules/rule")}

    assert named
    assert named == {symbol.get("name") for symbol in renderer.iterfind("symbols/symbol")}


def test_the_doctor_mends_our_style_and_keeps_a_person_s(geopackage, path):
    """A style of one's own stays, and stays the default; ours comes back beside it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM layer_styles WHERE f_table_name = 'claims'")
        connection.execute(
            "INSERT INTO layer_styles (f_table_name, styleName, styleQML, useAsDefault) "
            "VALUES ('claims', 'mine', '<qgis/>', 1)"
        )

    findings = examine(geopackage.database)

    assert is_healthy(findings)
    assert any("style of claims" in one.message for one in findings if one.state is State.MENDED)
    of_claims = {name: held for layer, name, *held in rows(path) if layer == "claims"}
    assert of_claims["mine"] == ["<qgis/>", 1]
    assert of_claims[STYLE] == [STYLES["claims"], 0]
    assert all(one.state is State.SOUND for one in examine(geopackage.database))
