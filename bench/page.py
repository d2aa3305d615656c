"""Measure map pages in headless Chromium beside stock folium and plain Leaflet, in the same run.

    python bench/page.py [COUNT ...]        (100000 500000 where none is given)

Sightings are made up: clustered places, eleven columns, 1,400 days; seeded, so that a run can be
repeated.
"""

from __future__ import annotations

import gzip
import json
import shutil
import statistics
import string
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import geopandas
import numpy as np
import pandas as pd
from branca.element import CssLink, Element, JavascriptLink
from folium.plugins import FastMarkerCluster
from geopandas import GeoDataFrame
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from geo.layers import Sightings
from geo.page import BaseMap, TroopMap

ROOT = Path(__file__).parents[1]
BOUNDARIES = ROOT / "seeds/boundaries"
NPM = ROOT / "geo/page/frontend/node_modules"
CLUSTERS = 220
DAYS = 1_400
SECONDS = 2.5
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
DETAILS = {"Claimant": "claimant", "Measure": "measure", "Grade": "grade", "Place": "place"}

FPS = string.Template("""(step) => new Promise((done) => {
  const gaps = []; let last = 0; let first = 0;
  const tick = (now) => {
    if (!first) first = now; else gaps.push(now - last);
    last = now; step((now - first) / 1e3);
    if (now - first < $ms) requestAnimationFrame(tick);
    else done(1e3 / (gaps.reduce((a, b) => a + b, 0) / gaps.length));
  };
  requestAnimationFrame(tick);
})""").substitute(ms=SECONDS * 1e3)
PAN = """(t) => {
  const way = Math.floor(t / 0.6) % 2 ? -1 : 1;
  theMap.panBy([7 * way, 3 * way], {animate: false});
}"""
SCRUB = string.Template("""(t) => {
  const [from, to] = document.querySelectorAll('.tm-rail input');
  const first = Number(from.min), span = Number(from.max) - first - 90;
  const at = first + Math.floor(span * (t / $seconds));
  to.value = at + 90; from.value = at; to.dispatchEvent(new Event('input'));
}""").substitute(seconds=SECONDS)
SCRUB_CIRCLES = string.Template("""(t) => {
  const at = Math.floor(1310 * (t / $seconds));
  theCircles.forEach((c, i) => {
    const on = theDays[i] >= at && theDays[i] <= at + 90;
    if (on !== c.shown) { c.shown = on; c.setStyle({stroke: on, fill: on}); }
  });
}""").substitute(seconds=SECONDS)


def sightings(count: int) -> GeoDataFrame:
    """Make sightings around a few hundred places, with what their reports say."""
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(22, 60, CLUSTERS), rng.uniform(44, 60, CLUSTERS)
    at = rng.choice(CLUSTERS, count, p=rng.dirichlet(np.full(CLUSTERS, 0.7)))
    day = pd.Timestamp("2022-01-01", tz="UTC") + pd.to_timedelta(rng.integers(0, DAYS, count), "D")
    pick = lambda words: np.array(words, object)[rng.integers(0, len(words), count)]  # noqa: E731 - a word for one line
    frame = {
        "id": [f"src{i % 400}/{i}" for i in range(count)],
        "title": "",
        "time_from": day,
        "category": pick(
            ["armour", "artillery", "air_defence", "rail", "camp", "road", "air", "sea"]
        ),
        "certainty": pick(["observed", "observed", "observed", "inferred", "planned"]),
        "radius_km": np.round(rng.lognormal(0.7, 1, count), 1),
        "claimant": pick([f"Channel {i}" for i in range(400)]),
        "measure": pick([f"{n} vehicles" for n in range(1, 60)]),
        "grade": pick([f"{a}{b}" for a in "ABCDEF" for b in range(1, 7)]),
        "place": np.array([f"Place {i}" for i in range(CLUSTERS)], object)[at],
        "geometry": geopandas.points_from_xy(
            lon[at] + rng.normal(0, 0.6, count), lat[at] + rng.normal(0, 0.4, count)
        ),
    }
    return GeoDataFrame(frame, geometry="geometry", crs="EPSG:4326")


