"""Write the pages that ours is measured beside: stock folium and plain Leaflet, links inlined."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import folium
import numpy as np
from branca.element import CssLink, Element, JavascriptLink
from folium.plugins import FastMarkerCluster
from geopandas import GeoDataFrame

NPM = Path(__file__).parents[1] / "geo/page/frontend/node_modules"


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
