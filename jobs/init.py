"""Make an empty workspace."""

from __future__ import annotations

from pathlib import Path

from jobs.settings import template
from jobs.theatre import read_theatre, settle, watch
from tracker.area_file import seed_areas
from tracker.errors import WorkspaceError
from tracker.seeds import seed_file
from tracker.store.repository import Repository
from tracker.workspace import PACKAGED_ACTOR, Workspace, require_writable, workspace_in

SOURCES = "sources.toml"
"""Public sources, all of them off, that a new workspace comes with."""


def create_workspace(
    folder: Path,
    *,
    database: str | None = None,
    areas: Path | None = None,
    actor: str = PACKAGED_ACTOR,
) -> Workspace:
    """Make an empty workspace: database with its areas, archive, site, settings.

    Parameters
    ----------
    folder : Path
        The folder; made where it is missing.
    database : str, optional
        Address of a PostGIS database to use instead of a file. One that holds a workspace already
        is joined: several folders may work on it.
    areas : Path, optional
        GeoJSON of the theatre's areas; by default those of the package, around Ukraine.
    actor : str
        Whose strength pages estimate, and whose positions they show as reported.

    Returns
    -------
    Workspace
        Its parts.

    Raises
    ------
    UnreadableInputError
        Where the areas cannot be read; no workspace is made then.
    WorkspaceError
        Where a workspace is there already, or the folder cannot be written to.
    """
    require_writable(folder)
    if workspace_in(folder).is_made:
        raise WorkspaceError(f"{folder} holds a workspace already; name another folder.")
    held = seed_areas() if areas is None else read_theatre(areas)
    workspace = Workspace(folder=folder, address=database)
    folder.mkdir(parents=True, exist_ok=True)
    # First what can fail: a server out of reach leaves no half-made folder that claims to be one.
    with Repository.open(workspace.database, create=True) as repository:
        repository.add_areas(held)
    for part in (workspace.archive, workspace.site, workspace.incoming):
        part.mkdir(parents=True, exist_ok=True)
    if not workspace.settings.exists():
        sources = seed_file(SOURCES).read_text("utf-8")
        settings = watch(template(database=database), actor=actor)
        if areas is not None:
            settings = settle(settings, areas=held)
        workspace.settings.write_text(settings + sources, encoding="utf-8")
    return workspace
