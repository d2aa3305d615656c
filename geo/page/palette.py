"""Give categories a colour and a shape: told apart without colour, on light and on dark ground."""

from collections.abc import Iterable, Mapping
from typing import Final

LIGHT: Final = (
    "#1c68ad",
    "#bf4a0a",
    "#1a7a5a",
    "#84449f",
    "#8a6700",
    "#b83a72",
    "#0c7480",
    "#565e6b",
)
"""Colours on light ground; each has a contrast of at least 4 to the land (WCAG 2.2, 1.4.11: 3)."""

DARK: Final = (
    "#74b4f0",
    "#ff9c63",
    "#5bc9a1",
    "#cba0ea",
    "#e3bd55",
    "#f392bd",
    "#5fcbd3",
    "#b1bac6",
)
"""The same hues for dark ground."""

SHAPES: Final = ("circle", "square", "triangle", "diamond", "nabla", "cross", "hexagon", "bar")
"""Shapes in the order in which categories take them; they carry the category without colour."""


def categories(
    values: Iterable[str], labels: Mapping[str, str] | None = None
) -> list[dict[str, str]]:
    """Give each category its colour and shape.

    Parameters
    ----------
    values
        Categories of a layer, in any order and number. Beyond eight, shapes shift against colours.
    labels
        What the reader sees for a category; its own name where none is given. Categories take
        their marks in the order of this mapping, so layers that share it show a category alike;
        the others follow, the most frequent first.

    Returns
    -------
    list[dict[str, str]]
        ``value``, ``label``, ``light``, ``dark``, ``shape`` of each category.
    """
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    named = dict(labels or {})
    rest = sorted(counts.keys() - named.keys(), key=lambda value: (-counts[value], value))
    marks = enumerate([*named, *rest])
    return [
        {
            "value": value,
            "label": named.get(value, value),
            "light": LIGHT[place % len(LIGHT)],
            "dark": DARK[place % len(DARK)],
            "shape": SHAPES[(place + place // len(SHAPES)) % len(SHAPES)],
        }
        for place, value in marks
        if value in counts
    ]
