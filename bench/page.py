"""Measure map pages in headless Chromium beside stock folium and plain Leaflet, in the same run.

    python bench/page.py [COUNT ...]        (100000 500000 where none is given)

On a busy machine read the ratios, and run it again.

Sightings are made up: clustered places, eleven columns, 1,400 days; seeded, so that a run can be
repeated.
"""

from __future__ import annotations

import gzip
import random
import shutil
import statistics
import string
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from geo.layers import Sightings
from geo.page import BaseMap, TroopMap
from tracker.areas import Area
from tracker.drawing import draw_map
from tracker.publication import DEFAULT_POLICY, published
from tracker.publication.publish import Published
from tracker.store import Repository

sys.path.insert(0, str(Path(__file__).parent))
from rival_pages import NPM, circle_page, cluster_page, marker_page
from store import CLAIMS_PER_REPORT, claims_of, filed_reports, places_of

ROOT = Path(__file__).parents[1]
BOUNDARIES = ROOT / "seeds/boundaries"
CLUSTERS = 220
DAYS = 1_400
SECONDS = 2.5
DATABASE_CLAIMS = 100_000
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


def first_words(browser: Browser, path: Path) -> float:
    """Open the table, which inflates all words: milliseconds from click to rows."""
    page = browser.new_page(**DESK)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    spent = page.evaluate(
        """async () => {
          const start = performance.now();
          document.querySelector('[data-action=table]').click();
          while (!document.querySelector('#tm-table tbody tr')) {
            await new Promise(requestAnimationFrame);
          }
          return performance.now() - start;
        }"""
    )
    page.close()
    return float(spent)


def violations(browser: Browser, path: Path) -> int:
    """Count what axe-core finds, light and dark, with the panel open."""
    axe = (NPM / "axe-core/axe.min.js").read_text(encoding="utf-8")
    found = 0
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, bypass_csp=True, **DESK)
        page = context.new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        page.click("[data-action=table]")
        page.locator("tbody .tm-open").first.click()
        page.wait_for_selector("#tm-detail:not([hidden])")
        page.evaluate(axe)
        found += len(page.evaluate("axe.run().then((result) => result.violations)"))
        context.close()
    return found


