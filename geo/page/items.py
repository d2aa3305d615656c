"""Carry what was reported somewhere at some time: the base of layers with points, lines, shapes."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.page.columns import MISSING_MINUTE, Column, check, in_degrees, minutes, texts
from geo.page.element import PageElement
from geo.page.palette import categories
from geo.page.symbols import pictures
from geo.page.table import Table, coded

COLUMNS: Final = {
    "geometry": Column(kind="geometry", meaning="where it is, in any CRS that the frame names"),
    "id": Column(kind="text", meaning="identifier, unique in the layer; permalinks use it"),
    "title": Column(kind="text", meaning="one line that says what it is"),
    "time_from": Column(kind="time", meaning="start of the span in which it happened, UTC"),
    "time_to": Column(kind="time", meaning="end of that span, UTC", required=False),
    "known_at": Column(kind="time", meaning="when the public could know it, UTC", required=False),
    "category": Column(kind="text", meaning="what the colour and shape stand for", required=False),
    "certainty": Column(kind="text", meaning="observed, inferred or planned", required=False),
    "symbol": Column(
        kind="text", meaning="code of its map symbol, twenty digits (APP-6)", required=False
    ),
    "quote": Column(kind="text", meaning="the words that someone published", required=False),
    "link": Column(kind="text", meaning="address of the source, http or https", required=False),
}
"""Columns that every layer of items shares.

A span without start or end counts as an instant; an item without both has no date and stays outside
the time control. An item without ``known_at`` counts as always known.
"""

CERTAINTIES: Final = ("observed", "inferred", "planned")
"""Filled, pale and hollow; anything else, or nothing, counts as observed."""


class ItemLayer(PageElement):
    """A layer of dated items with words behind them.

    Parameters
    ----------
    frame
        One row per item.
    columns
        The columns that the layer declares.
    kinds
        Geometry types that the layer draws.
    name, key, show
        As in `PageElement`.
    details
        Label -> column: what the panel shows below the quote, in this order.
    filters
        Label -> column: what the reader may filter by; few distinct values each.
    category_labels
        What the reader sees for a category.
    """

    def __init__(
        self,
        frame: GeoDataFrame,
        *,
        columns: Mapping[str, Column],
        kinds: tuple[str, ...],
        name: str,
        key: str,
        show: bool = True,
        details: Mapping[str, str] | None = None,
        filters: Mapping[str, str] | None = None,
        category_labels: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(name=name, key=key, show=show)
        self._details, self._filters = dict(details or {}), dict(filters or {})
        asked = {
            column: Column(kind="text", meaning=f"shown to the reader as {label!r}")
            for label, column in (self._details | self._filters).items()
        }
        check(frame, {**columns, **asked}, layer=name)
        shapes = in_degrees(frame, kinds, layer=name)
        start, end = _span(frame)
        order = np.argsort(
            np.where(start == MISSING_MINUTE, np.iinfo(np.int32).max, start), kind="stable"
        )
        self._frame, self.shapes = frame.iloc[order], shapes.iloc[order]
        self._start, self._end = start[order], end[order]
        self._category_labels = category_labels

    @property
    def frame(self) -> GeoDataFrame:
        """The items in the order of their start, those without a date last."""
        return self._frame

    def options(self) -> dict[str, Any]:
        """Describe categories, map symbols, details and filters.

        Returns
        -------
        dict[str, Any]
            Options for the page script.
        """
        coded_ = texts(self._frame, "symbol") if "symbol" in self._frame else []
        symbols = {"symbols": pictures(coded_)} if coded_ else {}
        return {
            **symbols,
            "categories": self._categories(),
            "details": [{"label": label, "column": name} for label, name in self._details.items()],
            "filters": [{"label": label, "column": name} for label, name in self._filters.items()],
        }

    def tables(self) -> dict[str, Table]:
        """Encode the items.

        Returns
        -------
        dict[str, Table]
            ``data``: times in minutes, look (category * 3 + certainty), filters, and the columns
            of the geometry; ``texts``: what is read only when the reader asks for it.
        """
        numbers: dict[str, Any] = {
            "from": self._start,
            "lasts": self._end - self._start,
            "known": self._known_after(),
            "look": self._codes() * len(CERTAINTIES) + _certainty(texts(self._frame, "certainty")),
            **self.geometry_columns(),
        }
        filters = {f"filter:{name}": texts(self._frame, name) for name in self._filters.values()}
        if "symbol" in self._frame:
            filters["symbol"] = texts(self._frame, "symbol")
        once = [name for name in self._details.values() if name not in self._filters.values()]
        words = dict.fromkeys(("id", "title", "quote", "link", *once))
        return {
            "data": Table(numbers=numbers, texts=filters, delta={"from", *self.delta_columns}),
            "texts": Table(texts={name: texts(self._frame, name) for name in words}),
        }

    delta_columns: frozenset[str] = frozenset()

    def geometry_columns(self) -> dict[str, NDArray[Any]]:
        """Encode where the items are.

        Returns
        -------
        dict[str, NDArray[Any]]
            Columns that the mark reads.
        """
        return {}

    def _known_after(self) -> NDArray[np.int32]:
        # How long after its start an item was known: short numbers pack well.
        known = minutes(self._frame, "known_at").astype(np.int64)
        base = np.where(self._start == MISSING_MINUTE, 0, self._start).astype(np.int64)
        return np.where(known == MISSING_MINUTE, MISSING_MINUTE, known - base).astype(np.int32)

    def _categories(self) -> list[dict[str, str]]:
        return categories(texts(self._frame, "category"), self._category_labels)

    def _codes(self) -> NDArray[np.int32]:
        codes, found = coded(texts(self._frame, "category"))
        place = {entry["value"]: at for at, entry in enumerate(self._categories())}
        return np.array([place[value] for value in found], np.int32)[codes]


def _span(frame: GeoDataFrame) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    start, end = minutes(frame, "time_from"), minutes(frame, "time_to")
    start, end = (
        np.where(start == MISSING_MINUTE, end, start),
        np.where(end == MISSING_MINUTE, start, end),
    )
    return start, np.maximum(start, end)


def _certainty(values: list[str]) -> NDArray[np.int32]:
    place = {value: at for at, value in enumerate(CERTAINTIES)}
    return np.array([place.get(value, 0) for value in values], np.int32)
