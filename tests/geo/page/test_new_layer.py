"""A layer written after the how-to, as another package would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.page import TroopMap

HOW_TO = Path(__file__).parents[3] / "docs/how-to/add-a-layer.md"


@pytest.mark.browser
def test_layer_of_the_how_to_works(open_page, made):
    """The file that the how-to shows is drawn, listed and opened without any JavaScript."""
    source = re.search(r"```python\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)[1]
    names: dict[str, type] = {}
    exec(compile(source, HOW_TO, "exec"), names)
    troop_map = TroopMap(title="Camps")
    names["Camps"](made.sightings_frame()).add_to(troop_map)
    reader = open_page(troop_map)
    assert reader.page.locator(".tm-layer", has_text="Camps").count() == 1
    assert "radius not stated" in reader.select("Tents in a field")
