"""Make an empty workspace."""

from __future__ import annotations

from pathlib import Path

from jobs.settings import template
from tracker.area_file import seed_areas
from tracker.errors import WorkspaceError
from tracker.seeds import seed_file
from tracker.store.repository import Repository
from tracker.workspace import Workspace, require_writable, workspace_in

SOURCES = "sources.toml"
"""Public sources, all of them off, that a new workspace comes with."""


def create_workspace(folder: Path, *, database: str | None = None) -> Workspace:
    """Make an empty workspace: database with the seeds' areas, archive, site, settings.

    Parameters
    ----------
    folder : Path
        The folder; made where it is missing.
    database : str, optional
        Address of a PostGIS database to use instead of a file. One that holds a workspace already
        is joined: several folders may work on it.

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
    if workspace_in(folder).is_made:
        raise WorkspaceError(f"{folder} holds a workspace already; name another folder.")
    workspace = Workspace(folder=folder, address=database)
    folder.mkdir(parents=True, exist_ok=True)
    # First what can fail: a server out of reach leaves no half-made folder that claims to be one.
    with Repository.open(workspace.database, create=True) as repository:
        repository.add_areas(seed_areas())
    for part in (workspace.archive, workspace.site, workspace.incoming):
        part.mkdir(parents=True, exist_ok=True)
    if not workspace.settings.exists():
        sources = seed_file(SOURCES).read_text("utf-8")
        workspace.settings.write_text(template(database=database) + sources, encoding="utf-8")
    return workspace
