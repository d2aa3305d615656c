"""Errors of running jobs.

tracker.errors.TrackerError
└── SettingsError (ValueError)      tracker.toml says something that cannot be
"""

from __future__ import annotations

from tracker.errors import TrackerError


class SettingsError(TrackerError, ValueError):
    """Report faults of `tracker.toml`, all of them in one message.

    Parameters
    ----------
    path : str
        The file.
    faults : list of str
        One line each.
    """

    def __init__(self, path: str, faults: list[str]) -> None:
        super().__init__(f"{path} needs mending: " + "; ".join(faults))
