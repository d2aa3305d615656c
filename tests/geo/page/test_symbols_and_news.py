"""Map symbols, the news of the last day, filters over layers, estimates as a file, in a browser."""

from __future__ import annotations

import pytest
import shapely

from geo.layers import Sightings, VagueAreas
from geo.page import TroopMap
from geo.page.symbols import pictures

HOSTILE_TANK = "10061500001202000000"
NEAR = "#view=9/53/34"


def test_symbols_are_those_that_a_page_uses():
    """A known code has its picture, an unknown one has none."""
    found = pictures([HOSTILE_TANK, "nonsense", HOSTILE_TANK])
    assert list(found) == [HOSTILE_TANK]
    assert found[HOSTILE_TANK].startswith("<svg")


def test_frames_of_friend_and_foe_differ_in_shape():
    """Affiliation is told by the frame's outline, not by its colour alone."""
    outlines = {
        picture.split('d="')[1].split('"')[0]
        for picture in pictures(f"100{identity}1500001202000000" for identity in "1346").values()
    }
    assert len(outlines) == 4


@pytest.mark.browser
def test_panel_shows_the_symbol(open_page, made):
    """The sign of what was counted stands beside its title."""
    frame = made.sightings_frame(symbol=[HOSTILE_TANK] * 3)
    reader = open_page(made.bare_map(frame))
    reader.select("Tents in a field")
    picture = reader.page.locator("#tm-detail img.tm-symbol")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 20
    assert reader.errors == []


@pytest.mark.browser
def test_symbols_are_drawn_when_near(open_page, made):
    """Near enough, a dot bears its symbol: more of the canvas is painted."""
    inked = (
        "() => { const c = document.querySelector('.leaflet-tm-points-pane canvas');"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        "let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 40) n++; return n; }"
    )
    amounts = []
    for symbol in ("", HOSTILE_TANK):
        frame = made.sightings_frame(symbol=[symbol] * 3)
        reader = open_page(made.bare_map(frame), "#view=9/53.2/34.4")
        reader.page.wait_for_timeout(300)
        amounts.append(reader.page.evaluate(inked))
    assert amounts[1] > 1.3 * amounts[0] > 0


@pytest.mark.browser
def test_news_of_the_last_day_are_counted_and_brought_out(open_page, made):
    """The box names the last day on which something became known; the address keeps it."""
    reader = open_page(made.bare_map(made.sightings_frame()))
    box = reader.page.get_by_label("New on 1 Feb 2022")
    box.check()
    assert (
        reader.page.locator(".tm-layer", has_text="New on").locator(".tm-count").inner_text() == "1"
    )
    reader.page.wait_for_timeout(400)
    assert "new=1" in reader.page.evaluate("location.hash")
    assert reader.page.locator(".tm-fresh-on").count() == 1
    again = open_page(made.bare_map(made.sightings_frame()), "#new=1")
    assert again.page.get_by_label("New on 1 Feb 2022").is_checked()


@pytest.mark.browser
def test_a_filter_holds_for_every_layer_that_offers_it(open_page, made):
    """One box leaves a claimant out of dots and regions alike."""
    region = made.sightings_frame(geometry=[shapely.box(30, 50, 31, 52)])
    page = TroopMap(title="Two layers")
    Sightings(made.sightings_frame(), filters={"Claimant": "claimant"}).add_to(page)
    VagueAreas(region, filters={"Claimant": "claimant"}).add_to(page)
    reader = open_page(page)
    reader.page.click("#tm-side summary:text('Filters')")
    reader.page.click(".tm-filter summary:text('Claimant')")
    row = reader.page.locator(".tm-filter label", has_text="An observer")
    assert row.locator(".tm-count").inner_text() == "2"
    row.locator("input").uncheck()
    counts = reader.page.locator(".tm-layer .tm-count").all_inner_texts()
    assert counts[:2] == ["2", "0"]


