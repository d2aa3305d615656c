"""Every form is read back by a program that did not write it."""

import json
import zipfile
from itertools import pairwise

import duckdb
import geopandas
import pandas as pd
import pyogrio
import pytest
import stix2
from lxml import etree
from python_calamine import CalamineWorkbook

from tests.tracker.exports.conftest import HOSTILE
from tracker.errors import InvalidValueError, UnreadableInputError
from tracker.exports import Form, Table, form_of, write_table
from tracker.exports.kml import NAMESPACE


@pytest.fixture
def export(make_table, tmp_path):
    def make(name, table=None):
        file = tmp_path / name
        return write_table(table or make_table(), file, form_of(file), ["1 claim not shown."]).file

    return make


def test_csv_is_safe_and_numbers_stay_numbers(export):
    """Formulas are inert, -33.5 comes back as a number, letters as they were."""
    back = pd.read_csv(export("x.csv"))

    assert back["title"].tolist() == [f"'{HOSTILE}"] * 3
    assert back["change"].tolist()[1:] == [-33.5, -33.5]
    assert back["quote"].tolist()[1] == "-33.5"
    assert back["lon"].tolist()[1] == 33.12346
    assert back["geometry"][2].startswith("POLYGON")


def test_xlsx_types_its_cells(export):
    """Text that looks like a formula is text, word for word; numbers and flags are themselves."""
    file = export("x.xlsx")
    book = CalamineWorkbook.from_path(str(file))
    header, _, row, _ = book.get_sheet_by_name("sightings").to_python()
    cells = dict(zip(header, row, strict=True))

    assert cells["title"] == HOSTILE
    assert (cells["change"], cells["sure"]) == (-33.5, True)
    assert cells["quote"] == "-33.5"
    assert "<f>" not in zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    assert ["TLP:GREEN" in str(line) for line in book.get_sheet_by_name("about").to_python()].count(
        True
    )


@pytest.mark.parametrize("name", ["x.geojson", "x.parquet", "x.gpkg"])
def test_geopandas_reads_the_same_rows(export, make_table, name):
    """Shapes in degrees, instants in UTC, numbers, and what is missing stays missing."""
    file = export(name)
    read = geopandas.read_parquet if name == "x.parquet" else geopandas.read_file
    back = read(file, **({"layer": "sightings"} if name == "x.gpkg" else {}))
    made = pd.concat(list(make_table().parts()))

    assert back.crs == "EPSG:4326"
    assert back["change"].tolist()[1:] == [-33.5, -33.5]
    assert back["title"].tolist() == made["title"].tolist()
    assert back["claimant"].isna().all()
    assert pd.isna(back["change"][0])
    assert pd.Timestamp(back["time_from"][1]).tz_convert("UTC") == made["time_from"].iloc[1]
    assert [shape is None for shape in back.geometry] == [True, False, False]
    assert back.geometry[2].equals(made.geometry.iloc[2])


def test_duckdb_reads_parquet_and_geojson(export):
    """A database that knows none of this code finds the same numbers and instants."""
    parquet, collection = export("x.parquet"), export("x.geojson")

    rows = duckdb.sql(f"SELECT change, sure, day, title FROM '{parquet}'").fetchall()
    path = "$.features[*].properties.change"
    said = duckdb.sql(
        f"SELECT unnest(json_extract(content, '{path}')) FROM read_text('{collection}')"
    ).fetchall()

    assert [row[0] for row in rows] == [None, -33.5, -33.5]
    assert rows[1][1] is True
    assert str(rows[1][2]) == "2022-01-10"
    assert rows[0][3] == HOSTILE
    assert [row[0] for row in said] == ["null", "-33.5", "-33.5"]


def test_geojson_and_parquet_tell_about_themselves(export):
    """What was withheld, licence and meanings travel inside."""
    import pyarrow.parquet as pq

    collection = json.loads(export("x.geojson").read_text("utf-8"))
    inside = json.loads(pq.ParquetFile(export("x.parquet")).metadata.metadata[b"metadata"])

    assert collection["metadata"] == inside
    assert inside["withheld"] == ["1 claim not shown."]
    assert (inside["rows"], inside["licence"]) == (3, "CC BY 4.0")
    ring = collection["features"][2]["geometry"]["coordinates"][0]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert area > 0, "outer rings run counter-clockwise (RFC 7946)"


