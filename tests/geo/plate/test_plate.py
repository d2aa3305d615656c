"""The still picture shows what the page shows, in the same bytes each time, whatever the words."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame
from matplotlib.dates import num2date
from matplotlib.image import imread
from numpy.typing import NDArray

from geo.layers import AreaEstimates, Movements, PlaceNames, Sightings
from geo.page import BaseMap, TroopMap
from geo.plate import draw_plate
from geo.plate.strength import MONTHS_FROM_DAYS, time_locator

WGS84 = "EPSG:4326"
BLUE = (0x1C, 0x68, 0xAD)
"""The first category's colour on light ground."""


def items(points: list[Any], **columns: Any) -> GeoDataFrame:
    """Make items at given places, a day apart."""
    made = {
        "id": [f"i{at}" for at in range(len(points))],
        "title": "",
        "time_from": pd.date_range("2022-01-01", periods=len(points), freq="D", tz="UTC"),
        "category": "armour",
    }
    return GeoDataFrame({**made, **columns}, geometry=points, crs=WGS84)


def drawn(page: TroopMap) -> NDArray[np.uint8]:
    """Draw a page; return its pixels, red, green and blue."""
    pixels = imread(io.BytesIO(draw_plate(page)))
    return np.round(pixels[..., :3] * 255).astype(np.uint8)


def count(pixels: NDArray[np.uint8], color: tuple[int, int, int], near: int = 6) -> int:
    """Count the pixels of about a colour on the map, above the key."""
    gap = np.abs(pixels[: int(0.86 * len(pixels))].astype(int) - color).max(axis=-1)
    return int((gap <= near).sum())


def test_equal_pages_give_equal_bytes():
    """Two pictures of the same page are the same file."""
    pages = [TroopMap(title="Sightings") for _ in range(2)]
    for page in pages:
        Sightings(items([shapely.Point(33, 54)])).add_to(page)
    assert draw_plate(pages[0]) == draw_plate(pages[1])


def test_a_window_leaves_out_what_lies_outside_it():
    """A picture of the first day shows one dot of the two."""
    frame = items([shapely.Point(33, 54), shapely.Point(36, 52)])
    day = datetime(2022, 1, 1, tzinfo=UTC)
    seen = []
    for window in (None, (day, day.replace(hour=23))):
        page = TroopMap(title="Sightings", window=window)
        Sightings(frame).add_to(page)
        seen.append(count(drawn(page), BLUE))
    assert seen[1] > 20
    assert seen[0] == pytest.approx(2 * seen[1], rel=0.3)


def test_a_layer_that_is_off_is_not_drawn():
    """What the page opens without is left out."""
    page = TroopMap(title="Sightings")
    Sightings(items([shapely.Point(33, 54)]), show=False).add_to(page)
    assert count(drawn(page), BLUE) == 0


def test_dots_of_both_sides_of_the_antimeridian_are_in_one_picture():
    """Chukotka's two halves stand side by side, some hundred kilometres apart."""
    page = TroopMap(title="Chukotka")
    Sightings(items([shapely.Point(179, 66), shapely.Point(-179, 66)])).add_to(page)
    pixels = drawn(page)
    columns = np.flatnonzero((np.abs(pixels[:900].astype(int) - BLUE).max(axis=-1) < 6).any(axis=0))
    assert np.ptp(columns) > 300


@pytest.mark.parametrize(
    "words", ["$\\frac{1}{0}$ $", "%s {0} <script>", "\u202eright to left", "שלום 你好", "a\nb\x00"]
)
def test_hostile_words_are_only_words(words):
    """Formulas, format strings, control characters and foreign letters neither run nor stop it."""
    page = TroopMap(title=words, subtitle=words, attribution=[words])
    names = GeoDataFrame({"name": [words]}, geometry=[shapely.Point(33, 54)], crs=WGS84)
    Sightings(items([shapely.Point(33, 54)]), name=words, category_labels={"armour": words}).add_to(
        page
    )
    PlaceNames(names).add_to(page)
    assert draw_plate(page).startswith(b"\x89PNG")


def test_an_empty_page_is_a_picture():
    """Nothing to show is shown, not an error."""
    page = TroopMap(title="Nothing", base_map=BaseMap(items([shapely.box(20, 44, 60, 65)])))
    Sightings(items([])).add_to(page)
    Movements(items([])).add_to(page)
    assert count(drawn(page), (0xF6, 0xF4, 0xEF), near=2) > 10_000


def test_thousands_of_dots_are_a_density():
    """Where dots would only cover each other, hexagons are drawn in shades, no dots."""
    rng = np.random.default_rng(1)
    points = list(shapely.points(rng.uniform(30, 40, 2_000), rng.uniform(45, 55, 2_000)))
    page = TroopMap(title="Many")
    Sightings(items(points)).add_to(page)
    assert count(drawn(page), BLUE, near=2) < 2_000


@pytest.mark.parametrize("certainty", ["observed", "inferred", "planned"])
def test_arrows_of_every_certainty_are_drawn(certainty):
    """An arrow is on the map; that of what was seen is the strongest."""
    line = shapely.LineString([(60, 55), (36, 52)])
    page = TroopMap(title="Movement")
    Movements(items([line], certainty=certainty, size_best=4_000.0)).add_to(page)
    pixels = drawn(page)[:900]
    assert (np.ptp(pixels.astype(int), axis=-1) > 40).sum() > 300


def test_the_chart_stands_below_and_the_ring_on_the_map():
    """An area with estimates has its ring, its interval in words and its curve."""
    areas = GeoDataFrame(
        {"id": ["west"], "name": ["West"]}, geometry=[shapely.box(30, 50, 36, 54)], crs=WGS84
    )
    days = pd.date_range("2022-01-01", periods=30, tz="UTC")
    shares = {"p05": 0.5, "p25": 0.8, "p50": 1.0, "p75": 1.2, "p95": 1.6}
    estimates = pd.DataFrame(
        {"area_id": "west", "date": day, **{name: 1e4 * part for name, part in shares.items()}}
        for day in days
    )
    page = TroopMap(title="Estimate")
    AreaEstimates(areas, estimates).add_to(page)
    pixels = drawn(page)
    red = np.abs(pixels.astype(int) - (0xA2, 0x31, 0x2D)).max(axis=-1) < 20
    assert red[:780].sum() > 200
    assert red[850:1000].sum() > 500


@pytest.mark.parametrize(
    "span_days", [2, 4.5, 9, 10, MONTHS_FROM_DAYS, MONTHS_FROM_DAYS + 1, 136, 359, 1_500]
)
def test_no_two_labels_of_the_chart_are_alike(span_days):
    """Where months are the labels, each is marked once, as is each day elsewhere."""
    first = datetime(2021, 9, 1, tzinfo=UTC)
    ticks = time_locator(span_days).tick_values(first, first + timedelta(days=span_days))
    pattern = "%Y-%m" if span_days > MONTHS_FROM_DAYS else "%Y-%m-%d"
    labels = [num2date(at).strftime(pattern) for at in ticks]
    assert 2 <= len(labels) <= 13
    assert len(set(labels)) == len(labels)
