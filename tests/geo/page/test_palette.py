"""Colours and shapes of categories."""

from __future__ import annotations

import pytest

from geo.page.palette import DARK, LIGHT, categories

LAND = {"light": "#f6f4ef", "dark": "#232a32"}


def luminance(color: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("theme", "color"), [*(("light", c) for c in LIGHT), *(("dark", c) for c in DARK)]
)
def test_marks_stand_out_from_the_land(theme, color):
    """Each colour has a contrast of at least 4 to the ground of its theme."""
    darker, lighter = sorted([luminance(color), luminance(LAND[theme])])
    assert (lighter + 0.05) / (darker + 0.05) >= 4


def test_no_two_of_many_categories_look_alike():
    """Up to 64 categories differ in shape or colour."""
    marks = {(entry["light"], entry["shape"]) for entry in categories(str(i) for i in range(64))}
    assert len(marks) == 64


def test_shared_labels_give_shared_marks():
    """A category looks alike in two layers that share their labels, whatever each contains."""
    labels = {"rail": "Rail", "road": "Road"}
    (one,) = categories(["road"], labels)
    other = {entry["value"]: entry for entry in categories(["rail", "rail", "road"], labels)}
    assert one == other["road"]
