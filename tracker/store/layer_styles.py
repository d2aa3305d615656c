"""How QGIS draws the layers: styles in the table `layer_styles`, which it reads by itself.

The table is the one that QGIS makes when a user saves a style in a GeoPackage (its data provider
for OGR); the styles are QML, as small as QGIS takes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from sqlalchemy.engine import Connection

TABLE = "layer_styles"
STYLE = "Troop Tracker"
"""Name of our styles; those that a person saves under other names are left alone."""

CREATE = f"""CREATE TABLE IF NOT EXISTS {TABLE} (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""

_POINT, _LINE, _AREA = (
    f"geometry_type(@geometry)='{kind}'" for kind in ("Point", "Line", "Polygon")
)
_INK, _PALE, _GREY = "215,91,42,255", "215,91,42,120", "138,138,138,255"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule:
    """What a rule draws: features that an expression picks, in a colour."""

    label: str
    picks: str
    symbol: str
    options: Mapping[str, str]


def _dots(label: str, picks: str, colour: str) -> _Rule:
    options = {"color": colour, "name": "circle", "size": "2.6", "outline_color": "255,255,255,255"}
    return _Rule(label=label, picks=f"{_POINT} AND {picks}", symbol="marker", options=options)


def _fill(label: str, picks: str, colour: str) -> _Rule:
    options = {"color": colour, "outline_color": _GREY, "outline_width": "0.3"}
    return _Rule(label=label, picks=f"{_AREA} AND {picks}", symbol="fill", options=options)


def _line(label: str, picks: str, colour: str, style: str) -> _Rule:
    options = {"line_color": colour, "line_width": "0.7", "line_style": style}
    return _Rule(label=label, picks=f"{_LINE} AND {picks}", symbol="line", options=options)


_REAL = """"status" IN ('actual', 'in transit', 'in_transit')"""
_FAINT = "215,91,42,40"
_RULES: Mapping[str, tuple[_Rule, ...]] = {
    "claims": (
        _dots("reported", _REAL, _INK),
        _dots("planned, denied or past", f"NOT {_REAL}", _GREY),
        _fill("somewhere in this area", "true", _FAINT),
    ),
    "sightings": (
        _dots("observed", """"certainty" = 'observed'""", _INK),
        _dots("inferred", """"certainty" = 'inferred'""", _PALE),
        _dots("planned", """"certainty" = 'planned'""", _GREY),
    ),
    "regions": (_fill("somewhere in this area", "true", _FAINT),),
    "movements": (
        _line("under way or arrived", _REAL, _INK, "solid"),
        _line("planned", f"NOT {_REAL}", _GREY, "dash"),
    ),
    "areas": (_fill("area", "true", "120,120,120,30"),),
    "estimates": (
        _fill("on the last day", '"day" = maximum("day", filter:=NOT "forecast")', "60,90,160,60"),
    ),
}
"""Layer -> rules; only the last day of an estimate is drawn, or the days hide each other."""
_CLASSES = {"marker": "SimpleMarker", "fill": "SimpleFill", "line": "SimpleLine"}


def qml(rules: tuple[_Rule, ...]) -> str:
    """Write a style.

    Parameters
    ----------
    rules : tuple of rules
        What is drawn how.

    Returns
    -------
    str
        QML of a renderer by rules.
    """
    listed = "".join(
        f'<rule key="r{number}" symbol="{number}" label={quoteattr(rule.label)} '
        f"filter={quoteattr(rule.picks)}/>"
        for number, rule in enumerate(rules)
    )
    symbols = "".join(
        f'<symbol name="{number}" type="{rule.symbol}" alpha="1" clip_to_extent="1">'
        f'<layer class="{_CLASSES[rule.symbol]}" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{_options(rule.options)}</Option></layer></symbol>'
        for number, rule in enumerate(rules)
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version=\"3.34\" "
        'styleCategories="Symbology"><renderer-v2 type="RuleRenderer" symbollevels="0" '
        f'forceraster="0"><rules key="all">{listed}</rules><symbols>{symbols}</symbols>'
        "</renderer-v2></qgis>"
    )


def _options(options: Mapping[str, str]) -> str:
    return "".join(
        f'<Option name="{name}" type="QString" value={quoteattr(value)}/>'
        for name, value in options.items()
    )


STYLES: Mapping[str, str] = {layer: qml(rules) for layer, rules in _RULES.items()}
"""Layer -> QML."""


def style_row(layer: str, column: str = "geometry") -> dict[str, Any]:
    """Return the row of a layer's style.

    Parameters
    ----------
    layer, column : str
        Name of the layer, one of `STYLES`, and of its column with shapes.

    Returns
    -------
    dict
        Columns of `layer_styles` but `id` and `update_time`.
    """
    return {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": layer,
        "f_geometry_column": column,
        "styleName": STYLE,
        "styleQML": STYLES[layer],
        "styleSLD": "",
        "useAsDefault": True,
        "description": "by certainty or status",
        "owner": "",
        "ui": "",
    }


def mend_styles(connection: Connection, layers: tuple[str, ...]) -> list[str]:
    """Make the styles of layers what they should be.

    Parameters
    ----------
    connection : Connection
        Connection to the GeoPackage, in a writing transaction.
    layers : tuple of str
        Layers of the file that have a style.

    Returns
    -------
    list of str
        What had to be mended. A style of a person stays, and stays the default.
    """
    run = connection.exec_driver_sql
    run(CREATE)
    mended = []
    for layer in layers:
        own = "f_table_name = ? AND styleName = ?"
        held = run(f"SELECT styleQML FROM {TABLE} WHERE {own}", (layer, STYLE)).scalars().all()  # noqa: S608 - names of our own
        if held == [STYLES[layer]]:
            continue
        run(f"DELETE FROM {TABLE} WHERE {own}", (layer, STYLE))  # noqa: S608 - as above
        others = f"SELECT count(*) FROM {TABLE} WHERE f_table_name = ? AND useAsDefault"  # noqa: S608 - as above
        row = style_row(layer)
        row["useAsDefault"] = int(not run(others, (layer,)).scalar())
        marks = ", ".join("?" * len(row))
        run(f"INSERT INTO {TABLE} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))  # noqa: S608 - as above
        mended.append(f"wrote the style of {layer}")
    return mended
