"""Compose the picture: title, map, chart, key and credits, on one sheet of fixed size."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from geo.layers import AreaEstimates, PlaceNames
from geo.page import BaseMap, TroopMap
from geo.page.columns import numbers, texts
from geo.page.element import PageElement
from geo.page.items import CERTAINTIES, ItemLayer
from geo.plate.ground import BORDER, WHOLE_WORLD, Ground, box_of, lay, unwrapped
from geo.plate.lettering import DPI, PX_PER_PT, Lettering
from geo.plate.marks import MARKERS, draw_arrows, draw_points, draw_zones, in_window, looks
from geo.plate.strength import INK, draw_chart, draw_rings, in_words, interval, on_day

WIDTH_IN, HEIGHT_IN = 10.0, 7.2
MARGIN = 0.03
INK_TEXT, MUTED = "#1b1f24", "#59626e"
ITEM_SHARE = 0.9
"""Share of the items' places that a picture without areas frames."""

MOST_TOWNS, MOST_NAMES = 60, 40
SUBURBS = 50
"""A town nearer to a larger one than the picture's half width over this is a part of it here."""

CIRCLES = "Circles of areas: disc 5 %, line median, rim 95 %"
INTERVALS = "50 % and 90 % interval"
BOUNDARIES = "Boundaries: Natural Earth; Crimea is Ukraine's, hatched as disputed"
WORDS = (CIRCLES, INTERVALS, BOUNDARIES, *CERTAINTIES)
"""What the picture says by itself, beside the words of the page."""
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "hatch.color": "#a89f8e",
    "hatch.linewidth": 0.4,
    "text.parse_math": False,
    "axes.formatter.use_mathtext": False,
}
_DRAW = {"zones": draw_zones, "arrows": draw_arrows, "points": draw_points}


def draw_plate(page: TroopMap, say: Callable[[str], str] = str) -> bytes:
    """Draw what a map page shows when it opens as a PNG, without a browser.

    Layers that the page opens without are left out, as are elements of plain folium. Where the
    page has areas with estimates they fill the picture, else its items. Words from outside are
    set as they are; letters that DejaVu Sans lacks become boxes.

    Parameters
    ----------
    page
        The page.
    say
        Translates the few words that the picture itself adds (`WORDS`); English where not given.

    Returns
    -------
    bytes
        PNG of 1,600 by 1,152 pixels; equal pages give equal bytes with the same matplotlib.
    """
    with mpl.rc_context(), warnings.catch_warnings():
        # A reader's own matplotlibrc must not change the picture.
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        warnings.filterwarnings("ignore", "Matplotlib currently does not support .* natively")
        figure = Figure(figsize=(WIDTH_IN, HEIGHT_IN), dpi=DPI, facecolor="white")
        FigureCanvasAgg(figure)
        _compose(figure, page, say)
        file = io.BytesIO()
        figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _compose(figure: Figure, page: TroopMap, say: Callable[[str], str]) -> None:
    layers = [layer for layer in page.layers() if layer.show]
    estimates = next((one for one in layers if isinstance(one, AreaEstimates)), None)
    about = page.page()
    window = tuple(about["window"]) if about["window"] else None
    charted = estimates is not None and len(estimates.estimates) > 0
    bottom = 0.31 if charted else 0.12
    axes = figure.add_axes((MARGIN, bottom, 1 - 2 * MARGIN, 0.9 - bottom))
    _map(axes, layers, estimates, window)
    _head(figure, about)
    if estimates is not None and charted:
        _chart(figure, estimates, window)
    _foot(figure, layers, about["attribution"], say)


def _map(
    axes: Axes,
    layers: Sequence[PageElement],
    estimates: AreaEstimates | None,
    window: tuple[int, int] | None,
) -> None:
    items = [layer for layer in layers if isinstance(layer, ItemLayer)]
    box = box_of([estimates.shapes] if estimates is not None else [])
    box = box or box_of([layer.shapes for layer in items], share=ITEM_SHARE) or WHOLE_WORLD
    size = axes.get_window_extent()
    ground = Ground(box, size.width / size.height)
    base = next((one for one in layers if isinstance(one, BaseMap)), None)
    lay(axes, ground, base)
    for side in axes.spines.values():
        side.set(color=BORDER, linewidth=0.8)
    lettering = Lettering(axes)
    _scale_bar(axes, ground, lettering)
    if estimates is not None:
        draw_rings(axes, ground, estimates, _day(window), lettering)
    for mark, draw in _DRAW.items():
        for layer in items:
            if layer.mark == mark:
                draw(axes, ground, layer, in_window(layer, window))
    _names(axes, ground, lettering, layers, base)


def _day(window: tuple[int, int] | None) -> int | None:
    return None if window is None else window[1] // 1440


def _names(
    axes: Axes,
    ground: Ground,
    lettering: Lettering,
    layers: Sequence[PageElement],
    base: BaseMap | None,
) -> None:
    if base is not None:
        spots = base.countries.representative_point()
        order = np.argsort(-base.countries.to_crs("EPSG:6933").area.to_numpy())
        names = [name.upper() for name in texts(base.frame, "name")]
        look: dict[str, Any] = {"fontsize": 7.5, "color": "#8f897d"}
        _written(ground, lettering, spots, names, order, [(0.0, 0.0), (0.0, 16.0)], look)
    for layer in layers:
        if isinstance(layer, PlaceNames):
            order = np.argsort(-numbers(layer.frame, "population"), kind="stable")
            beside = [(4.0, 0.0), (-4.0, 0.0), (0.0, 6.0), (0.0, -6.0)]
            look = {"fontsize": 6.5, "color": "#4a4f57"}
            names = texts(layer.frame, "name")
            at = _written(ground, lettering, layer.shapes, names, order, beside, look, MOST_TOWNS)
            if at:
                x, y = np.array(at).T
                axes.scatter(x, y, s=3, color="#777d86", lw=0, zorder=5)


