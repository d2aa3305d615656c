"""GeoJSON (RFC 7946): one feature a line, facts and meanings as a foreign member at the end."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from pathlib import Path

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from tracker.exports.flat import cells, json_text
from tracker.exports.metadata import metadata
from tracker.exports.table import Table


def write(table: Table, path: Path, withheld: list[str]) -> int:
    """Write a table as GeoJSON.

    Parameters
    ----------
    table : Table
        The table; a table without shapes has features without geometry.
    path : Path
        The file.
    withheld : list of str
        What was held back; it is complete when the last row was read.

    Returns
    -------
    int
        Rows.
    """
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"type":"FeatureCollection","name":{json_text(table.name)},"features":[')
        for part in table.parts():
            lines = features(part)
            file.write(("," if written else "") + "\n" + ",\n".join(lines) if lines else "")
            written += len(lines)
        about = json_text(metadata(table, table.fields, written, withheld))
        file.write(f'\n],"metadata":{about}}}\n')
    return written


def features(part: pd.DataFrame) -> list[str]:
    """Write rows as features.

    Parameters
    ----------
    part : DataFrame
        Rows of a table.

    Returns
    -------
    list of str
        One JSON object each; outer rings run counter-clockwise.
    """
    shapes: Iterable[str] = repeat("null", len(part))
    plain = pd.DataFrame(part)
    if isinstance(part, GeoDataFrame):
        plain = plain.drop(columns=part.geometry.name)
        turned = shapely.orient_polygons(part.geometry.to_numpy(), exterior_cw=False)
        shapes = (text or "null" for text in shapely.to_geojson(turned))
    names = list(plain.columns)
    return [
        f'{{"type":"Feature","geometry":{shape},'
        f'"properties":{json_text(dict(zip(names, row, strict=True)))}}}'
        for shape, row in zip(shapes, zip(*cells(plain), strict=True), strict=True)
    ]
