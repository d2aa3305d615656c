"""Errors of running jobs.

tracker.errors.TrackerError
├── FetchError (OSError)            an address could not be fetched
├── MissingExtraError (ImportError) a part of the package that is installed when asked for
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


class MissingExtraError(TrackerError, ImportError):
    """Report that a verb needs an extra of the package.

    Parameters
    ----------
    needs : str
        The library that is missing.
    extra : str
        The extra that brings it.
    """

    def __init__(self, needs: str, extra: str) -> None:
        super().__init__(
            f"This needs {needs}, which is not installed: install the package with its extra, "
            f"troop-tracker[{extra}], and try again."
        )


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