@pytest.mark.browser
def test_estimates_are_saved_as_the_table_shows_them(open_page, made):
    """The file has one row per day of the window, with the quantiles of the area."""
    reader = open_page(made.full_map(), "#t=2021-12-01..2021-12-05")
    reader.page.click("[data-action=table]")
    reader.page.get_by_role("button", name="Estimates", exact=True).click()
    reader.page.wait_for_selector("tbody tr")
    with reader.page.expect_download() as download:
        reader.page.click("[data-save=csv]")
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0] == "area,date,unit,p05,p25,p50,p75,p95"
    assert [line.split(",")[1] for line in lines[1:]] == [
        f"2021-12-0{day}" for day in (5, 4, 3, 2, 1)
    ]


@pytest.mark.browser
def test_a_page_without_estimates_explains_none(open_page, made):
    """The legend speaks of rings only where there are some."""
    reader = open_page(made.bare_map(made.sightings_frame()))
    assert "quantile" not in reader.page.locator(".tm-legend").inner_text()


@pytest.mark.browser
def test_touch_opens_what_is_there(open_page, made):
    """A finger on a dot opens it, as a click does."""
    frame = made.sightings_frame().iloc[:1]
    reader = open_page(made.bare_map(frame), has_touch=True, viewport={"width": 390, "height": 844})
    box = reader.page.locator(".folium-map").bounding_box()
    reader.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 8)
    reader.page.wait_for_selector("#tm-detail:not([hidden])")
    assert "Twenty tanks" in reader.page.inner_text("#tm-detail")


@pytest.mark.browser
def test_permalink_restores_time_window_layers_view_filter_and_item(open_page, made):
    """Whoever follows the address sees what its sender saw."""
    page = made.full_map()
    first = open_page(page, "#view=7/53.2/34.4&t=2021-12-01..2021-12-31&hide=movements")
    first.page.click("#tm-side summary:text('Filters')")
    first.page.click(".tm-filter summary:text('Claimant')")
    first.page.locator(".tm-filter label", has_text="A ministry").locator("input").uncheck()
    first.select("Tents in a field")
    first.page.wait_for_timeout(500)
    second = open_page(page, first.page.evaluate("location.hash"))
    assert second.page.locator(".tm-window").inner_text() == "1 Dec 2021 – 31 Dec 2021"
    assert not second.page.locator("[data-layer=movements]").is_checked()
    assert (
        not second.page.locator(".tm-filter label", has_text="A ministry")
        .locator("input")
        .is_checked()
    )
    assert "Tents in a field" in second.page.inner_text("#tm-detail")
    hashes = [one.page.evaluate("location.hash").split("view=")[1][:6] for one in (first, second)]
    assert hashes[0] == hashes[1]


@pytest.mark.browser
def test_paper_shows_the_map_and_no_controls(open_page, made):
    """Printed, the page is title, map and chart."""
    reader = open_page(made.full_map())
    reader.page.emulate_media(media="print")
    assert reader.page.locator("#tm-side").is_hidden()
    assert reader.page.locator(".tm-presets").is_hidden()
    assert reader.page.locator("h1").is_visible()
    assert reader.page.locator(".folium-map").is_visible()


@pytest.mark.browser
def test_rows_become_cards_on_a_phone(open_page, made):
    """On a phone every cell says what it is, and nothing scrolls sideways."""
    reader = open_page(made.full_map(), viewport={"width": 390, "height": 844})
    reader.page.click("[data-action=table]")
    reader.page.wait_for_selector("tbody tr")
    label = "getComputedStyle(document.querySelector('tbody td'), '::before').content"
    assert reader.page.evaluate(label) == '"When"'
    body = "document.querySelector('.tm-table-body')"
    assert reader.page.evaluate(f"{body}.scrollWidth <= {body}.clientWidth")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_symbols_filters_and_panel_open(open_page, made, axe_script, scheme):
    """The page with everything open has no violation that axe-core knows, light and dark."""
    page = made.full_map()
    frame = made.sightings_frame(symbol=[HOSTILE_TANK] * 3, id=["a", "b", "c"])
    Sightings(frame, name="Symbols", key="symbols", filters={"Claimant": "claimant"}).add_to(page)
    reader = open_page(page, color_scheme=scheme, bypass_csp=True)
    reader.page.click("#tm-side summary:text('Filters')")
    reader.page.click(".tm-filter summary:text('Claimant')")
    reader.page.get_by_label("New on").check()
    reader.select("Tents in a field")
    reader.page.evaluate(axe_script)
    found = reader.page.evaluate("axe.run().then((result) => result.violations)")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
