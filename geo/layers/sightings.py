"""Draw what was seen somewhere: a dot per sighting, and the circle in which it truly lies."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.page import geometry
from geo.page.columns import Column, numbers
from geo.page.items import COLUMNS as ITEM_COLUMNS
from geo.page.items import ItemLayer

COLUMNS: Final = {
    **ITEM_COLUMNS,
    "geometry": Column(kind="geometry", meaning="Point: the centre of where it can be"),
    "radius_km": Column(
        kind="number",
        unit="km",
        meaning="the true place lies within it with 90 % probability; NaN where not known",
        required=False,
    ),
}
"""Columns of the frame, one row per sighting."""


class Sightings(ItemLayer):
    """Dots with an uncertainty circle on hover and selection; a density view where dots overlap.

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

    mark = "points"

    def __init__(
        self,
        frame: GeoDataFrame,
        *,
        name: str = "Sightings",
        key: str = "sightings",
        show: bool = True,
        details: Mapping[str, str] | None = None,
        filters: Mapping[str, str] | None = None,
        category_labels: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            frame,
            columns=COLUMNS,
            kinds=("Point",),
            name=name,
            key=key,
            show=show,
            details=details,
            filters=filters,
            category_labels=category_labels,
        )

    def geometry_columns(self) -> dict[str, NDArray[Any]]:
        """Encode the points and their radii.

        Returns
        -------
        dict[str, NDArray[Any]]
            ``lon``, ``lat`` (1/100,000 degree), ``radius_10m`` (-1 where not known).
        """
        radius_km = numbers(self.frame, "radius_km")
        steps = np.where(np.isnan(radius_km), -1, np.round(np.clip(radius_km, 0, 2e4) * 100))
        return {**geometry.points(self.shapes), "radius_10m": steps.astype(np.int32)}
