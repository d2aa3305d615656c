"""Make an empty workspace."""

from __future__ import annotations

from pathlib import Path

from jobs.settings import TEMPLATE
from tracker.area_file import seed_areas
from tracker.errors import WorkspaceError
from tracker.store.repository import Repository
from tracker.workspace import Workspace, require_writable


def create_workspace(folder: Path) -> Workspace:
    """Make an empty workspace: database with the seeds' areas, archive, site, settings.

    Parameters
    ----------
    folder : Path
        The folder; made where it is missing.

    Returns
    -------
    Workspace
        Its parts.

    Raises
    ------
    WorkspaceError
        Where a workspace is there already, or the folder cannot be written to.
    """
    require_writable(folder)
    workspace = Workspace(folder=folder)
    if workspace.database.exists():
        raise WorkspaceError(f"{folder} holds a workspace already; name another folder.")
    for part in (folder, workspace.archive, workspace.site, workspace.incoming):
        part.mkdir(parents=True, exist_ok=True)
    if not workspace.settings.exists():
        workspace.settings.write_text(TEMPLATE, encoding="utf-8")
    with Repository.open(workspace.database, create=True) as repository:
        repository.add_areas(seed_areas())
    return workspace
