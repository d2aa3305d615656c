"""The page in a real browser, offline: what a reader sees and can do."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import folium
import pytest

pytestmark = pytest.mark.browser

POINT = {"type": "Point", "coordinates": [35, 55]}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True}


def test_page_asks_no_host_and_reports_no_error(open_page, made):
    """Opening the page requests the file itself and nothing else."""
    reader = open_page(made.full_map())
    asked = [url for url in reader.requests if not url.startswith(("data:", "blob:"))]
    assert len(asked) == 1
    assert asked[0].startswith("file://")
    assert reader.errors == []


def test_panel_shows_the_quote_as_text(open_page, made):
    """The words of a source appear as they stand, markup included, with who said them."""
    reader = open_page(made.full_map())
    text = reader.select("Twenty tanks on a train")
    assert "we saw <b>twenty</b> tanks" in text
    assert "An observer" in text
    assert "within 2 km (90 %)" in text
    assert reader.page.locator("#tm-detail b").count() == 0


def test_links_lead_to_the_web_only_and_give_nothing_away(open_page, made):
    """An https link opens without opener and referrer; a javascript: address is no link."""
    reader = open_page(made.full_map())
    reader.select("Twenty tanks on a train")
    anchor = reader.page.locator("#tm-detail a")
    assert anchor.get_attribute("href") == "https://example.org/1"
    assert anchor.get_attribute("rel") == "noopener noreferrer"
    assert anchor.get_attribute("target") == "_blank"
    reader.page.keyboard.press("Escape")
    reader.select("Tents in a field")
    assert reader.page.locator("#tm-detail a").count() == 0


def test_click_on_the_map_opens_what_is_there(open_page, made):
    """A click on a dot opens its panel, and the address then names the item."""
    reader = open_page(made.bare_map(made.sightings_frame()), "#view=8/53.2/34.4")
    reader.page.locator(".folium-map").click()
    reader.page.wait_for_selector("#tm-detail:not([hidden])")
    assert "Tents in a field" in reader.page.inner_text("#tm-detail h2")
    reader.page.wait_for_timeout(500)
    assert "item=sightings:s2" in reader.page.evaluate("location.hash")


def test_moving_the_window_changes_what_is_counted_and_the_address(open_page, made):
    """Dragging the window's end leaves the earlier items, and a permalink restores it."""
    reader = open_page(made.full_map())
    count = reader.page.locator(".tm-layer", has_text="Sightings").locator(".tm-count")
    assert count.inner_text() == "3"
    reader.page.get_by_label("Window ends").fill(str(_day("2021-12-31")))
    assert count.inner_text() == "2"
    reader.page.wait_for_timeout(500)
    fragment = reader.page.evaluate("location.hash")
    again = open_page(made.full_map(), fragment)
    assert again.page.locator(".tm-window").inner_text().endswith("31 Dec 2021")


def test_map_as_known_on_a_day_leaves_out_what_came_later(open_page, made):
    """A claim published after the chosen day is not shown."""
    reader = open_page(made.full_map(), "#known=2021-12-31")
    count = reader.page.locator(".tm-layer", has_text="Sightings").locator(".tm-count")
    assert count.inner_text() == "2"


def test_estimate_as_known_on_a_day_is_that_of_the_last_vintage(open_page, made):
    """The chart shows what was estimated then, and nothing for a day before any estimate."""
    reader = open_page(made.full_map(), "#t=2021-11-01..2021-11-01&known=2021-12-15")
    strong = reader.page.locator(".tm-chart-head strong")
    assert strong.inner_text() == "25k (20–35k)"
    reader.page.get_by_text("Filters").click()
    reader.page.get_by_label("As known on").fill("2021-11-20")
    assert strong.inner_text() == "No estimate for this day"
    reader.page.get_by_role("button", name="latest").click()
    assert strong.inner_text() == "50k (40–70k)"


def test_filter_leaves_out_a_claimant(open_page, made):
    """Switching a value off removes its items from map and table."""
    reader = open_page(made.full_map())
    reader.page.get_by_text("Filters").click()
    reader.page.click(".tm-filter summary:text('Claimant')")
    reader.page.get_by_label("A ministry").uncheck()
    reader.page.click("[data-action=table]")
    reader.page.get_by_role("button", name="Sightings", exact=True).click()
    reader.page.wait_for_selector("td >> text=Tents in a field")
    assert reader.page.locator("td", has_text="Column on a road").count() == 0