@pytest.mark.validator
def test_geopackage_is_valid_and_styled(export):
    """GDAL's validator is content, and QGIS finds the style of the layer."""
    from osgeo_utils.samples import validate_gpkg

    file = export("x.gpkg")
    styles = pyogrio.read_dataframe(file, layer="layer_styles")
    columns = pyogrio.read_info(file, layer="sightings")["geometry_name"]

    assert validate_gpkg.check(str(file), abort_at_first_error=False, extra_checks=True) == []
    assert styles["f_table_name"].tolist() == ["sightings"]
    assert styles["f_geometry_column"].tolist() == [columns]
    assert etree.fromstring(styles["styleQML"][0]).find("renderer-v2/rules/rule") is not None


@pytest.mark.parametrize("name", ["x.kml", "x.kmz"])
def test_kml_is_read_by_gdal_and_holds_hostile_text(export, name):
    """Placemarks, times and data; markup and control characters do no harm."""
    file = export(name)
    data = zipfile.ZipFile(file).read("doc.kml") if name == "x.kmz" else file.read_bytes()
    tree = etree.fromstring(data)
    names = [one.text for one in tree.iter(f"{{{NAMESPACE}}}name")]

    assert names.count(HOSTILE) == 3
    assert [one.text for one in tree.iter(f"{{{NAMESPACE}}}begin")] == ["2022-01-10T12:00:00Z"] * 2
    assert "TLP:GREEN" in tree.findtext(f".//{{{NAMESPACE}}}description")
    if name == "x.kml":
        assert len(geopandas.read_file(file)) == 3


def test_timemap_events_are_read_by_the_connector_of_timemap(export):
    """Each event has what `jobs.connectors.timemap` looks for; no place, no event."""
    from jobs.connectors.timemap import USUAL

    events = json.loads(export("x.timemap.json").read_text("utf-8"))["events"]

    assert len(events) == 2
    assert set(USUAL.values()) <= set(events[0])
    assert (events[0]["date"], events[0]["longitude"]) == ("2022-01-10", "33.12346")


def test_stix_is_a_valid_bundle(export):
    """The standard's own library reads it; each claim is a note on a place, under its marking."""
    bundle = stix2.parse(export("x.stix.json").read_text("utf-8"), allow_custom=True)
    by_type = {}
    for thing in bundle.objects:
        by_type.setdefault(thing["type"], []).append(thing)

    assert len(by_type["note"]) == 3
    assert len(by_type["location"]) == 2
    assert {one["id"] for one in by_type["note"]} <= set(by_type["report"][0]["object_refs"])
    (marking,) = by_type["marking-definition"]
    assert marking["name"] == "TLP:GREEN"
    assert all(one["object_marking_refs"] == [marking["id"]] for one in by_type["note"])


@pytest.mark.parametrize("form", sorted(set(Form) - {Form.GEOPACKAGE, Form.XLSX}))
def test_the_same_rows_give_the_same_bytes(make_table, tmp_path, form):
    """Whoever compares two exports sees what changed; GeoPackage and XLSX hold the time."""
    for name in ("one", "two"):
        write_table(make_table(), tmp_path / name, form, [])

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("form", sorted(set(Form) - {Form.KML, Form.KMZ}))
def test_a_table_without_rows_is_a_file(make_table, tmp_path, form):
    """Nothing to tell is told in every form."""
    made = make_table()
    empty = Table(
        name=made.name, title=made.title, fields=made.fields, facts=made.facts, batches=[]
    )

    assert write_table(empty, tmp_path / "empty", form, []).rows == 0
    assert (tmp_path / "empty").stat().st_size > 0


def test_a_failed_export_leaves_the_old_file_alone(make_table, tmp_path):
    """A file is replaced when the new one is complete, and nothing else is left behind."""

    def broken():
        yield from make_table().batches
        raise InvalidValueError("no more rows.")

    made, file = make_table(), tmp_path / "x.csv"
    file.write_text("old")
    table = Table(
        name=made.name, title=made.title, fields=made.fields, facts=made.facts, batches=broken()
    )

    with pytest.raises(InvalidValueError, match="no more rows"):
        write_table(table, file, Form.CSV, [])

    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    assert file.read_text() == "old"


def test_a_name_that_tells_no_format_is_told(tmp_path):
    """The sentence lists the endings; a folder is no file."""
    with pytest.raises(InvalidValueError, match=r"\.geojson"):
        form_of(tmp_path / "map.shp")
    with pytest.raises(InvalidValueError, match="choose one of csv"):
        form_of(tmp_path / "x.csv", "shapefile")


def test_a_folder_is_no_file(make_table, tmp_path):
    """The name of a folder is refused before anything is written."""
    with pytest.raises(UnreadableInputError, match="is a folder"):
        write_table(make_table(), tmp_path, Form.CSV, [])
