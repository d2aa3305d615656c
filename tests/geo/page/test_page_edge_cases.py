"""Odd data on the page: hostile words, none, one, undated, over the antimeridian, with holes."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely

from geo.layers import VagueAreas
from geo.page import TroopMap

pytestmark = pytest.mark.browser

HOSTILE = (
    "</script><script>window.harmed=1</script>",
    "<img src=x onerror='window.harmed=1'>",
    "`${window.harmed=1}` \\ \\u0060 \\",
    "\u2028window.harmed=1\u2029//",
    "\u202egnp.exe\u202c مرحبا שלום",
    "<!--<script>",
    "\ud800 lone surrogate, \x00 zero, \ufffe",
    "'\"><svg onload=window.harmed=1>",
    "=cmd|'/c calc'!A1",
)


def test_hostile_words_in_every_field_run_nothing(open_page, made):
    """Markup, template and script signs from outside stay text wherever they stand."""
    frame = made.sightings_frame(
        **{
            name: pd.Series(HOSTILE, dtype=object)
            for name in (
                "id",
                "title",
                "quote",
                "claimant",
                "via",
                "link",
                "category",
                "certainty",
                "symbol",
            )
        },
        geometry=shapely.points([[30 + i, 50] for i in range(len(HOSTILE))]),
        time_from=["2022-01-01"] * len(HOSTILE),
        **{name: [None] * len(HOSTILE) for name in ("time_to", "known_at", "radius_km")},
    )
    hostile = HOSTILE[0]
    troop_map = made.bare_map(
        frame, subtitle=hostile, notes=HOSTILE, attribution=HOSTILE, marking=hostile
    )
    reader = open_page(troop_map)
    reader.page.click("[data-action=table]")
    reader.page.wait_for_selector("tbody tr")
    assert reader.page.locator("tbody tr").count() == len(HOSTILE)
    for row in range(3):
        reader.page.locator(".tm-open").nth(row).click()
        reader.page.wait_for_selector("#tm-detail:not([hidden])")
        reader.page.click("[data-action=table]")
    assert reader.page.evaluate("window.harmed") is None
    assert reader.page.locator("main img[src='x'], aside img, aside script").count() == 0
    assert reader.errors == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_title_runs_nothing(open_page, made, hostile):
    """A title with markup is shown as it stands."""
    troop_map = TroopMap(title=hostile, base_map=made.base_map())
    reader = open_page(troop_map)
    assert reader.page.evaluate("window.harmed") is None
    assert reader.page.locator("h1 *").count() == 0


def test_page_without_any_item_says_so(open_page, made):
    """No sighting gives a map that works, without a time control."""
    reader = open_page(made.bare_map(made.sightings_frame().iloc[:0]))
    reader.page.click("[data-action=table]")
    reader.page.wait_for_selector(".tm-empty")
    assert reader.page.locator("#tm-time").is_hidden()
    assert reader.errors == []


def test_page_of_one_sighting_opens_on_it(open_page, made):
    """One sighting is shown, and its day is the whole window."""
    reader = open_page(made.bare_map(made.sightings_frame().iloc[:1]))
    assert "1 Nov 2021" in reader.page.locator(".tm-window").inner_text()
    assert "We" not in reader.errors
    assert reader.select("Twenty tanks on a train")


def test_sighting_without_time_is_shown_and_can_be_left_out(open_page, made):
    """An undated item stays in view whatever the window, until the reader leaves it out."""
    frame = made.sightings_frame(time_from=["2021-11-01", None, None])
    reader = open_page(made.bare_map(frame), "#t=2021-11-01..2021-11-01")
    count = reader.page.locator(".tm-layer", has_text="Sightings").locator(".tm-count")
    assert count.inner_text() == "3"
    reader.page.get_by_label("Without a date (2)").uncheck()
    assert count.inner_text() == "1"


def test_items_on_both_sides_of_the_antimeridian_lie_side_by_side(open_page, made):
    """Chukotka's east, at 175 W, is found right of its west, at 175 E."""
    points = shapely.points([[175.0, 66.0], [-175.0, 66.0]])
    reader = open_page(made.bare_map(made.sightings_frame(geometry=points)), "#view=5/66/185")
    assert reader.page.evaluate("location.hash").startswith("#view=5/66")
    reader.page.locator(".folium-map").click()
    reader.page.wait_for_selector("#tm-detail:not([hidden])")
    assert reader.page.inner_text("#tm-detail h2") == "Tents in a field"


def test_click_in_a_hole_of_a_shape_misses_it(open_page, made):
    """A shape with a hole is hit beside the hole and not inside it."""
    shape = shapely.box(30, 50, 34, 54).difference(shapely.box(31, 51, 33, 53))
    troop_map = TroopMap(title="Holes")
    VagueAreas(made.sightings_frame(geometry=[shape])).add_to(troop_map)
    inside = open_page(troop_map, "#view=7/52/32")
    inside.page.locator(".folium-map").click()
    inside.page.wait_for_timeout(300)
    assert inside.page.locator("#tm-detail").is_hidden()
    beside = open_page(troop_map, "#view=7/52/30.5")
    beside.page.locator(".folium-map").click()
    beside.page.wait_for_selector("#tm-detail:not([hidden])")


def test_long_quote_scrolls_inside_its_panel(open_page, made):
    """Five thousand characters stay within the window and are all there."""
    words = ("Колонна техники " * 320)[:5000]
    reader = open_page(made.bare_map(made.sightings_frame(quote=[words])))
    reader.select("Twenty tanks on a train")
    assert reader.page.locator("blockquote").text_content() == words
    box = reader.page.locator("#tm-detail").bounding_box()
    assert box["y"] + box["height"] <= reader.page.viewport_size["height"]


def test_right_to_left_words_are_set_in_their_direction(open_page, made):
    """A quote in Arabic script runs from right to left."""
    reader = open_page(made.bare_map(made.sightings_frame(quote=["رتل من الدبابات"])))
    reader.select("Twenty tanks on a train")
    direction = "getComputedStyle(document.querySelector('blockquote')).direction"
    assert reader.page.evaluate(direction) == "rtl"
