"""Write the names of places, the larger first, and leave out what would collide."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from geopandas import GeoDataFrame

from geo.page import geometry
from geo.page.columns import Column, check, in_degrees, numbers, texts
from geo.page.element import PageElement
from geo.page.table import Table

COLUMNS: Final[Mapping[str, Column]] = {
    "geometry": Column(kind="geometry", meaning="Point of the place"),
    "name": Column(kind="text", meaning="name in the language of the page"),
    "population": Column(
        kind="number", unit="people", meaning="the larger is written first", required=False
    ),
    "other_names": Column(kind="text", meaning="further spellings for the search", required=False),
}
"""Columns of the frame, one row per place."""


class PlaceNames(PageElement):
    """Names by zoom: large towns when far away, all of them when near.

    Parameters
    ----------
    frame
        Columns `COLUMNS`.
    name
        What the reader sees in the list of layers.
    key
        What a permalink calls the layer.
    show
        Whether the layer is drawn when the page opens.
    """

    mark = "labels"

    def __init__(
        self,
        frame: GeoDataFrame,
        *,
        name: str = "Place names",
        key: str = "place-names",
        show: bool = True,
    ) -> None:
        super().__init__(name=name, key=key, show=show)
        check(frame, COLUMNS, layer=name)
        people = np.nan_to_num(numbers(frame, "population"))
        order = np.argsort(-people, kind="stable")
        self.shapes = in_degrees(frame, ("Point",), layer=name).iloc[order]
        self.frame, self._people = frame.iloc[order], people[order]

    def tables(self) -> dict[str, Table]:
        """Encode names and places, the largest place first.

        Returns
        -------
        dict[str, Table]
            ``data``: ``lon``, ``lat`` (1/100,000 degree), ``population``, ``name``,
            ``other_names``.
        """
        numbers_: dict[str, Any] = {**geometry.points(self.shapes), "population": self._people}
        words = {column: texts(self.frame, column) for column in ("name", "other_names")}
        return {"data": Table(numbers=numbers_, texts=words)}
