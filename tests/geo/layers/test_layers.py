"""What layers ask of their frames, and how they say what is wrong."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame

from geo.errors import InvalidColumnError, InvalidGeometryError, MissingColumnError
from geo.layers import AreaEstimates, Movements, PlaceNames, Sightings, VagueAreas
from geo.page.table import Table

SHAPES = {
    Sightings: shapely.Point(33.2, 54.6),
    VagueAreas: shapely.box(30, 50, 31, 51),
    Movements: shapely.LineString([(30, 50), (31, 51)]),
}


def frame(shape: shapely.Geometry, **columns: object) -> GeoDataFrame:
    """Make a frame of one item."""
    made = {"id": "a", "title": "t", "time_from": pd.Timestamp("2022-01-01", tz="UTC")}
    values = {name: [value] for name, value in {**made, **columns}.items()}
    return GeoDataFrame({**values, "geometry": [shape]}, crs="EPSG:4326")


@pytest.mark.parametrize("layer", SHAPES)
@pytest.mark.parametrize("column", ["id", "title", "time_from"])
def test_missing_column_is_named(layer, column):
    """The message names layer, column and meaning."""
    with pytest.raises(MissingColumnError, match=f"needs a column '{column}' "):
        layer(frame(SHAPES[layer]).drop(columns=column))


@pytest.mark.parametrize("layer", SHAPES)
def test_missing_detail_column_is_named(layer):
    """A detail whose column is not there is an error, not an empty row."""
    with pytest.raises(MissingColumnError, match="needs a column 'via' "):
        layer(frame(SHAPES[layer]), details={"Relayed by": "via"})


@pytest.mark.parametrize("layer", SHAPES)
def test_frame_without_reference_system_is_refused(layer):
    """Coordinates of an unknown system are not guessed."""
    with pytest.raises(InvalidGeometryError, match="no coordinate reference system"):
        layer(GeoDataFrame(frame(SHAPES[layer]), crs=None).set_crs(None, allow_override=True))


@pytest.mark.parametrize("layer", SHAPES)
@pytest.mark.parametrize("shape", [None, shapely.Point(), shapely.MultiPoint([(1, 1), (2, 2)])])
def test_shape_that_cannot_be_drawn_is_named_by_its_row(layer, shape):
    """A missing, empty or foreign shape is refused with its row."""
    with pytest.raises(InvalidGeometryError, match="row 0 is "):
        layer(frame(shape))


def test_swapped_coordinates_are_suspected():
    """A latitude beyond 90 degrees asks whether longitude and latitude are swapped."""
    with pytest.raises(InvalidGeometryError, match="swapped"):
        Sightings(frame(shapely.Point(54.6, 133.2)))


def test_projected_frame_is_turned_into_degrees():
    """A frame in metres is drawn where it lies."""
    metres = frame(SHAPES[Sightings]).to_crs("EPSG:3857")
    columns = Sightings(metres).tables()["data"].numbers
    assert columns["lon"][0] == pytest.approx(3_320_000, abs=1)
    assert columns["lat"][0] == pytest.approx(5_460_000, abs=1)


def test_items_are_ordered_by_time_with_undated_ones_last():
    """The page searches sorted times; a missing start takes the end."""
    rows = pd.concat([frame(SHAPES[Sightings], id=str(i)) for i in range(3)], ignore_index=True)
    rows["time_from"] = pd.to_datetime([None, "2022-02-01", None], utc=True)
    rows["time_to"] = pd.to_datetime([None, "2022-02-03", "2022-01-05"], utc=True)
    assert Sightings(rows).frame["id"].tolist() == ["2", "1", "0"]


def test_text_where_a_number_belongs_is_refused():
    """A radius in words names the column."""
    with pytest.raises(InvalidColumnError, match="Column 'radius_km' must hold numbers"):
        Sightings(frame(SHAPES[Sightings], radius_km="far")).tables()


def test_text_where_a_time_belongs_is_refused():
    """A time that is none names the column."""
    with pytest.raises(InvalidColumnError, match="Column 'time_from' must hold UTC times"):
        Sightings(frame(SHAPES[Sightings], time_from="yesterday"))


def test_absurd_numbers_count_as_missing():
    """Infinity and NaN are not drawn as sizes."""
    sizes = Movements(frame(SHAPES[Movements], size_best=float("inf"))).tables()["data"].numbers
    assert pd.isna(sizes["size_best"][0])


def test_estimate_of_an_unknown_area_is_refused():
    """An estimate names an area that is there."""
    areas = GeoDataFrame(
        {"id": ["a"], "name": ["A"], "geometry": [shapely.box(0, 0, 1, 1)]}, crs=4326
    )
    quantiles = {name: [1.0] for name in ("p05", "p25", "p50", "p75", "p95")}
    estimates = pd.DataFrame({"area_id": ["b"], "date": ["2022-01-01"], **quantiles})
    with pytest.raises(InvalidColumnError, match="'b' is none of them"):
        AreaEstimates(areas, estimates).tables()


def test_areas_without_estimates_are_drawn():
    """Beyond the end of the model there are areas and no numbers."""
    areas = GeoDataFrame(
        {"id": ["a"], "name": ["A"], "geometry": [shapely.box(0, 0, 1, 1)]}, crs=4326
    )
    nothing = pd.DataFrame(columns=["area_id", "date", "p05", "p25", "p50", "p75", "p95"])
    columns = AreaEstimates(areas, nothing).tables()["data"].numbers
    assert len(columns["p50"]) == 0
    assert len(columns["x"]) == 5


def test_larger_places_are_written_first():
    """Names are ordered by population, and those without one come last."""
    names = GeoDataFrame(
        {
            "name": ["Small", "Unknown", "Large"],
            "population": [10, None, 99],
            "geometry": shapely.points([[1, 1]] * 3),
        },
        crs=4326,
    )
    assert list(PlaceNames(names).tables()["data"].texts["name"]) == ["Large", "Small", "Unknown"]


def test_a_page_carries_at_most_forty_vintages_in_a_fraction_of_a_megabyte():
    """Of a daily record every n-th day of knowledge is kept, the last one always."""
    areas = pd.concat([frame(shapely.box(i, 0, i + 1, 1), id=f"a{i}", name="A") for i in range(8)])
    dates = pd.date_range("2021-03-01", "2022-02-20", freq="7D", tz="UTC")
    quantiles = {"p05": 0.7, "p25": 0.9, "p50": 1.0, "p75": 1.1, "p95": 1.5}
    vintages = pd.DataFrame(
        {
            "area_id": f"a{area}",
            "date": day,
            "as_of": as_of,
            **{q: 9e4 * s * (1 + 0.01 * at) for q, s in quantiles.items()},
        }
        for as_of in dates
        for area in range(8)
        for at, day in enumerate(dates[dates <= as_of])
    )
    table = AreaEstimates(areas, vintages, vintages=vintages).tables()["data"]
    kept = {name: values for name, values in table.numbers.items() if name.startswith("vintage")}
    assert len(set(kept["vintage_as_of"])) <= 40
    assert max(kept["vintage_as_of"]) == (dates[-1] - pd.Timestamp(0, tz="UTC")).days
    assert len(Table(numbers=kept, delta=table.delta).pack()) < 300_000
