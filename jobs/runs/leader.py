"""One scheduler per workspace: the second one is told so and stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tracker.store.repository import Repository
from tracker.workspace import Workspace


@contextmanager
def leadership(workspace: Workspace) -> Iterator[Callable[[], bool]]:
    """Be the one process that runs the jobs of a workspace.

    Parameters
    ----------
    workspace : Workspace
        The workspace. On a server the lock is the database's, whatever folder it is used from.

    Yields
    ------
    callable
        Tells whether that still holds: a server frees its lock when the connection breaks.

    Raises
    ------
    WorkspaceError
        Where another process holds it.
    """
    with (
        Repository.open(workspace.database) as repository,
        repository.database.leading() as holds,
    ):
        yield holds
