"""The page about the database is true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.store.tables import metadata
from tracker.store.views import VIEWS

PAGE = Path(__file__).parents[3] / "docs/reference/database.md"


@pytest.mark.parametrize("name", sorted([*metadata.tables, *(view.name for view in VIEWS)]))
def test_every_table_is_described(name):
    """Each table and each view has its row on the page."""
    assert f"\n| `{name}` | " in PAGE.read_text(encoding="utf-8")