def test_search_finds_words_of_quotes(open_page, made):
    """Searching for a word of a quote leaves the items that have it."""
    reader = open_page(made.full_map())
    reader.page.fill("#tm-search", "MANY OF THEM")
    reader.page.wait_for_timeout(600)
    counts = reader.page.locator(".tm-layer", has_text="Sightings").locator(".tm-count")
    assert counts.inner_text() == "1"


def test_search_finds_a_place_and_goes_there(open_page, made):
    """A place name offers a button that moves the map to the place."""
    reader = open_page(made.full_map())
    reader.page.fill("#tm-search", "yeln")
    reader.page.get_by_role("button", name="Yelnya").click()
    reader.page.wait_for_timeout(600)
    _, lat, lon = reader.page.evaluate("location.hash").split("view=")[1].split("&")[0].split("/")
    assert float(lat) == pytest.approx(54.6, abs=0.01)
    assert float(lon) == pytest.approx(33.2, abs=0.01)


def test_files_hold_exactly_what_the_table_shows(open_page, made):
    """CSV and GeoJSON of the window carry the ids that the page shows, no more and no less."""
    reader = open_page(made.bare_map(made.sightings_frame()), "#t=2021-11-01..2021-12-31")
    reader.page.click("[data-action=table]")
    reader.page.wait_for_selector("td >> text=Tents in a field")
    assert _ids(_saved(reader, "csv")) == ["s1", "s2"]
    features = json.loads(_saved(reader, "geojson"))["features"]
    assert [feature["properties"]["id"] for feature in features] == ["s1", "s2"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [33.2, 54.6]}


def test_elements_of_plain_folium_work_offline(open_page, made):
    """A user's Marker with Popup and Icon, and a GeoJson with tooltip, work without any host."""
    troop_map = made.full_map(location=(54, 34), zoom_start=6)
    popup = folium.Popup("My own <b>note</b>", show=True)
    folium.Marker([54, 34], popup=popup, icon=folium.Icon(color="red")).add_to(troop_map)
    folium.Marker([53, 35]).add_to(troop_map)
    feature = {"type": "Feature", "properties": {"a": 1}, "geometry": POINT}
    shape = {"type": "FeatureCollection", "features": [feature]}
    folium.GeoJson(shape, tooltip=folium.GeoJsonTooltip(["a"])).add_to(troop_map)
    reader = open_page(troop_map)
    assert reader.page.locator(".leaflet-popup-content b").inner_text() == "note"
    images = reader.page.locator("img.leaflet-marker-icon")
    assert images.count() == 3
    assert all(src.startswith("data:") for src in images.evaluate_all("all => all.map(i => i.src)"))
    assert [url for url in reader.requests if url.startswith("http")] == []
    assert reader.errors == []


def test_bounds_that_a_user_sets_are_kept(open_page, made):
    """After fit_bounds the page opens there, not on the data."""
    troop_map = made.full_map()
    troop_map.fit_bounds([[40, 100], [41, 101]])
    reader = open_page(troop_map)
    reader.page.keyboard.press("]")
    reader.page.wait_for_timeout(500)
    _, lat, lon = reader.page.evaluate("location.hash").split("view=")[1].split("&")[0].split("/")
    assert float(lat) == pytest.approx(40.5, abs=0.2)
    assert float(lon) == pytest.approx(100.5, abs=0.2)


def test_page_opens_on_the_window_that_python_chose(open_page, made):
    """The window given to the map is the one that a reader finds."""
    days = (datetime(2021, 12, 1, tzinfo=UTC), datetime(2021, 12, 31, 23, 59, tzinfo=UTC))
    reader = open_page(made.full_map(window=days))
    assert reader.page.locator(".tm-window").inner_text() == "1 Dec 2021 – 31 Dec 2021"


def test_page_works_inside_a_notebook(browser, made, tmp_path):
    """The frame that a notebook shows draws the page without an error."""
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html>{made.full_map()._repr_html_()}", encoding="utf-8")
    page = browser.new_context(offline=True).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    frame.get_by_role("button", name="30 days").click()
    page.wait_for_timeout(500)
    page.context.close()
    assert errors == []