def quotes(count: int) -> list[str]:
    """Make a quote of some twenty words per sighting, no two alike."""
    rng = np.random.default_rng(9)
    words = np.array(
        [
            f"{a}{b}"
            for a in ("dro", "kel", "mas", "vit", "zor")
            for b in ("na", "ti", "shu", "gol", "per", "la")
        ]
        * 12
    )
    chosen = words[rng.integers(0, len(words), (count, 20))]
    return [f"{' '.join(row)} {i}" for i, row in enumerate(chosen)]


def tracker_page(frame: GeoDataFrame, path: Path) -> float:
    """Write the page of this project; return the seconds it took."""
    start = time.perf_counter()
    reads = (
        geopandas.read_file(BOUNDARIES / f"{name}.geojson")
        for name in ("countries", "admin1", "disputed")
    )
    page = TroopMap(title="Benchmark", base_map=BaseMap(*reads), location=(53, 38), zoom_start=5)
    Sightings(frame, details=DETAILS, filters={"Grade": "grade"}).add_to(page)
    page.save(path)
    return time.perf_counter() - start


def stock_page(fill: Callable[[folium.Map], None], path: Path, script: str = "") -> float:
    """Write a page of stock folium with its links replaced by the files; return the seconds."""
    start = time.perf_counter()
    stock = folium.Map([53, 38], zoom_start=5, tiles=None, maxZoom=14)
    fill(stock)
    root = stock.get_root()
    for child in root._children.values():  # noqa: SLF001 - branca's own
        child.render()
    for name, child in list(root.header._children.items()):  # noqa: SLF001 - branca's own
        if isinstance(child, JavascriptLink | CssLink):
            root.header._children[name] = Element(_inlined(name, isinstance(child, CssLink)))  # noqa: SLF001 - branca's own
    html = root._template.render(this=root, kwargs={})  # noqa: SLF001 - branca's own
    path.write_text(
        html.replace(
            "</html>", f"<script>theMap = {stock.get_name()}; {script} {_DRAWN}</script></html>"
        )
    )
    return time.perf_counter() - start


_DRAWN = """requestAnimationFrame(() => requestAnimationFrame(() => {
  performance.mark('tm-drawn'); document.documentElement.dataset.ready = true;
}));"""
_FILES = {
    "leaflet": "leaflet/dist/leaflet.js",
    "leaflet_css": "leaflet/dist/leaflet.css",
    "markerclusterjs": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "markerclustercss": "leaflet.markercluster/dist/MarkerCluster.css",
    "markerclusterdefaultcss": "leaflet.markercluster/dist/MarkerCluster.Default.css",
}
_SHIM = """window.$ = (html) => {
  const holder = document.createElement('template');
  holder.innerHTML = html;
  return holder.content.children;
};
L.AwesomeMarkers = {icon: () => new L.Icon.Default()};"""


def _inlined(name: str, is_css: bool) -> str:
    path = _FILES.get(name)
    text = (NPM / path).read_text(encoding="utf-8") if path else ""
    if is_css:
        return f"<style>{text}</style>"
    return f"<script>{text}\n{_SHIM if name == 'leaflet' else ''}</script>"


def cluster_page(frame: GeoDataFrame, path: Path) -> float:
    """Write a page with folium's FastMarkerCluster."""
    data = np.column_stack([frame.geometry.y.round(5), frame.geometry.x.round(5)]).tolist()
    return stock_page(lambda stock: FastMarkerCluster(data).add_to(stock), path)


def marker_page(frame: GeoDataFrame, path: Path) -> float:
    """Write a page with one folium.Marker and Popup per sighting."""

    def fill(stock: folium.Map) -> None:
        for title, point in zip(frame["measure"], frame.geometry, strict=True):
            folium.Marker([point.y, point.x], popup=title).add_to(stock)

    return stock_page(fill, path)


