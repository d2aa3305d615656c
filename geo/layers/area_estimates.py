"""Draw how many are in an area: rings on the map, bands in the chart, published figures beside."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.errors import InvalidColumnError
from geo.page import geometry
from geo.page.columns import Column, check, days, in_degrees, numbers, texts
from geo.page.element import PageElement
from geo.page.table import Table

AREAS: Final[Mapping[str, Column]] = {
    "geometry": Column(kind="geometry", meaning="Polygon or MultiPolygon of the area"),
    "id": Column(kind="text", meaning="identifier of the area"),
    "name": Column(kind="text", meaning="name of the area"),
    "parent": Column(kind="text", meaning="id of the area that holds it", required=False),
}
"""Columns of the frame of areas. An area with children is outlined; rings stand in the others."""

QUANTILES: Final = ("p05", "p25", "p50", "p75", "p95")

ESTIMATES: Final[Mapping[str, Column]] = {
    "area_id": Column(kind="text", meaning="id of the area"),
    "date": Column(kind="date", meaning="day of the estimate, UTC"),
    **{
        name: Column(kind="number", unit="unit", meaning=f"quantile {name[1:]} % of the estimate")
        for name in QUANTILES
    },
    "building_up": Column(kind="number", meaning="probability that it grows", required=False),
    "drawing_down": Column(kind="number", meaning="probability that it shrinks", required=False),
    "forecast": Column(
        kind="number", meaning="1 for a day after that of knowledge", required=False
    ),
}
"""Columns of the frame of estimates, one row per area and day."""

PUBLISHED: Final[Mapping[str, Column]] = {
    "area_id": Column(kind="text", meaning="id of the area"),
    "date": Column(kind="date", meaning="day that the figure is about, UTC"),
    "low": Column(kind="number", unit="unit", meaning="lower bound; NaN where open"),
    "best": Column(kind="number", unit="unit", meaning="best value; NaN where not stated"),
    "high": Column(kind="number", unit="unit", meaning="upper bound; NaN where open"),
    "label": Column(kind="text", meaning="who published it, and the figure in words"),
    "link": Column(kind="text", meaning="address of the source, http or https", required=False),
    "known_at": Column(kind="date", meaning="day it was published, UTC", required=False),
}
"""Columns of the frame of published figures, drawn as marks beside the estimate."""


VINTAGES: Final[Mapping[str, Column]] = {
    **ESTIMATES,
    "as_of": Column(kind="date", meaning="day of knowledge of the estimate, UTC"),
}
"""Columns of the frame of earlier estimates, one row per day of knowledge, area and day."""

EFFORT: Final[Mapping[str, Column]] = {
    "area_id": Column(kind="text", meaning="id of the area"),
    "date": Column(kind="date", meaning="first day of the period, UTC"),
    "until": Column(kind="date", meaning="last day of the period, UTC"),
    "claims": Column(kind="number", meaning="observations in the period"),
    "sources": Column(kind="number", meaning="who made them, each counted once"),
}
"""Columns of the frame of observation effort, one row per area and period."""

BREAKS: Final[Mapping[str, Column]] = {
    "area_id": Column(kind="text", meaning="id of the area"),
    "date": Column(kind="date", meaning="first silent day, UTC"),
    "until": Column(kind="date", meaning="last silent day, UTC"),
}
"""Columns of the frame of breaks in coverage: a trend across one rests on its two ends alone."""

LIKELY: Final = 0.5
"""Probability from which growth or shrinkage is shaded."""

MOST_VINTAGES: Final = 40
"""Days of knowledge that a page carries; of more, every n-th is kept and always the last."""


class AreaEstimates(PageElement):
    """Areas with an estimate over time: a ring per area, and the chart of the selected one.

    The disc is the 5 % quantile, the outer ring the 95 % quantile, the line between them the
    median; areas of circles are proportional to numbers.

    Parameters
    ----------
    areas
        Columns `AREAS`.
    estimates
        Columns `ESTIMATES`, for ids in ``areas``.
    published
        Columns `PUBLISHED`.
    vintages
        Columns `VINTAGES`: estimates as they stood on earlier days of knowledge. Weekly days of
        knowledge and weekly dates keep the page small. Where a reader asks what was known on a
        day, the last vintage by then is shown, and no estimate where there is none.
    effort
        Columns `EFFORT`: how much was said, drawn below the curve.
    breaks
        Columns `BREAKS`: times in which nobody spoke, marked across the chart.
    unit
        What the estimates count, as the reader sees it.
    name
        What the reader sees in the list of layers.
    key
        What a permalink calls the layer.
    show
        Whether the layer is drawn when the page opens.

    Raises
    ------
    InvalidColumnError
        Where an estimate or a published figure names an area that is not there.
    """

    mark = "areas"

    def __init__(
        self,
        areas: GeoDataFrame,
        estimates: pd.DataFrame,
        published: pd.DataFrame | None = None,
        *,
        vintages: pd.DataFrame | None = None,
        effort: pd.DataFrame | None = None,
        breaks: pd.DataFrame | None = None,
        unit: str = "personnel",
        name: str = "Estimates",
        key: str = "estimates",
        show: bool = True,
    ) -> None:
        super().__init__(name=name, key=key, show=show)
        check(areas, AREAS, layer=name)
        check(estimates, ESTIMATES, layer=name)
        self.published = _frame(published, PUBLISHED, name)
        self._vintages = _frame(vintages, VINTAGES, name)
        self._effort = _frame(effort, EFFORT, name)
        self.breaks = _frame(breaks, BREAKS, name)
        self.areas, self.estimates, self.unit = areas, estimates, unit
        self.shapes = in_degrees(areas, ("Polygon", "MultiPolygon"), layer=name)
        self._place = {area: at for at, area in enumerate(texts(areas, "id"))}

    def options(self) -> dict[str, Any]:
        """Describe the areas.

        Returns
        -------
        dict[str, Any]
            ``unit``, and of each area ``id``, ``name`` and ``parent``.
        """
        columns = [texts(self.areas, column) for column in ("id", "name", "parent")]
        areas = [
            dict(zip(("id", "name", "parent"), row, strict=True))
            for row in zip(*columns, strict=True)
        ]
        return {"unit": self.unit, "areas": areas}

    def tables(self) -> dict[str, Table]:
        """Encode outlines, estimates and published figures.

        Returns
        -------
        dict[str, Table]
            ``data``, with the columns of the three frames side by side.
        """
        outlines = geometry.polygons(self.shapes, steps=geometry.COARSE)
        numbers_ = {
            **outlines,
            **geometry.prefixed("anchor_", geometry.anchors(self.shapes)),
            **self._quantiles(),
            **self._figures(),
            **self._earlier(),
            **geometry.prefixed("effort_", self._periods(self._effort, "claims", "sources")),
            **geometry.prefixed("break_", self._periods(self.breaks)),
        }
        words = {
            "label": texts(self.published, "label"),
            "link": texts(self.published, "link"),
        }
        steady = {"x", "y", "day", *(f"vintage_{name}" for name in VINTAGES), "vintage_day"}
        return {"data": Table(numbers=numbers_, texts=words, delta=steady)}

    def _quantiles(self) -> dict[str, NDArray[Any]]:
        area, day = self._codes(self.estimates), days(self.estimates, "date")
        order = np.lexsort((day, area))
        columns: dict[str, NDArray[Any]] = {
            name: numbers(self.estimates, name) for name in QUANTILES
        }
        columns |= {"area": area, "day": day}
        columns |= {"regime": self._regimes(), "forecast": _optional(self.estimates, "forecast")}
        return {name: values[order] for name, values in columns.items()}

    def _regimes(self) -> NDArray[np.int32]:
        # 1 where it probably grows, 2 where it probably shrinks, 0 where neither is likely.
        growing, shrinking = (
            _optional(self.estimates, name) for name in ("building_up", "drawing_down")
        )
        return np.select([growing >= LIKELY, shrinking >= LIKELY], [1, 2], 0).astype(np.int32)

    def _periods(self, frame: pd.DataFrame, *counts: str) -> dict[str, NDArray[Any]]:
        columns: dict[str, NDArray[Any]] = {name: numbers(frame, name) for name in counts}
        columns |= {"area": self._codes(frame)}
        return columns | {name: days(frame, name) for name in ("date", "until")}

    def _figures(self) -> dict[str, NDArray[Any]]:
        columns: dict[str, NDArray[Any]] = {
            name: numbers(self.published, name) for name in ("low", "best", "high")
        }
        columns |= {"area": self._codes(self.published), "day": days(self.published, "date")}
        known = "known_at" if "known_at" in self.published else "date"
        columns["known"] = days(self.published, known)
        return geometry.prefixed("figure_", columns)

    def _earlier(self) -> dict[str, NDArray[Any]]:
        frame = self._vintages.dropna(subset=list(QUANTILES))
        as_of = days(frame, "as_of")
        kept = np.isin(as_of, _thinned(as_of))
        frame = frame[kept]
        area, day = self._codes(frame), days(frame, "date")
        order = np.lexsort((day, area, as_of[kept]))
        columns: dict[str, NDArray[Any]] = {
            name: np.round(1_000 * np.log1p(numbers(frame, name))).astype(np.int32)
            for name in QUANTILES
        }
        columns |= {"as_of": as_of[kept], "area": area, "day": day}
        return {f"vintage_{name}": values[order] for name, values in columns.items()}

    def _codes(self, frame: pd.DataFrame) -> NDArray[np.int32]:
        ids = texts(frame, "area_id")
        unknown = next((area for area in ids if area not in self._place), None)
        if unknown is not None:
            reason = f"{unknown!r} is none of them"
            raise InvalidColumnError(column="area_id", expected="ids of the areas", reason=reason)
        return np.array([self._place[area] for area in ids], np.int32)


def _frame(frame: pd.DataFrame | None, columns: Mapping[str, Column], layer: str) -> pd.DataFrame:
    if frame is None:
        return pd.DataFrame(columns=list(columns))
    check(frame, columns, layer=layer)
    return frame


def _optional(frame: pd.DataFrame, name: str) -> NDArray[np.float32]:
    return np.nan_to_num(numbers(frame, name)).astype(np.float32)


def _thinned(as_of: NDArray[np.int32]) -> NDArray[np.int32]:
    known = np.unique(as_of)
    every = -(-len(known) // MOST_VINTAGES) or 1
    return known[::-1][::every]
