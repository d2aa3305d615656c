"""From public reports of troop movements to a map and an estimate that can be defended.

`tracker.open("demo")` opens a workspace for questions, which `tracker.Tracker` lists;
`tracker.read(text)` reads the claims of one text; every error is a `tracker.TrackerError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.api import Tracker
    from tracker.api import open_workspace as open  # noqa: A004 - read as tracker.open
    from tracker.errors import TrackerError
    from tracker.one_text import read

__all__ = ["Tracker", "TrackerError", "open", "read"]

_WHERE = {
    "Tracker": ("tracker.api", "Tracker"),
    "TrackerError": ("tracker.errors", "TrackerError"),
    "open": ("tracker.api", "open_workspace"),
    "read": ("tracker.one_text", "read"),
}


def __getattr__(name: str) -> Any:
    # Loaded when first asked for (PEP 562): `import tracker` alone costs nothing.
    if name not in _WHERE:
        raise AttributeError(f"module 'tracker' has no attribute {name!r}")
    module, attribute = _WHERE[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