def from_database(claims: int) -> dict[str, float]:
    """Write the page of so many placed claims out of a database: processor seconds by stage."""
    dice = random.Random(7)
    filed = list(filed_reports(claims // CLAIMS_PER_REPORT, dice))
    made = claims_of(filed, dice)
    area = Area(id="a", name="A", geometry=shapely.box(30, 50, 31, 51))
    spent: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        done = work()
        spent[stage] = time.process_time() - start
        return done

    def draw(shown: Published) -> TroopMap:
        return draw_map(title="A", as_of=day, actor="RU", areas=[area], shown=shown)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.gpkg"
        day = date(2026, 1, 1)
        with Repository.open(path, create=True) as repository:
            repository.add_reports(filed)
            repository.add_claims(made, [one for one in places_of(made, dice) if one.role == "at"])
            draw(Published(claims=[], placed=[]))  # base map and names are read once
            shown = timed(
                "read, decide",
                lambda: published(repository, as_of=day, estimates=[], policy=DEFAULT_POLICY),
            )
            page = timed("frames", lambda: draw(shown))
            timed("encode", lambda: page.get_root().render())
    return spent


class Goals:
    """What the project wants to hold, beside what was measured."""

    def __init__(self) -> None:
        self.table = Table("goal", "wanted", "measured", "")

    def add(self, name: str, wanted: str, measured: float, *, holds: bool) -> None:
        """Set one down."""
        self.table.add_row(name, wanted, f"{measured:,.2f}", "met" if holds else "[bold]missed[/]")

    def most(self, name: str, limit: float, measured: float) -> None:
        """Set down what must not be more."""
        self.add(name, f"<= {limit:g}", measured, holds=measured <= limit)

    def least(self, name: str, limit: float, measured: float) -> None:
        """Set down what must not be less."""
        self.add(name, f">= {limit:g}", measured, holds=measured >= limit)


def compare(got: dict[str, dict[str, float]], goals: Goals) -> None:
    """Hold what was measured against what is wanted; keys of `got` are pages."""
    for key, megabytes, load, pan, scrub in (
        ("100,000", 2.4, 700, 50, 55),
        ("500,000", 11, 1_200, 35, 50),
    ):
        if key in got:
            goals.most(f"{key}: file, MB", megabytes, got[key]["mb"])
            goals.most(f"{key}: load to drawn, ms", load, got[key]["load"])
            goals.least(f"{key}: pan, fps", pan, got[key]["pan"])
            goals.least(f"{key}: scrub, fps", scrub, got[key]["scrub"])
    if "100,000" in got:
        goals.most("100,000 with quotes: file, MB", 10, got["quotes"]["mb"])
        goals.least("100,000, phone x2: pan, fps", 30, got["phone"]["pan"])
        times = got["cluster"]["load"] / got["100,000"]["load"]
        goals.least("loads so many times faster than FastMarkerCluster", 7, times)
    goals.most("requests to any host", 0, sum(one["hosts"] for one in got.values()))


def main(counts: list[int]) -> None:
    """Print one table row per page, then the goals."""
    table = Table(
        "page", "sightings", "view", "write s", "MB", "load ms", "pan fps", "scrub fps", "hosts"
    )
    folder, goals = Path(tempfile.mkdtemp()), Goals()
    got: dict[str, dict[str, float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )

        def row(  # noqa: PLR0917 - one call per line of the table
            key: str, name: str, count: int, write_s: float, path: Path, scrub: str = ""
        ) -> None:
            view = "phone x2" if key == "phone" else "desk"
            one = measure(browser, path, PHONE if key == "phone" else DESK, scrub)
            one["mb"] = path.stat().st_size / 1e6
            got[key] = one
            figures = (f"{one[name]:.0f}" for name in ("load", "pan", "scrub", "hosts"))
            table.add_row(name, f"{count:,}", view, f"{write_s:.2f}", f"{one['mb']:.2f}", *figures)

        for count in counts:
            frame, key = sightings(count), f"{count:,}"
            path = folder / f"{count}.html"
            seconds = tracker_page(frame, path)
            row(key, "this project", count, seconds, path, SCRUB)
            if count > 100_000:
                continue
            row("phone", "this project", count, seconds, path, SCRUB)
            quoted = folder / f"{count}-quotes.html"
            seconds = tracker_page(frame.assign(quote=quotes(count)), quoted)
            row("quotes", "this project, with quotes", count, seconds, quoted, SCRUB)
            goals.most(f"{key}: all words inflated, ms", 2_000, first_words(browser, quoted))
            cluster, circles = folder / "cluster.html", folder / "circles.html"
            seconds = cluster_page(frame, cluster)
            row("cluster", "FastMarkerCluster", count, seconds, cluster)
            seconds = circle_page(frame, circles)
            row("circles", "Leaflet canvas circles", count, seconds, circles, SCRUB_CIRCLES)
        few = folder / "markers.html"
        seconds = marker_page(sightings(1_000), few)
        row("markers", "folium.Marker + Popup", 1_000, seconds, few)
        small = folder / "small.html"
        tracker_page(sightings(1_000).assign(title="Seen"), small)
        goals.most("axe violations, light and dark, panel open", 0, violations(browser, small))
        browser.close()
    compare(got, goals)
    spent = from_database(DATABASE_CLAIMS)
    goals.most("100,000 from the database, s", 3, sum(spent.values()))
    Console(width=120).print(table, goals.table)
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in spent.items())
    Console(width=120).print(f"from the database, s: {stages}")
    base = gzip.compress((ROOT / "geo/page/static/page.js").read_bytes())
    Console().print(f"page script: {len(base) / 1e3:.0f} kB gzipped")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100_000, 500_000])
