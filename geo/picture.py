"""A static picture of a map as SVG text: small, the same bytes for the same shapes, no browser."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.errors import InvalidCoordinateError

WIDTH = 720
"""Units of the picture's width; its height follows from the box."""

Box = tuple[float, float, float, float]

_LABEL_ROOM = (90, 22)  # a second label within this many units would touch the first
_SVG = "http://www.w3.org/2000/svg"
_TIP = """<defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="5" \
markerHeight="5" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>"""
_STEP = 0.7  # units that the eye cannot tell apart: outlines are simplified to it


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One shape of a picture.

    Attributes
    ----------
    geometry
        WGS 84 degrees: points become dots, lines arrows, polygons soft shapes.
    kind
        Class of the SVG element, which the page's style sheet gives its look.
    label
        Text that is shown when the reader points at it.
    """

    geometry: BaseGeometry
    kind: str
    label: str = ""


def draw_picture(
    box: Box,
    ground: Sequence[BaseGeometry],
    marks: Iterable[Mark],
    *,
    names: Iterable[tuple[str, float, float]] = (),
    title: str,
) -> str:
    """Draw a picture in a plate carrée that is true to scale at the middle of the box.

    Parameters
    ----------
    box
        West, south, east, north, WGS 84 degrees; east of west.
    ground
        Countries, WGS 84 degrees.
    marks
        What is drawn on them, the first below the others.
    names
        Name, longitude and latitude of places, the most important first; those that would touch
        another are left out.
    title
        What the picture shows, for those who do not see it.

    Returns
    -------
    str
        An element ``svg`` without style, script or link; the caller's style sheet gives colours.
        What lies outside the box is cut.

    Raises
    ------
    InvalidCoordinateError
        If the box is empty or runs backwards.
    """
    paper = _Paper(box)
    parts = [
        f'<svg class="picture" viewBox="0 0 {WIDTH} {paper.height}" xmlns="{_SVG}" role="img"',
        f' aria-label="{_text(title)}">',
        _TIP,
        f'<rect class="sea" width="{WIDTH}" height="{paper.height}"/>',
        *(f'<path class="land" d="{paper.path(shape)}"/>' for shape in paper.cut(ground)),
        *(drawn for mark in marks for drawn in _drawn(mark, paper)),
        *_written(names, paper),
        "</svg>",
    ]
    return "\n".join(parts)


class _Paper:
    def __init__(self, box: Box) -> None:
        west, south, east, north = box
        if not (west < east and south < north):
            raise InvalidCoordinateError(given=f"The box {box}", reason="it is empty")
        self.box = box
        self._scale = WIDTH / (east - west)
        self._stretch = 1 / math.cos(math.radians(min(max((south + north) / 2, -80), 80)))
        self.height = max(round((north - south) * self._scale * self._stretch), 1)

    def cut(self, shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
        inside = shapely.clip_by_rect(np.array(shapes, dtype=object), *self.box)
        plain = shapely.simplify(inside, _STEP / self._scale, preserve_topology=False)
        return [shape for shape in plain if not shape.is_empty]

    def places(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        x = (degrees[:, 0] - self.box[0]) * self._scale
        y = (self.box[3] - degrees[:, 1]) * self._scale * self._stretch
        return np.column_stack([x, y]).round(1)

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        ((x, y),) = self.places(np.array([(lon, lat)])).tolist()
        return x, y

    def path(self, shape: BaseGeometry) -> str:
        return "".join(
            self._line(part, closed=part.geom_type == "LinearRing") for part in _lines(shape)
        )

    def _line(self, line: BaseGeometry, *, closed: bool) -> str:
        points = self.places(shapely.get_coordinates(line)).tolist()
        steps = "L".join(f"{x:g} {y:g}" for x, y in points)
        return f"M{steps}{'z' if closed else ''}"


def _lines(shape: BaseGeometry) -> list[BaseGeometry]:
    parts = shapely.get_parts(shape)
    rings = shapely.get_rings(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
    lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    return [*rings, *lines]


def _drawn(mark: Mark, paper: _Paper) -> list[str]:
    title = f"<title>{_text(mark.label)}</title>" if mark.label else ""
    kind = _text(mark.kind)
    if mark.geometry.geom_type == "Point":
        x, y = paper.place(*shapely.get_coordinates(mark.geometry)[0])
        is_inside = 0 <= x <= WIDTH and 0 <= y <= paper.height
        dot = f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="5">{title}</circle>'
        return [dot] if is_inside else []
    tip = ' marker-end="url(#tip)"' if "Line" in mark.geometry.geom_type else ""
    return [
        f'<path class="{kind}" d="{paper.path(shape)}"{tip}>{title}</path>'
        for shape in paper.cut([mark.geometry])
    ]


def _written(names: Iterable[tuple[str, float, float]], paper: _Paper) -> list[str]:
    placed: list[tuple[float, float]] = []
    parts = []
    for name, lon, lat in names:
        x, y = paper.place(lon, lat)
        if not (0 < x < WIDTH - _LABEL_ROOM[0] and _LABEL_ROOM[1] < y < paper.height - 4):
            continue
        if any(abs(x - a) < _LABEL_ROOM[0] and abs(y - b) < _LABEL_ROOM[1] for a, b in placed):
            continue
        placed.append((x, y))
        parts.append(f'<circle class="town" cx="{x:g}" cy="{y:g}" r="1.5"/>')
        parts.append(f'<text class="name" x="{x + 4:g}" y="{y + 4:g}">{_text(name)}</text>')
    return parts


def _text(words: str) -> str:
    printable = "".join(letter for letter in words if letter.isprintable())
    return html.escape(printable)