def _written(  # noqa: PLR0917 - one call per kind of name
    ground: Ground,
    lettering: Lettering,
    spots: Any,
    names: Sequence[str],
    order: Any,
    offsets: Sequence[tuple[float, float]],
    look: dict[str, Any],
    most: int = MOST_NAMES,
) -> list[tuple[float, float]]:
    xy = ground.project(unwrapped(spots.get_coordinates().to_numpy()))
    inside = np.all(np.abs(xy) < np.array([ground.half_x_km, ground.half_y_km]), axis=1)
    written: list[tuple[float, float]] = []
    for at in order:
        x, y = xy[at]
        if not (inside[at] and names[at] and len(written) < most):
            continue
        near = min((np.hypot(x - a, y - b) for a, b in written), default=np.inf)
        if near * SUBURBS < ground.half_x_km:
            continue
        if lettering.write(names[at], (x, y), offsets=offsets, **look):
            written.append((float(x), float(y)))
    return written


def _scale_bar(axes: Axes, ground: Ground, lettering: Lettering) -> None:
    length = next(km for km in (1000, 500, 200, 100, 50, 20, 10) if km < ground.half_x_km * 0.4)
    x, y = -ground.half_x_km * 0.97, -ground.half_y_km * 0.93
    axes.plot([x, x + length], [y, y], color=MUTED, lw=1.4, zorder=10)
    axes.text(x, y + ground.half_y_km * 0.02, f"{length} km", fontsize=7, color=MUTED, zorder=10)
    for step in np.linspace(0, length, 8):
        lettering.keep_free((x + step, y), 12 * PX_PER_PT)


def _head(figure: Figure, about: dict[str, Any]) -> None:
    look: dict[str, Any] = {"va": "top", "parse_math": False}
    figure.text(MARGIN, 0.977, about["title"], fontsize=14, weight="bold", color=INK_TEXT, **look)
    figure.text(MARGIN, 0.936, about["subtitle"], fontsize=8.5, color=MUTED, **look)
    figure.text(
        1 - MARGIN, 0.973, about["marking"], fontsize=8, weight="bold", color=MUTED, ha="right",
        **look,
    )  # fmt: skip


def _chart(figure: Figure, layer: AreaEstimates, window: tuple[int, int] | None) -> None:
    frame = on_day(layer, _day(window))
    ids, parents = texts(layer.areas, "id"), texts(layer.areas, "parent")
    known = [area for area in ids if area in frame.index]
    if not known:
        return
    area = next((one for one in known if one in parents), known[0])
    axes = figure.add_axes((MARGIN + 0.03, 0.135, 1 - 2 * MARGIN - 0.03, 0.125))
    draw_chart(axes, layer, area, window)
    low, middle, high = map(in_words, interval(frame, area))
    day = pd.Timestamp(int(frame["day"][area]), unit="D")
    name = texts(layer.areas, "name")[ids.index(area)]
    figure.text(
        MARGIN, 0.283, f"{name}: {middle} ({low}–{high}) {layer.unit}, {day:%Y-%m-%d}", fontsize=9,
        weight="bold", color=INK, parse_math=False,
    )  # fmt: skip


def _foot(
    figure: Figure,
    layers: Sequence[PageElement],
    credits_: Sequence[str],
    say: Callable[[str], str],
) -> None:
    handles = _key(layers, say)
    if handles:
        figure.legend(
            handles=handles, loc="lower left", bbox_to_anchor=(MARGIN - 0.008, 0.028), ncols=6,
            fontsize=7, frameon=False, handletextpad=0.4, columnspacing=1.4, labelcolor=MUTED,
        )  # fmt: skip
    based = [say(BOUNDARIES)] if any(isinstance(layer, BaseMap) for layer in layers) else []
    line = " · ".join([*credits_, *based, say(CIRCLES)])
    figure.text(MARGIN, 0.012, line, fontsize=6.5, color=MUTED, parse_math=False)


def _key(layers: Sequence[PageElement], say: Callable[[str], str]) -> list[Any]:
    seen: dict[str, Any] = {}
    for layer in layers:
        if not isinstance(layer, ItemLayer) or not len(layer.frame):
            continue
        for entry in layer.options()["categories"]:
            name = entry["label"]
            if name and name not in seen:
                marker = MARKERS[entry["shape"]]
                seen[name] = Line2D(
                    [], [], ls="", marker=marker, color=entry["light"], ms=5, label=name
                )
        for word in CERTAINTIES if layer.mark == "arrows" else ():
            if word in looks(layer)[1]:
                look: dict[str, Any] = {"ls": (0, (3, 2)) if word == "planned" else "-", "lw": 1.5}
                label = f"{layer.layer_name}: {say(word)}"
                pale = 0.45 if word == "inferred" else 1
                seen[label] = Line2D([], [], color=MUTED, alpha=pale, label=label, **look)
    if any(isinstance(layer, AreaEstimates) for layer in layers):
        seen[INTERVALS] = Patch(color=INK, alpha=0.3, label=say(INTERVALS))
    return list(seen.values())
