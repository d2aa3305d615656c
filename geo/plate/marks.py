"""Draw items of the picture: dots, regions, arrows, with the shapes and colours of the page."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.page.columns import MISSING_MINUTE, minutes, numbers, texts
from geo.page.items import CERTAINTIES, ItemLayer
from geo.plate.ground import Ground, fill, unwrapped

MARKERS: Mapping[str, str | Path] = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "diamond": "D",
    "nabla": "v",
    "cross": "P",
    "hexagon": "h",
    "bar": Path([(-1, -0.5), (1, -0.5), (1, 0.5), (-1, 0.5), (-1, -0.5)], closed=True),
}
DENSE_FROM = 1_500
"""More dots than this are counted in hexagons: each would only cover the next."""

DENSE = "Blues"
THIN_PT, WIDEST_PT = 0.8, 6.0
BOW = 0.2
CROWD = 14
"""Arrows from which on each is paler, so that many leave the ground to be seen."""

_FILL = {"observed": 1.0, "inferred": 0.4, "planned": 0.0}
_ARROW = {"observed": 0.85, "inferred": 0.45, "planned": 0.85}


def in_window(layer: ItemLayer, window: tuple[int, int] | None) -> NDArray[np.bool_]:
    """Find the items that a window shows.

    Parameters
    ----------
    layer
        Items.
    window
        First and last minute since 1970, or None for all of time.

    Returns
    -------
    NDArray[np.bool_]
        True per item whose span meets the window; what has no date is left out of a window.
    """
    if window is None:
        return np.ones(len(layer.frame), bool)
    start, end = (minutes(layer.frame, name) for name in ("time_from", "time_to"))
    start = np.where(start == MISSING_MINUTE, end, start)
    end = np.where(end == MISSING_MINUTE, start, end)
    shown = (start != MISSING_MINUTE) & (start <= window[1]) & (end >= window[0])
    return np.asarray(shown, bool)


def looks(layer: ItemLayer) -> tuple[list[Mapping[str, str]], list[str]]:
    """Read how each item looks.

    Parameters
    ----------
    layer
        Items.

    Returns
    -------
    tuple
        The category (`label`, `light`, `shape`) and the certainty of each item.
    """
    known = {entry["value"]: entry for entry in layer.options()["categories"]}
    certainty = texts(layer.frame, "certainty")
    sure = [word if word in CERTAINTIES else CERTAINTIES[0] for word in certainty]
    return [known[value] for value in texts(layer.frame, "category")], sure


def draw_zones(axes: Axes, ground: Ground, layer: ItemLayer, kept: NDArray[np.bool_]) -> None:
    """Draw regions, softly.

    Parameters
    ----------
    axes, ground
        Map and projection.
    layer
        Items with polygons in degrees.
    kept
        Which of them.
    """
    for at, (category, _) in enumerate(zip(*looks(layer), strict=True)):
        if kept[at]:
            shape = ground.shown([layer.shapes.iloc[at]])
            ink = category["light"]
            fill(axes, shape, facecolor=ink, alpha=0.05, edgecolor="none", zorder=4)
            fill(axes, shape, facecolor="none", edgecolor=ink, linestyle=":", lw=0.6, zorder=4)


def draw_points(axes: Axes, ground: Ground, layer: ItemLayer, kept: NDArray[np.bool_]) -> None:
    """Draw dots, or hexagons where dots would only cover each other.

    Parameters
    ----------
    axes, ground
        Map and projection.
    layer
        Items with points in degrees.
    kept
        Which of them.
    """
    if not kept.any():
        return
    lonlat = shapely.get_coordinates(np.asarray(layer.shapes, object)[kept])
    xy = ground.project(unwrapped(lonlat))
    if len(xy) > DENSE_FROM:
        extent = (-ground.half_x_km, ground.half_x_km, -ground.half_y_km, ground.half_y_km)
        axes.hexbin(
            xy[:, 0],
            xy[:, 1],
            gridsize=90,
            bins="log",
            mincnt=1,
            extent=extent,
            cmap=DENSE,
            lw=0,
            zorder=7,
        )
        return
    categories, certainties = looks(layer)
    groups: dict[tuple[str, str, str], list[int]] = {}
    for place, at in enumerate(np.flatnonzero(kept)):
        one = categories[at]
        groups.setdefault((one["shape"], one["light"], certainties[at]), []).append(place)
    for (shape, ink, certainty), places in groups.items():
        _dots(axes, xy[places], MARKERS[shape], ink, _FILL[certainty])


def _dots(axes: Axes, xy: NDArray[np.float64], marker: str | Path, ink: str, filled: float) -> None:
    axes.scatter(
        xy[:, 0], xy[:, 1], s=30, marker=marker, c="white", lw=1.8, edgecolors="white", zorder=7
    )
    face = [*_rgb(ink), filled]
    axes.scatter(
        xy[:, 0], xy[:, 1], s=20, marker=marker, color=face, lw=0.9, edgecolors=ink, zorder=7.1
    )


def _rgb(ink: str) -> list[float]:
    return [int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def draw_arrows(axes: Axes, ground: Ground, layer: ItemLayer, kept: NDArray[np.bool_]) -> None:
    """Draw arrows: area of the stroke by size, dashed where planned, pale where inferred.

    Parameters
    ----------
    axes, ground
        Map and projection.
    layer
        Items with lines in degrees.
    kept
        Which of them.
    """
    best = numbers(layer.frame, "size_best")
    middle = (numbers(layer.frame, "size_low") + numbers(layer.frame, "size_high")) / 2
    sizes = np.nan_to_num(np.where(np.isnan(best), middle, best))
    widths = THIN_PT + (WIDEST_PT - THIN_PT) * np.sqrt(sizes / max(float(sizes.max(initial=0)), 1))
    categories, certainties = looks(layer)
    pale = min(1.0, max(0.45, CROWD / (10 * max(int(kept.sum()), 1)) ** 0.5))
    for at in sorted(np.flatnonzero(kept), key=lambda place: -widths[place]):
        arrow = _arrow(ground, layer.shapes.iloc[at], widths[at])
        if arrow is None:
            continue
        arrow.set_color(categories[at]["light"])
        arrow.set_alpha(_ARROW[certainties[at]] * pale)
        arrow.set_linestyle((0, (5, 3)) if certainties[at] == "planned" else "-")
        axes.add_patch(arrow)


def _arrow(ground: Ground, line: BaseGeometry, width_pt: float) -> FancyArrowPatch | None:
    xy = ground.project(unwrapped(shapely.get_coordinates(line)))
    xy = xy[np.isfinite(xy).all(axis=1)]
    if len(xy) < 2 or not np.ptp(xy, axis=0).any():
        return None
    if len(xy) == 2:
        # Only the ends are known: a bow, so that nobody takes it for a route.
        start, end = xy
        across = np.array([end[1] - start[1], start[0] - end[0]])
        path = Path([start, (start + end) / 2 - BOW * across, end], [1, 3, 3])
    else:
        path = Path(xy)
    head = 5 + 1.6 * width_pt
    return FancyArrowPatch(
        path=path,
        arrowstyle=f"-|>,head_length={head / 10:.3f},head_width={head / 22:.3f}",
        mutation_scale=10,
        linewidth=width_pt,
        capstyle="butt",
        zorder=6,
        shrinkA=0,
        shrinkB=0,
    )
