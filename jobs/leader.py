"""One scheduler per workspace: the second one is told so and stops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from tracker.errors import WorkspaceError
from tracker.workspace import Workspace


@contextmanager
def leadership(workspace: Workspace) -> Iterator[None]:
    """Be the one process that runs the jobs of a workspace.

    Parameters
    ----------
    workspace : Workspace
        The workspace.

    Yields
    ------
    None
        While the lock is held; the system frees it when the process ends, however it ends.

    Raises
    ------
    WorkspaceError
        Where another process holds it.
    """
    lock = FileLock(workspace.folder / "tracker.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise WorkspaceError(
            f"another process runs the jobs of {workspace.folder}; stop it first."
        ) from None
    try:
        yield
    finally:
        lock.release()
