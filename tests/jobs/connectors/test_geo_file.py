"""Maps come in feature by feature, by a reader that their ending allows and no other."""

import io
import json
import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely

from jobs.errors import SourceError
from tests.jobs.connectors.conftest import make_source

REAL = Path(__file__).parents[4] / "shared/data/real"
OPTIONS = {
    "columns": {"id": "name", "observed_from": "when", "published": "when", "quote": "description"},
    "constants": {"actor": "RU"},
}


def make_feature(name, lon=36.2, lat=50.1, description="Tanks at the station.", **more):
    properties = {"name": name, "when": "2022-01-13", "description": description} | more
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": [lon, lat, 120.0]},
    }


def write(folder, *features, name="map.geojson"):
    (folder / name).write_text(
        json.dumps({"type": "FeatureCollection", "features": list(features)})
    )


def test_a_feature_is_a_sighting_with_a_radius(look, tmp_path):
    """Attributes are mapped, markup becomes words, the position keeps its radius."""
    write(tmp_path, make_feature("a", description="Tanks<br>at <b>Yelnya</b>", new_key={"x": 1}))

    (cells,) = look(make_source("geo_file", path="map.geojson", options=OPTIONS)).cells.values()

    assert (cells["lon"], cells["lat"], cells["radius_km"]) == ("36.200000", "50.100000", "5.000")
    assert cells["quote"] == "Tanks at Yelnya"
    assert cells["kind"] == "sighting"


def test_an_edit_a_deletion_and_a_bad_feature(desk, tmp_path):
    """A bad position is named; the others come in, are corrected, and noted where they go."""
    source = make_source("geo_file", path=".", options=OPTIONS)
    write(tmp_path, make_feature("a"), make_feature("b"), make_feature("c", lon=4_000))
    first = desk.read(source)
    write(tmp_path, make_feature("a", description="Tanks and a train at the station."))

    second = desk.read(source)

    assert (first.new, first.rejected) == (
        2,
        ("map.geojson: feature 3: its position is not on the globe.",),
    )
    assert (second.new, second.texts.edits, second.gone) == (1, 1, 1)


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
<name>Trains</name><Placemark><name>a</name><description>Tanks</description><TimeStamp>
<when>2022-01-13</when></TimeStamp>{extra}{shape}</Placemark></Folder></Document></kml>"""
POINT = "<Point><coordinates>36.2,50.1,0</coordinates></Point>"
LINE = "<LineString><coordinates>36,50 37,51</coordinates></LineString>"
ODD = "<ExtendedData><Data name='side'><value>ru</value></Data></ExtendedData><x:y xmlns:x='z'/>"


@pytest.mark.parametrize("packed", [False, True])
def test_kml_and_kmz(look, tmp_path, packed):
    """Both give the same; unknown elements do no harm."""
    content = KML.format(extra=ODD, shape=POINT).encode()
    if packed:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("../../doc.kml", content)
        content = buffer.getvalue()
    name = "map.kmz" if packed else "map.kml"
    (tmp_path / name).write_bytes(content)

    (cells,) = look(make_source("geo_file", path=name, options=OPTIONS)).cells.values()

    assert (cells["observed_from"], cells["lon"], cells["quote"]) == (
        "2022-01-13",
        "36.200000",
        "Tanks",
    )


def test_a_line_has_a_radius_that_covers_it(look, tmp_path):
    """A shape is not flattened to a sharp point."""
    (tmp_path / "map.kml").write_text(KML.format(extra="", shape=LINE))

    (cells,) = look(make_source("geo_file", path="map.kml", options=OPTIONS)).cells.values()

    assert float(cells["radius_km"]) > 60


def test_a_geopackage(look, tmp_path):
    """Another projection is brought to degrees."""
    frame = geopandas.GeoDataFrame(
        {"name": ["a"], "when": ["2022-01-13"], "description": ["Tanks"]},
        geometry=[shapely.Point(36.2, 50.1)],
        crs="EPSG:4326",
    ).to_crs("EPSG:3857")
    frame.to_file(tmp_path / "map.gpkg", driver="GPKG")

    (cells,) = look(make_source("geo_file", path="map.gpkg", options=OPTIONS)).cells.values()

    assert float(cells["lat"]) == pytest.approx(50.1, abs=1e-5)


VRT = "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource>"


@pytest.mark.parametrize("name", ["m.geojson", "m.kml", "m.kmz", "m.gpkg", "m.json"])
@pytest.mark.parametrize(
    "content",
    [
        VRT,
        "/vsicurl/http://127.0.0.1/x",
        "",
        "[]",
        '{"features": 1}',
        "<kml",
        "\x00\x01",
        "PK\x03\x04x",
        "<!DOCTYPE kml [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><kml>&a;</kml>",
    ],
)
def test_a_map_that_is_a_program_is_not_run(look, tmp_path, name, content):
    """OSGeo/gdal#12645 and kin: content that names files or hosts is one sentence."""
    (tmp_path / name).write_text(content)

    with pytest.raises(SourceError, match=r"m\.\w+: (it|there) "):
        look(make_source("geo_file", path=name, options=OPTIONS))


def test_an_ending_that_is_not_allowed(look, tmp_path):
    """No other format is tried."""
    (tmp_path / "map.vrt").write_text(VRT)

    with pytest.raises(SourceError, match=r"\.vrt is not read"):
        look(make_source("geo_file", path="map.vrt", options=OPTIONS))


@pytest.mark.shared
def test_the_real_map_comes_in_whole(look):
    """2,883 sightings, none lost."""
    columns = {"observed_from": "start", "published": "start", "quote": "description"}
    options = {
        "columns": columns | {"actor": "side"},
        "key": ["start", "description", "lon", "lat"],
    }
    options |= {"values": {"actor": {"ru": "RU", "ua": "UA"}}}

    found = look(
        make_source("geo_file", path=str(REAL / "uacontrolmap_sightings.json"), options=options)
    )

    assert len(found.cells) == 2_883
    assert {cells["actor"] for cells in found.cells.values()} == {"RU", "UA"}
