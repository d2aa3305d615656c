"""From public reports of troop movements to a map and an estimate that can be defended.

`tracker.open("demo")` opens a workspace for questions; `tracker.Tracker` lists them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.api import Tracker
    from tracker.api import open_workspace as open  # noqa: A004 - read as tracker.open

__all__ = ["Tracker", "open"]

_WHERE = {"Tracker": ("tracker.api", "Tracker"), "open": ("tracker.api", "open_workspace")}


def __getattr__(name: str) -> Any:
    # Loaded when first asked for (PEP 562): `import tracker` alone costs nothing.
    if name not in _WHERE:
        raise AttributeError(f"module 'tracker' has no attribute {name!r}")
    module, attribute = _WHERE[name]
    return getattr(import_module(module), attribute)
