"""What `tracker.toml` says, read once and passed down, and what is wrong with it."""

from jobs.settings.workspace import (
    TEMPLATE,
    PageSettings,
    PlacesSettings,
    Settings,
    read_settings,
    read_text,
    template,
)

__all__ = [
    "TEMPLATE",
    "PageSettings",
    "PlacesSettings",
    "Settings",
    "read_settings",
    "read_text",
    "template",
]
