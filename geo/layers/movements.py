"""Draw who went where: arrows, as wide as the movement is large, told apart by certainty."""

from collections.abc import Mapping
from typing import Any, Final

from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.page import geometry
from geo.page.columns import Column, numbers
from geo.page.items import COLUMNS as ITEM_COLUMNS
from geo.page.items import ItemLayer

COLUMNS: Final = {
    **ITEM_COLUMNS,
    "geometry": Column(kind="geometry", meaning="LineString from origin to destination"),
    "size_low": Column(kind="number", unit="size_unit", meaning="lower bound", required=False),
    "size_best": Column(kind="number", unit="size_unit", meaning="best value", required=False),
    "size_high": Column(kind="number", unit="size_unit", meaning="upper bound", required=False),
}
"""Columns of the frame, one row per leg.

A line of two vertices is drawn as a bow (only its ends are known); one of more follows its
vertices.
Sizes are NaN where not stated, and the arrow is then thin.
"""


class Movements(ItemLayer):
    """Arrows: filled where observed, pale where inferred, dashed where planned.

    Parameters
    ----------
    frame
        Columns `COLUMNS`; ``time_from``, ``time_to`` and ``known_at`` are UTC and may be NaT.
    size_unit
        What the sizes count, as the reader sees it.
    name
        What the reader sees in the list of layers.
    key
        What a permalink calls the layer.
    show
        Whether the layer is drawn when the page opens.
    details
        Label -> column, shown in the panel in this order.
    filters
        Label -> column, offered as filters.
    category_labels
        Category -> what the reader sees for it.
    """

    mark = "arrows"
    delta_columns = frozenset({"x", "y"})

    def __init__(
        self,
        frame: GeoDataFrame,
        *,
        size_unit: str = "personnel",
        name: str = "Movements",
        key: str = "movements",
        show: bool = True,
        details: Mapping[str, str] | None = None,
        filters: Mapping[str, str] | None = None,
        category_labels: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            frame,
            columns=COLUMNS,
            kinds=("LineString",),
            name=name,
            key=key,
            show=show,
            details=details,
            filters=filters,
            category_labels=category_labels,
        )
        self._size_unit = size_unit

    def options(self) -> dict[str, Any]:
        """Describe categories, details, filters and the unit of sizes.

        Returns
        -------
        dict[str, Any]
            Options for the page script.
        """
        return {**super().options(), "sizeUnit": self._size_unit}

    def geometry_columns(self) -> dict[str, NDArray[Any]]:
        """Encode the lines and their sizes.

        Returns
        -------
        dict[str, NDArray[Any]]
            ``x``, ``y`` (1/100,000 degree), ``part_size``, ``parts``, ``size_low``, ``size_best``,
            ``size_high``.
        """
        sizes = {name: numbers(self.frame, name) for name in ("size_low", "size_best", "size_high")}
        return {**geometry.lines(self.shapes), **sizes}
