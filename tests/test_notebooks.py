"""The notebooks run from top to bottom, and are kept without what a run printed."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.ipynb"))


def cells(path, kind):
    """List the cells of a kind."""
    found = json.loads(path.read_text("utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def test_there_are_notebooks():
    """Without one, nothing below would be run."""
    assert {path.stem for path in NOTEBOOKS} == {"from-a-text-to-a-map", "back-test"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path, demo, tmp_path, monkeypatch):
    """In a folder with the demo in it; what a cell ends with can be shown."""
    (tmp_path / "demo").symlink_to(demo)
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}

    for number, cell in enumerate(cells(path, "code")):
        exec(compile("".join(cell["source"]), f"{path.name}, cell {number}", "exec"), names)

    if path.stem == "from-a-text-to-a-map":
        assert len(names["points"]) >= 3
        assert (tmp_path / "one-paragraph.html").stat().st_size > 100_000
    else:
        assert len(names["checks"]) >= 1
        assert str(names["why"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_outputs(path):
    """Outputs go stale and make every change unreadable."""
    assert all(cell["outputs"] == [] for cell in cells(path, "code"))
    assert all(cell["execution_count"] is None for cell in cells(path, "code"))
