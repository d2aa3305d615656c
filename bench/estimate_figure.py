"""Draw the theatre's estimate of 2021-22 with the published figures beside it, as SVG.

Run `python bench/estimate_figure.py docs/images/estimate-2021-22.svg`.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from estimates import record_inputs

from tracker.estimates.estimate import Estimate
from tracker.estimates.estimation import estimate
from tracker.estimates.model import Fit, fit
from tracker.estimates.observations import Target
from tracker.vocabulary import Unit

AREA = "around-ukraine"
FIRST, LAST = date(2021, 10, 20), date(2022, 2, 23)
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 760, 340, 62, 34, 14
TICKS = (50_000, 70_000, 100_000, 150_000, 200_000)
LOW, HIGH = math.log(42_000), math.log(235_000)


def across(day: date) -> float:
    """Place a day, pixels from the left."""
    return LEFT + (WIDTH - LEFT - 10) * (day - FIRST).days / (LAST - FIRST).days


def up(size: float) -> float:
    """Place a size on the log axis, pixels from the top."""
    share = (math.log(max(size, 1)) - LOW) / (HIGH - LOW)
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * min(max(share, 0), 1)


def band(rows: Sequence[Estimate], low: str, high: str, opacity: float) -> str:
    """Draw the band between two quantiles."""
    there = [(across(r.day), up(getattr(r, high))) for r in rows]
    back = [(across(r.day), up(getattr(r, low))) for r in reversed(rows)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*there, *back])
    return f'<polygon points="{points}" fill="#3b6ea5" fill-opacity="{opacity}"/>'


def figures(fitted: Fit) -> list[str]:
    """Draw the published personnel figures, converted to all services; grey where they weigh 0."""
    marks = []
    number = fitted.area_ids.index(AREA)
    for i, (observation, weight) in enumerate(
        zip(fitted.observations, fitted.weights, strict=True)
    ):
        if fitted.encoded.data.area[i] != number or not FIRST <= observation.day <= LAST:
            continue
        measure = observation.claim.measure
        if measure is None or measure.unit is not Unit.PERSONNEL:
            continue
        reading = observation.reading
        size = math.exp((reading.low + reading.high) / 2 - observation.log_offset)
        x, y = across(observation.day), up(size)
        if reading.direction:
            shape = f"M{x - 3:.1f},{y:.1f} h6 M{x:.1f},{y:.1f} v{-7 * reading.direction}"
        else:
            shape = f"M{x - 2.5:.1f},{y:.1f} a2.5,2.5 0 1,0 5,0 a2.5,2.5 0 1,0 -5,0"
        colour = "#b3401f" if weight.value > 0 else "#999999"
        marks.append(f'<path d="{shape}" fill="none" stroke="{colour}" stroke-width="1.3"/>')
    return marks


def axes() -> list[str]:
    """Draw the lines and labels of both axes."""
    lines = []
    for tick in TICKS:
        y = up(tick)
        lines.append(f'<path d="M{LEFT},{y:.1f} H{WIDTH - 10}" stroke="#8884" />')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:,}</text>')
    for year, month in ((2021, 11), (2021, 12), (2022, 1), (2022, 2)):
        day = date(year, month, 1)
        lines.append(f'<path d="M{across(day):.1f},{TOP} V{HEIGHT - BOTTOM}" stroke="#8884"/>')
        label = f'x="{across(day) + 4:.1f}" y="{HEIGHT - 14}"'
        lines.append(f"<text {label}>{day:%B %Y}</text>")
    return lines


def main() -> None:
    """Write the figure."""
    claims, placed, setting = record_inputs()
    target = Target(actor="RU", as_of=LAST)
    rows = estimate(claims, placed, setting, target, days=(FIRST, LAST), area=AREA)
    fitted = fit(claims, placed, setting, target)
    middle = " ".join(f"{across(r.day):.1f},{up(r.p50):.1f}" for r in rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        'font-family="sans-serif" font-size="12" fill="#555">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *axes(),
        band(rows, "p05", "p95", 0.18),
        band(rows, "p25", "p75", 0.3),
        f'<polyline points="{middle}" fill="none" stroke="#1d4470" stroke-width="1.8"/>',
        *figures(fitted),
        "</svg>",
    ]
    Path(sys.argv[1]).write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
