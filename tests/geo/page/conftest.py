"""Small made-up frames, and a reader who opens a saved page offline."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from geo.layers import AreaEstimates, Movements, PlaceNames, Sightings, VagueAreas
from geo.page import BaseMap, TroopMap

FRONTEND = Path(__file__).parents[3] / "geo/page/frontend"
WGS84 = "EPSG:4326"
DETAILS = {"Claimant": "claimant", "Relayed by": "via"}


def sightings_frame(**columns: Any) -> GeoDataFrame:
    """Make three sightings near Yelnya; a column given by name replaces the made-up one."""
    made = {
        "id": ["s1", "s2", "s3"],
        "title": ["Twenty tanks on a train", "Tents in a field", "Column on a road"],
        "time_from": ["2021-11-01", "2021-12-05T10:00Z", "2022-01-20"],
        "time_to": ["2021-11-03", None, None],
        "known_at": ["2021-11-04", "2021-12-06", "2022-02-01"],
        "category": ["rail", "camp", "road"],
        "certainty": ["observed", "inferred", "planned"],
        "radius_km": [2.0, 15.0, None],
        "quote": ["we saw <b>twenty</b> tanks", "tents, many of them", ""],
        "claimant": ["An observer", "A satellite firm", "A ministry"],
        "via": ["", "A newspaper", ""],
        "link": ["https://example.org/1", "javascript:alert(1)", ""],
        "geometry": shapely.points([[33.2, 54.6], [34.4, 53.2], [36.6, 50.6]]),
    }
    count = len(next(iter(columns.values()))) if columns else 3
    cut = {name: list(values)[:count] for name, values in made.items()}
    return GeoDataFrame({**cut, **columns}, geometry="geometry", crs=WGS84)


def movements_frame() -> GeoDataFrame:
    """Make one bow from the Far East and one planned route over three places."""
    return GeoDataFrame(
        {
            "id": ["m1", "m2"],
            "title": ["Far East to Yelnya", "Tyumen to Voronezh"],
            "time_from": ["2021-11-10", "2022-01-10"],
            "certainty": ["observed", "planned"],
            "category": ["rail", "rail"],
            "size_best": [4000.0, None],
            "geometry": [
                shapely.LineString([(135.0, 48.5), (33.2, 54.6)]),
                shapely.LineString([(65.5, 57.1), (50.0, 53.0), (39.2, 51.7)]),
            ],
        },
        geometry="geometry",
        crs=WGS84,
    )


def areas_frame() -> GeoDataFrame:
    """Make a theatre of two areas, one of them with a hole."""
    west = shapely.box(32, 52, 36, 56).difference(shapely.box(33.5, 53.5, 34.5, 54.5))
    east = shapely.box(36, 49, 40, 52)
    return GeoDataFrame(
        {
            "id": ["west", "east", "all"],
            "name": ["West", "East", "Whole theatre"],
            "parent": ["all", "all", ""],
            "geometry": [west, east, shapely.union(west, east)],
        },
        geometry="geometry",
        crs=WGS84,
    )


def estimates_frame() -> pd.DataFrame:
    """Make a daily estimate for each of the three areas, growing by 1 % of its size a day."""
    days = pd.date_range("2021-11-01", "2022-02-01", tz="UTC")
    shares = {"p05": 0.8, "p25": 0.9, "p50": 1.0, "p75": 1.1, "p95": 1.4}
    return pd.DataFrame(
        {
            "area_id": area,
            "date": day,
            **{name: size * share * (1 + 0.01 * at) for name, share in shares.items()},
        }
        for area, size in (("west", 20_000), ("east", 30_000), ("all", 50_000))
        for at, day in enumerate(days)
    )


def vintages_frame() -> pd.DataFrame:
    """Make estimates as they stood on two days, half as large as those known in the end."""
    latest = estimates_frame()
    days = pd.to_datetime(["2021-12-01", "2022-01-01"], utc=True)
    frames = [latest[latest["date"] <= day].assign(as_of=day) for day in days]
    vintages = pd.concat(frames, ignore_index=True)
    return vintages.assign(
        **{name: vintages[name] / 2 for name in ("p05", "p25", "p50", "p75", "p95")}
    )


def published_frame() -> pd.DataFrame:
    """Make two published figures: a range, and a lower bound."""
    return pd.DataFrame(
        {
            "area_id": ["all", "all"],
            "date": ["2021-12-03", "2022-01-18"],
            "low": [70_000.0, 90_000.0],
            "best": [None, None],
            "high": [94_000.0, None],
            "label": ["A ministry: 70,000 to 94,000", "A newspaper: at least 90,000"],
        }
    )


def base_map() -> BaseMap:
    """Make two countries, one disputed region and one line of control."""
    countries = GeoDataFrame(
        {
            "name": ["Westland", "Eastland"],
            "geometry": [shapely.box(20, 44, 33, 58), shapely.box(33, 44, 60, 65)],
        },
        crs=WGS84,
    )
    regions = GeoDataFrame(
        {
            "disputed": [False, True],
            "geometry": [shapely.box(20, 50, 33, 58), shapely.box(32, 44, 36, 46)],
        },
        crs=WGS84,
    )
    control = GeoDataFrame({"geometry": [shapely.LineString([(33, 46), (36, 46)])]}, crs=WGS84)
    return BaseMap(countries, regions, control)


def full_map(**options: Any) -> TroopMap:
    """Make a map with one of each layer."""
    names = GeoDataFrame(
        {
            "name": ["Yelnya", "Kursk"],
            "population": [10_000, 450_000],
            "geometry": shapely.points([[33.2, 54.6], [36.2, 51.7]]),
        },
        crs=WGS84,
    )
    vague = sightings_frame(
        geometry=[shapely.box(30, 50, 31, 52)], title=["Troops near the border"]
    )
    troop_map = TroopMap(title="A made-up record", base_map=base_map(), **options)
    AreaEstimates(
        areas_frame(), estimates_frame(), published_frame(), vintages=vintages_frame()
    ).add_to(troop_map)
    VagueAreas(vague).add_to(troop_map)
    Movements(movements_frame()).add_to(troop_map)
    Sightings(sightings_frame(), details=DETAILS, filters={"Claimant": "claimant"}).add_to(
        troop_map
    )
    PlaceNames(names).add_to(troop_map)
    return troop_map


def bare_map(frame: GeoDataFrame, **options: Any) -> TroopMap:
    """Make a map of sightings alone."""
    troop_map = TroopMap(title="Sightings", **options)
    Sightings(frame, details={"Claimant": "claimant"}).add_to(troop_map)
    return troop_map


@pytest.fixture
def made() -> SimpleNamespace:
    """Hand out what makes the frames and maps above."""
    makers = (
        *(sightings_frame, movements_frame, areas_frame, estimates_frame, published_frame),
        *(base_map, full_map, bare_map),
    )
    return SimpleNamespace(**{maker.__name__: maker for maker in makers})


@dataclass
class Reader:
    """A page that was opened, and what the browser noted meanwhile."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def select(self, title: str) -> str:
        """Open the item with a title from the table; return the text of its panel."""
        self.page.click("[data-action=table]")
        self.page.get_by_role("button", name=title, exact=True).click()
        self.page.wait_for_selector("#tm-detail:not([hidden])")
        return self.page.inner_text("#tm-detail")


