"""A static picture is small, the same for the same shapes, and holds no outside text as markup."""

import xml.etree.ElementTree as ET

import pytest
from shapely import LineString, Point, box

from geo.errors import InvalidCoordinateError
from geo.picture import WIDTH, Mark, draw_picture

BOX = (30.0, 45.0, 40.0, 55.0)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*marks, names=()):
    """Draw marks on a square of land and parse the picture."""
    return ET.fromstring(draw_picture(BOX, [box(0, 0, 90, 90)], marks, names=names, title="Map"))


def test_north_is_up_and_east_is_right():
    """A point north-east of another lies above it and to its right."""
    first, second = drawn(
        Mark(geometry=Point(32, 47), kind="dot"), Mark(geometry=Point(38, 53), kind="dot")
    ).findall(f"{SVG}circle")

    assert float(second.get("cx")) > float(first.get("cx"))
    assert float(second.get("cy")) < float(first.get("cy"))


def test_what_lies_outside_is_cut():
    """A dot elsewhere is not drawn, a line is cut at the edge."""
    root = drawn(
        Mark(geometry=Point(100, 50), kind="dot"),
        Mark(geometry=LineString([(35, 50), (100, 50)]), kind="arrow"),
    )

    assert root.findall(f"{SVG}circle") == []
    (line,) = (path for path in root.findall(f"{SVG}path") if path.get("class") == "arrow")
    assert line.get("d").rpartition("L")[2].split()[0] == str(WIDTH)


def test_outside_text_stays_text():
    """Markup, quotes and control characters in labels and names are no part of the picture."""
    evil = '</svg><script>alert(1)</script>"\x00\u202e'
    root = drawn(Mark(geometry=Point(35, 50), kind="dot", label=evil), names=[(evil, 35, 50)])

    assert root.find(f".//{SVG}script") is None
    assert root.find(f".//{SVG}title").text == '</svg><script>alert(1)</script>"'


def test_labels_do_not_touch():
    """Of two places side by side the more important one is named."""
    root = drawn(names=[("Large", 35, 50), ("Near", 35.1, 50.1), ("Far", 33, 47)])

    assert [text.text for text in root.findall(f"{SVG}text")] == ["Large", "Far"]


def test_an_empty_box_is_refused():
    """A box that runs backwards is named."""
    with pytest.raises(InvalidCoordinateError, match="it is empty"):
        draw_picture((40, 45, 30, 55), [], [], title="Map")
