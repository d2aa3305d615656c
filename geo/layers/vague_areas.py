"""Draw what was reported for a region: the whole region, never an invented point."""

from collections.abc import Mapping
from typing import Any, Final

from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.page import geometry
from geo.page.columns import Column
from geo.page.items import COLUMNS as ITEM_COLUMNS
from geo.page.items import ItemLayer

COLUMNS: Final = {
    **ITEM_COLUMNS,
    "geometry": Column(kind="geometry", meaning="Polygon or MultiPolygon in which it lies"),
}
"""Columns of the frame, one row per item."""


class VagueAreas(ItemLayer):
    """Soft-edged shapes, in the time window like any other item.

    Parameters
    ----------
    frame
        Columns `COLUMNS`; ``time_from``, ``time_to`` and ``known_at`` are UTC and may be NaT.
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

    mark = "zones"
    delta_columns = frozenset({"x", "y"})

    def __init__(
        self,
        frame: GeoDataFrame,
        *,
        name: str = "Vague areas",
        key: str = "vague-areas",
        show: bool = True,
        details: Mapping[str, str] | None = None,
        filters: Mapping[str, str] | None = None,
        category_labels: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            frame,
            columns=COLUMNS,
            kinds=("Polygon", "MultiPolygon"),
            name=name,
            key=key,
            show=show,
            details=details,
            filters=filters,
            category_labels=category_labels,
        )

    def geometry_columns(self) -> dict[str, NDArray[Any]]:
        """Encode the rings.

        Returns
        -------
        dict[str, NDArray[Any]]
            ``x``, ``y`` (1/500 degree), ``part_size``, ``parts``.
        """
        return geometry.polygons(self.shapes, steps=geometry.COARSE)
