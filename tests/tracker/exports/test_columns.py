"""The field dictionary and its page say the same."""

from pathlib import Path

import pytest

from tracker.exports import ENDINGS, LAYERS

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_column_stands_in_the_reference(layer):
    """Each layer has a section whose rows are its columns, in order, with their meanings."""
    page = (ROOT / "docs/reference/columns.md").read_text("utf-8")
    section = page.partition(f"\n## {layer}\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]

    assert rows == [
        f"| `{field.name}` | {field.kind} | {field.meaning} |" for field in LAYERS[layer].fields
    ]


def test_every_ending_stands_in_the_how_to():
    """Whoever looks for a format finds it."""
    page = (ROOT / "docs/how-to/export.md").read_text("utf-8")

    assert [ending for ending in ENDINGS if f"`{ending}`" not in page] == []