Open = Callable[..., Reader]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a map, saved in a folder of its own, in a browser that is offline."""
    contexts: list[BrowserContext] = []

    def opened(troop_map: TroopMap, fragment: str = "", **options: Any) -> Reader:
        path = tmp_path / f"{len(contexts)}.html"
        troop_map.save(path)
        context = browser.new_context(offline=True, accept_downloads=True, **options)
        contexts.append(context)
        reader = Reader(page=context.new_page())
        reader.page.on("request", lambda request: reader.requests.append(request.url))
        reader.page.on("pageerror", lambda error: reader.errors.append(str(error)))
        reader.page.on("console", lambda message: _note(message, reader))
        reader.page.goto(f"{path.as_uri()}{fragment}")
        reader.page.wait_for_selector("html[data-ready]", timeout=20_000)
        return reader

    yield opened
    for context in contexts:
        context.close()


def _note(message: ConsoleMessage, reader: Reader) -> None:
    if message.type in {"error", "warning"}:
        reader.errors.append(message.text)


@pytest.fixture
def axe_script() -> str:
    """Read axe-core, which the npm packages of the page bring along."""
    path = FRONTEND / "node_modules/axe-core/axe.min.js"
    if not path.is_file():
        reason = "needs axe-core: run 'python hatch_build.py' or 'npm ci' in geo/page/frontend"
        if os.environ.get("TRACKER_TESTS_NO_SKIP"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return path.read_text(encoding="utf-8")
