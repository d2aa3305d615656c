"""Errors of the package, each one sentence that says what happened and what to do next.

TrackerError
├── InvalidValueError (ValueError)        a value cannot be what it claims to be
│   └── RecordRejectedError               one record of an input is unusable; the others go on
├── UnreadableInputError (ValueError)     a whole file cannot be read as what it should be
├── NotFoundError (LookupError)           nothing has this id or name
│   └── NoClaimError                      nobody speaks of whom is asked about, or not yet
└── WorkspaceError (OSError)              the workspace cannot be opened or written
    ├── NotAWorkspaceError
    ├── ForeignDatabaseError
    ├── NewerSchemaError
    ├── ReadOnlyWorkspaceError
    ├── BusyWorkspaceError
    └── DamagedWorkspaceError
"""

from __future__ import annotations

from collections.abc import Collection


class TrackerError(Exception):
    """Any failure that this package reports in one sentence."""


class InvalidValueError(TrackerError, ValueError):
    """Report a value that its domain type refuses."""


class RecordRejectedError(InvalidValueError):
    """Report one unusable record of an input.

    Parameters
    ----------
    line : int
        Line of the input, counted from 1.
    reason : str
        What is wrong with it, in words.
    """

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(f"line {line}: {reason}")


class UnreadableInputError(TrackerError, ValueError):
    """Report an input that cannot be read at all."""


class NotFoundError(TrackerError, LookupError):
    """Report an id or a name that nothing has."""


class NoClaimError(NotFoundError):
    """Report an actor of whom no claim speaks.

    Parameters
    ----------
    actor : str
        Id of the actor.
    known : Collection of str
        Those of whom some do.
    """

    def __init__(self, actor: str, known: Collection[str]) -> None:
        said = f"no claim speaks of an actor {actor[:40]!r}"
        if known:
            super().__init__(f"{said}; there are {', '.join(known)}.")
        else:
            super().__init__(f"{said}, and of no other; read reports with 'tracker ingest'.")


class WorkspaceError(TrackerError, OSError):
    """Report a workspace that cannot be used."""


class NotAWorkspaceError(WorkspaceError):
    """Report a folder that holds no workspace.

    Parameters
    ----------
    folder : str
        The folder as the user named it.
    """

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder} holds no workspace; run 'tracker init {folder}' to make one, "
            "or name another folder with -w."
        )


class ForeignDatabaseError(WorkspaceError):
    """Report a database file that this package did not make.

    Parameters
    ----------
    path : str
        The file.
    found : str
        What it is instead, in words.
    """

    def __init__(self, path: str, found: str) -> None:
        super().__init__(
            f"{path} is {found}, not a tracker database; move it away or name another workspace."
        )


class NewerSchemaError(WorkspaceError):
    """Report a database that a later release wrote.

    Parameters
    ----------
    path : str
        The file.
    revision : str
        Its schema revision.
    """

    def __init__(self, path: str, revision: str) -> None:
        super().__init__(
            f"{path} has schema revision {revision}, which this release does not know; "
            "install the release that wrote it or a later one."
        )


class ReadOnlyWorkspaceError(WorkspaceError):
    """Report a workspace that cannot be written to.

    Parameters
    ----------
    path : str
        The folder or file.
    """

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} cannot be written to; copy the workspace to a folder of your own "
            "or change its permissions."
        )


class BusyWorkspaceError(WorkspaceError):
    """Report a database that another program keeps locked.

    Parameters
    ----------
    path : str
        The file.
    """

    def __init__(self, path: str) -> None:
        super().__init__(
            f"another program is writing to {path} and did not finish in time; "
            "close it or wait, then try again."
        )


class DamagedWorkspaceError(WorkspaceError):
    """Report a database or an archived file whose bytes are not what they were.

    Parameters
    ----------
    path : str
        The file.
    found : str
        What is wrong, in words.
    """

    def __init__(self, path: str, found: str) -> None:
        super().__init__(f"{path} is damaged ({found}); restore it from a backup.")
