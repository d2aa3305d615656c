"""A workspace is a folder: one database, the archive of raw bytes, the pages, and its settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import NotAWorkspaceError, ReadOnlyWorkspaceError


@dataclass(frozen=True, kw_only=True, slots=True)
class Workspace:
    """Where the parts of a workspace lie.

    Parameters
    ----------
    folder : Path
        The folder.
    """

    folder: Path

    @property
    def database(self) -> Path:
        """The GeoPackage."""
        return self.folder / "tracker.gpkg"

    @property
    def archive(self) -> Path:
        """Raw bytes by SHA-256; never published."""
        return self.folder / "archive"

    @property
    def site(self) -> Path:
        """Pages."""
        return self.folder / "site"

    @property
    def incoming(self) -> Path:
        """Folder whose files the scheduled job reads, unless the settings name another."""
        return self.folder / "incoming"

    @property
    def settings(self) -> Path:
        """Settings that a person edits."""
        return self.folder / "tracker.toml"


def find_workspace(folder: Path) -> Workspace:
    """Find the workspace in a folder.

    Parameters
    ----------
    folder : Path
        The folder.

    Returns
    -------
    Workspace
        Its parts.

    Raises
    ------
    NotAWorkspaceError
        Where the folder holds none.
    """
    workspace = Workspace(folder=folder)
    if not workspace.database.is_file():
        raise NotAWorkspaceError(str(folder))
    return workspace


def require_writable(folder: Path) -> None:
    """Refuse a folder that cannot be written to.

    Parameters
    ----------
    folder : Path
        A folder, which need not exist yet.

    Raises
    ------
    ReadOnlyWorkspaceError
        Where it, or the nearest folder above it, cannot be written to.
    """
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise ReadOnlyWorkspaceError(str(nearest))
