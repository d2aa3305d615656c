"""Draw estimates of the picture: rings in the areas, the curve of one of them with its bands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter, DateLocator, DayLocator, MonthLocator
from matplotlib.ticker import FuncFormatter, MaxNLocator

from geo.layers import AreaEstimates
from geo.page.columns import days, numbers, texts
from geo.plate.ground import Ground, fill, unwrapped
from geo.plate.lettering import PX_PER_PT, Lettering

INK, DEEP = "#a2312d", "#7d1f1c"
FIGURE = "#3d4654"
MONTHS_FROM_DAYS = 120
"""A curve longer than this is labelled by month."""
DAYS_UP_TO = 9
"""A curve no longer than this is labelled day by day."""

LARGEST_PT = 26.0
"""Radius of the largest ring, points; areas of circles are proportional to numbers."""


def in_words(value: float) -> str:
    """Write a number with two significant digits and its thousands or millions as a letter.

    Parameters
    ----------
    value
        What is counted.

    Returns
    -------
    str
        `4.3k`, `88k`, `190`.
    """
    if value == 0:
        return "0"
    rounded = float(f"{value:.2g}")
    for unit, letter in ((1e6, "M"), (1e3, "k")):
        if abs(rounded) >= unit:
            return f"{rounded / unit:g}{letter}"
    return f"{rounded:g}"


def on_day(layer: AreaEstimates, day: int | None) -> pd.DataFrame:
    """Take the last estimate of each area by a day.

    Parameters
    ----------
    layer
        Estimates.
    day
        Days since 1970; the last one where None.

    Returns
    -------
    DataFrame
        Columns of `geo.layers.area_estimates.ESTIMATES` and `day`, indexed by area.
    """
    frame = layer.estimates.assign(day=days(layer.estimates, "date"))
    frame = frame.dropna(subset=["p05", "p50", "p95"])
    frame = frame[frame["day"] <= day] if day is not None else frame
    return frame.sort_values("day").drop_duplicates("area_id", keep="last").set_index("area_id")


def interval(frame: pd.DataFrame, area: str) -> tuple[float, float, float]:
    """Read the quantiles of an area.

    Parameters
    ----------
    frame
        As `on_day` gives it.
    area
        Id of an area in it.

    Returns
    -------
    tuple of float
        The 5, 50 and 95 % quantiles.
    """
    low, middle, high = frame.loc[[area], ["p05", "p50", "p95"]].to_numpy(float)[0].tolist()
    return low, middle, high


def draw_rings(
    axes: Axes, ground: Ground, layer: AreaEstimates, day: int | None, lettering: Lettering
) -> None:
    """Draw areas and their rings, and write their intervals.

    Parameters
    ----------
    axes, ground
        Map and projection.
    layer
        Areas and estimates; rings stand in areas without parts.
    day
        Day whose estimate is drawn, days since 1970; the last one where None.
    lettering
        Where names are written.
    """
    frame = on_day(layer, day)
    ids, names, parents = (texts(layer.areas, name) for name in ("id", "name", "parent"))
    leaves = [at for at, area in enumerate(ids) if area not in parents]
    known = {at: interval(frame, ids[at]) for at in leaves if ids[at] in frame.index}
    largest = max((high for _, _, high in known.values()), default=0.0)
    written = []
    for at in leaves:
        shape = ground.shown([layer.shapes.iloc[at]])
        fill(axes, shape, facecolor=INK, alpha=0.08, edgecolor="none", zorder=4)
        fill(axes, shape, facecolor="none", edgecolor=INK, alpha=0.55, linewidth=0.7, zorder=5)
        if at in known:
            spot = layer.shapes.iloc[at].representative_point()
            ((x, y),) = ground.project(unwrapped(np.array([[spot.x, spot.y]])))
            reach = _ring(axes, x, y, known[at], largest)
            lettering.keep_free((x, y), reach * 0.8 * PX_PER_PT)
            written.append((at, x, y, reach))
    for at, x, y, reach in written:
        low, _, high = known[at]
        words = f"{names[at]}\n{in_words(low)}–{in_words(high)}"
        gap = reach + 11
        places = [(0.0, -gap), (0.0, gap), (gap, 0.0), (-gap, 0.0)]
        lettering.write(words, (x, y), offsets=places, fontsize=7.5, fontweight="bold", color=DEEP)


def _ring(axes: Axes, x: float, y: float, quantiles: Sequence[float], largest: float) -> float:
    low, middle, high = (LARGEST_PT * math.sqrt(value / max(largest, 1)) for value in quantiles)
    look: dict[str, Any] = {"marker": "o", "zorder": 8}
    axes.scatter(x, y, s=(2 * high) ** 2, color=INK, alpha=0.18, lw=0, **look)
    axes.scatter(x, y, s=(2 * low) ** 2, color=INK, alpha=0.42, lw=0, **look)
    axes.scatter(
        x, y, s=(2 * high) ** 2, facecolors="none", edgecolors=INK, lw=0.8, ls=(0, (2, 2)), **look
    )
    axes.scatter(x, y, s=(2 * middle) ** 2, facecolors="none", edgecolors=INK, lw=1.4, **look)
    return high


def draw_chart(axes: Axes, layer: AreaEstimates, area: str, window: tuple[int, int] | None) -> None:
    """Draw the curve of an area: median, 50 and 90 % bands, what others published.

    Parameters
    ----------
    axes
        Axes of the chart.
    layer
        Estimates.
    area
        Id of the area.
    window
        First and last minute that the map shows, shaded; None for all of time.
    """
    frame = layer.estimates[texts_equal(layer.estimates, area)]
    frame = frame.assign(at=days(frame, "date")).sort_values("at")
    axes.fill_between(frame["at"], frame["p05"], frame["p95"], color=INK, alpha=0.15, lw=0)
    axes.fill_between(frame["at"], frame["p25"], frame["p75"], color=INK, alpha=0.24, lw=0)
    ahead = np.nan_to_num(numbers(frame, "forecast")) > 0
    axes.plot(frame["at"], frame["p50"].where(~ahead), color=INK, lw=1.5)
    axes.plot(frame["at"], frame["p50"].where(ahead), color=INK, lw=1.5, ls=(0, (3, 2)))
    for first, last in _silence(layer, area):
        axes.axvspan(first, last, facecolor="none", edgecolor="#c4c9d0", hatch="////", lw=0)
    _figures(axes, layer, area)
    if window is not None:
        axes.axvspan(window[0] / 1440, window[1] / 1440, color="#788291", alpha=0.12, lw=0)
    _scale(axes)


def texts_equal(frame: pd.DataFrame, area: str) -> list[bool]:
    """Tell which rows are of an area.

    Parameters
    ----------
    frame
        Any frame with `area_id`.
    area
        Id of the area.

    Returns
    -------
    list of bool
        One per row.
    """
    return [one == area for one in texts(frame, "area_id")]


def _silence(layer: AreaEstimates, area: str) -> list[tuple[int, int]]:
    frame = layer.breaks[texts_equal(layer.breaks, area)]
    return list(zip(days(frame, "date").tolist(), days(frame, "until").tolist(), strict=True))


def _figures(axes: Axes, layer: AreaEstimates, area: str) -> None:
    frame = layer.published[texts_equal(layer.published, area)]
    at = days(frame, "date")
    low, best, high = (numbers(frame, name) for name in ("low", "best", "high"))
    low, high = np.where(np.isnan(low), best, low), np.where(np.isnan(high), best, high)
    low, high = np.where(np.isnan(low), high, low), np.where(np.isnan(high), low, high)
    axes.vlines(at, low, high, color=FIGURE, lw=0.9, alpha=0.7)
    middle = np.where(np.isnan(best), (low + high) / 2, best)
    axes.scatter(at, middle, s=11, facecolors="white", edgecolors=FIGURE, lw=0.9, zorder=4)


def time_locator(span_days: float) -> DateLocator:
    """Choose where the time axis is labelled, so that no two labels are alike.

    Parameters
    ----------
    span_days : float
        Length of the axis in days.

    Returns
    -------
    matplotlib.dates.DateLocator
        Every so many months where months are the labels, every day of a short axis; left to
        itself, matplotlib marks the middle of a month and noon as well.
    """
    if span_days <= DAYS_UP_TO:
        return DayLocator(tz=UTC)  # type: ignore[no-untyped-call]
    if span_days <= MONTHS_FROM_DAYS:
        return AutoDateLocator(tz=UTC, maxticks=10)  # type: ignore[no-untyped-call]
    return MonthLocator(interval=math.ceil(span_days / 300), tz=UTC)  # type: ignore[no-untyped-call]


def _scale(axes: Axes) -> None:
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: in_words(value)))
    # matplotlib counts days since 1970, as the columns do.
    first, last = axes.get_xlim()
    # Numbers, because a month's name would be that of the machine's language.
    pattern = "%Y-%m" if last - first > MONTHS_FROM_DAYS else "%Y-%m-%d"
    axes.xaxis.set_major_locator(time_locator(last - first))
    axes.xaxis.set_major_formatter(DateFormatter(pattern, tz=UTC))  # type: ignore[no-untyped-call]
    axes.grid(color="#e9ebee", lw=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=7, colors="#59626e")
    for side in axes.spines.values():
        side.set_visible(False)