def circle_page(frame: GeoDataFrame, path: Path) -> float:
    """Write a page with Leaflet's own circle markers on a canvas."""
    days = ((frame["time_from"] - frame["time_from"].min()).dt.days).tolist()
    data = np.column_stack([frame.geometry.y.round(5), frame.geometry.x.round(5)]).tolist()
    script = (
        f"theDays = {json.dumps(days)}; const data = {json.dumps(data)};"
        "const renderer = L.canvas(); theCircles = data.map((at) => { const c = L.circleMarker(at,"
        "{renderer, radius: 4, weight: 1}).addTo(theMap); c.shown = true; return c; });"
    )

    return stock_page(lambda _: None, path, script)


def measure(
    browser: Browser, path: Path, view: dict[str, Any], scrub: str = ""
) -> dict[str, float]:
    """Open a page three times for the load, then pan and scrub."""
    loads = []
    for _ in range(3):
        context = browser.new_context(offline=True, **view)
        page = context.new_page()
        page.set_default_timeout(60_000)
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_selector("html[data-ready]", state="attached")
        loads.append(page.evaluate("performance.getEntriesByName('tm-drawn')[0].startTime"))
        if len(loads) < 3:
            context.close()
    page.evaluate("void (window.theMap ??= window[document.querySelector('.folium-map').id])")
    figures = {"load": statistics.median(loads), "pan": _fps(page, PAN)}
    figures["scrub"] = _fps(page, scrub) if scrub else float("nan")
    figures["hosts"] = sum(url.startswith("http") for url in asked)
    context.close()
    return figures


def _fps(page: Page, step: str) -> float:
    return float(page.evaluate(f"({FPS})({step})"))


def main(counts: list[int]) -> None:
    """Print one table row per page."""
    table = Table(
        "page", "sightings", "view", "write s", "MB", "load ms", "pan fps", "scrub fps", "hosts"
    )
    folder = Path(tempfile.mkdtemp())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )

        def row(  # noqa: PLR0917 - one call per line of the table
            name: str, count: int, write_s: float, path: Path, view: str, scrub: str = ""
        ) -> None:
            options = PHONE if view == "phone x2" else DESK
            got = measure(browser, path, options, scrub)
            table.add_row(
                name,
                f"{count:,}",
                view,
                f"{write_s:.2f}",
                f"{path.stat().st_size / 1e6:.2f}",
                f"{got['load']:.0f}",
                f"{got['pan']:.0f}",
                f"{got['scrub']:.0f}",
                f"{got['hosts']:.0f}",
            )

        for count in counts:
            frame = sightings(count)
            path = folder / f"{count}.html"
            seconds = tracker_page(frame, path)
            row("this project", count, seconds, path, "desk", SCRUB)
            if count <= 100_000:
                row("this project", count, seconds, path, "phone x2", SCRUB)
                quoted = folder / f"{count}-quotes.html"
                seconds = tracker_page(frame.assign(quote=quotes(count)), quoted)
                row("this project, with quotes", count, seconds, quoted, "desk", SCRUB)
                for name, write, scrub in (
                    ("FastMarkerCluster", cluster_page, ""),
                    ("Leaflet canvas circles", circle_page, SCRUB_CIRCLES),
                ):
                    other = folder / f"{count}-{write.__name__}.html"
                    row(name, count, write(frame, other), other, "desk", scrub)
        few = folder / "markers.html"
        row("folium.Marker + Popup", 1_000, marker_page(sightings(1_000), few), few, "desk")
        browser.close()
    Console(width=120).print(table)
    base = gzip.compress((ROOT / "geo/page/static/page.js").read_bytes())
    Console().print(f"page script: {len(base) / 1e3:.0f} kB gzipped")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100_000, 500_000])
