"""Errors of running jobs.

tracker.errors.TrackerError
├── ExecutorError                   an executor cannot be had
├── FetchError (OSError)            an address could not be fetched
├── JobError (ValueError)           a job cannot do what it is asked for
├── MissingExtraError (ImportError) a part of the package that is installed when asked for
├── SettingsError (ValueError)      tracker.toml says something that cannot be
└── SourceError (ValueError)        a source cannot be read; its last good state is kept
    └── CredentialError             a password or key that it needs is not at hand
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
    status : int, optional
        HTTP status, where the server answered with one of failure.
    may_pass : bool
        Whether another try may better it.
    rest_s : float, optional
        How long the server asks to be left alone, seconds.
    """

    def __init__(
        self,
        address: str,
        reason: str,
        *,
        status: int | None = None,
        may_pass: bool = False,
        rest_s: float | None = None,
    ) -> None:
        self.reason = reason
        self.status = status
        self.may_pass = may_pass
        self.rest_s = rest_s
        super().__init__(f"{address}: {reason}")


class JobError(TrackerError, ValueError):
    """Report a job that cannot do what it is asked for; the message says why and what to do."""


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


class SourceError(TrackerError, ValueError):
    """Report a source that cannot be read any further; what came before stays.

    Parameters
    ----------
    source : str
        Its name in `tracker.toml`.
    reason : str
        Why, in words, with what to do.
    """

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        self.reason = reason
        super().__init__(f"source {source}: {reason}")


class CredentialError(SourceError):
    """Report a password or key that is not at hand; the message never holds it.

    Parameters
    ----------
    source : str
        Name of the source.
    name : str
        Name of the credential.
    remedy : str
        What to do.
    """

    def __init__(self, source: str, name: str, remedy: str) -> None:
        super().__init__(source, f"its credential {name!r} is not at hand: {remedy}.")


class ExecutorError(TrackerError):
    """Report an executor that cannot be had.

    Parameters
    ----------
    message : str
        Why, and what to do.
    """