def test_damaged_page_says_so(browser, made, tmp_path):
    """A page whose data was cut off tells the reader instead of showing an empty map."""
    path = tmp_path / "cut.html"
    html = made.full_map().get_root().render()
    path.write_text(re.sub(r'(id="tm-sightings-data">)[^<]+', r"\1H4sI", html), encoding="utf-8")
    page = browser.new_context(offline=True).new_page()
    page.goto(path.as_uri())
    page.get_by_role("alert").wait_for()
    assert page.get_by_role("alert").inner_text().startswith("This page is damaged: ")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_themes_follow_the_system_and_can_be_switched(open_page, made, scheme):
    """The page opens in the system's theme, and its button turns it over."""
    reader = open_page(made.full_map(), color_scheme=scheme)
    is_dark = "getComputedStyle(document.documentElement).getPropertyValue('--dark').trim()"
    assert reader.page.evaluate(is_dark) == str(int(scheme == "dark"))
    reader.page.get_by_role("button", name="Theme").click()
    assert reader.page.evaluate(is_dark) == str(int(scheme == "light"))


@pytest.mark.parametrize("options", [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE])
def test_axe_finds_no_violation(open_page, made, axe_script, options):
    """With a panel open, axe-core finds nothing against the page."""
    reader = open_page(made.full_map(), **options)
    reader.select("Twenty tanks on a train")
    reader.page.evaluate(axe_script)
    found = reader.page.evaluate("axe.run().then(result => result.violations)")
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


def test_phone_shows_the_map_first_and_scrolls_nowhere_sideways(open_page, made):
    """At a phone's width the map comes first, all fits the width, the panel rises from below."""
    reader = open_page(made.full_map(), **PHONE)
    assert reader.page.evaluate("document.documentElement.scrollWidth") == 390
    tops = reader.page.evaluate(
        "['tm-main', 'tm-time', 'tm-side'].map(id => document.getElementById(id).offsetTop)"
    )
    assert tops == sorted(tops)
    reader.select("Twenty tanks on a train")
    box = reader.page.locator("#tm-detail").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)


def test_everything_can_be_done_with_the_keyboard(open_page, made):
    """Keys play, move the window, open the table and close what is open."""
    reader = open_page(made.full_map(), "#t=2021-11-10..2021-11-20")
    reader.page.keyboard.press("]")
    assert reader.page.locator(".tm-window").inner_text() == "11 Nov 2021 – 21 Nov 2021"
    reader.page.keyboard.press("t")
    assert reader.page.locator("#tm-table").is_visible()
    reader.page.keyboard.press("Escape")
    assert not reader.page.locator("#tm-table").is_visible()
    reader.page.keyboard.press("Space")
    reader.page.wait_for_selector(".tm-play[aria-label=Pause]")
    reader.page.keyboard.press("/")
    assert reader.page.evaluate("document.activeElement.id") == "tm-search"


def test_chart_reads_the_estimate_of_the_chosen_area(open_page, made):
    """Choosing an area shows its median and 90 % interval on the last day of the window."""
    reader = open_page(made.full_map(), "#t=2021-11-01..2021-11-01")
    assert reader.page.locator(".tm-chart-head strong").inner_text() == "50k (40–70k)"
    reader.page.get_by_label("Area", exact=True).select_option(label="East")
    assert reader.page.locator(".tm-chart-head strong").inner_text() == "30k (24–42k)"


@pytest.mark.parametrize(("lang", "word"), [("en", "Layers"), ("ru", "Слои"), ("uk", "Шари")])
def test_interface_speaks_the_language_of_the_page(open_page, made, lang, word):
    """The page says its language, and its headings are in it."""
    reader = open_page(made.full_map(lang=lang))
    assert reader.page.evaluate("document.documentElement.lang") == lang
    legend = reader.page.locator("#tm-side legend").first
    assert legend.text_content() == word


def test_embedded_page_shows_map_and_time_alone(open_page, made):
    """With #embed, heading and side panel give way to the map."""
    reader = open_page(made.full_map(), "#embed")
    assert not reader.page.locator("#tm-side").is_visible()
    assert reader.page.locator(".folium-map").is_visible()


def test_picture_of_the_map_is_saved(open_page, made):
    """The button gives a PNG of what the map shows."""
    reader = open_page(made.full_map())
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Picture").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def _day(date: str) -> int:
    from datetime import date as day

    return (day.fromisoformat(date) - day(1970, 1, 1)).days


def _saved(reader, kind: str) -> str:
    with reader.page.expect_download() as download:
        reader.page.click(f"[data-save={kind}]")
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def _ids(text: str) -> list[str]:
    return [row["id"] for row in csv.DictReader(text.splitlines())]
