"""Errors of running jobs.

tracker.errors.TrackerError
├── FetchError (OSError)            an address could not be fetched
└── SettingsError (ValueError)      tracker.toml says something that cannot be
"""

from __future__ import annotations

from tracker.errors import TrackerError


class FetchError(TrackerError, OSError):
    """Report an address that could not be fetched.

    Parameters
    ----------
    address : str
        The address.
    reason : str
        Why, in words.
    """

    def __init__(self, address: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{address}: {reason}")


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
