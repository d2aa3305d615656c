"""The public surface of the layers and the page."""

from __future__ import annotations

import pytest

import geo.layers
import geo.page


@pytest.mark.parametrize("package", [geo.layers, geo.page])
def test_all_is_what_is_public(package):
    """`__all__` lists the classes that the package offers, sorted."""
    offered = [name for name, value in vars(package).items() if isinstance(value, type)]
    assert package.__all__ == sorted(offered)
