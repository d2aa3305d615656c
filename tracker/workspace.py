"""A workspace is a folder: one database, the archive of raw bytes, the pages, and its settings.

The database is a file in it, or on a server where the settings say so.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import NotAWorkspaceError, ReadOnlyWorkspaceError

PACKAGED_AREA = "around-ukraine"
PACKAGED_ACTOR = "RU"
"""What pages open with where the settings do not say: the theatre of the record of 2021-22."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Workspace:
    """Where the parts of a workspace lie.

    Parameters
    ----------
    folder : Path
        The folder.
    address : str, optional
        Address of a PostGIS database that is used instead of a file.
    area, actor : str
        What its pages open with: id of an area, and whose strength is estimated.
    """

    folder: Path
    address: str | None = None
    area: str = PACKAGED_AREA
    actor: str = PACKAGED_ACTOR

    @property
    def database(self) -> Path | str:
        """The GeoPackage, or the address of the server's database."""
        return self.address or self.file

    @property
    def file(self) -> Path:
        """Where the GeoPackage lies, or would."""
        return self.folder / "tracker.gpkg"

    @property
    def is_made(self) -> bool:
        """Whether `tracker init` was here."""
        return self.address is not None or self.file.is_file()

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

    @property
    def actors(self) -> Path:
        """Actors that this workspace adds to the registry."""
        return self.folder / "actors.csv"

    @property
    def claimants(self) -> Path:
        """Claimants that this workspace adds to the registry."""
        return self.folder / "claimants.csv"

    @property
    def railways(self) -> Path:
        """Folder of an own network of railways."""
        return self.folder / "railways"


def workspace_in(folder: Path) -> Workspace:
    """Say where the parts of a workspace lie, or would lie, in a folder.

    Parameters
    ----------
    folder : Path
        The folder; it need not exist.

    Returns
    -------
    Workspace
        Its parts. Settings that cannot be read name no server: `jobs.settings` says what is wrong.
    """
    try:
        said = tomllib.loads((folder / "tracker.toml").read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Workspace(folder=folder)
    return Workspace(
        folder=folder,
        address=_text(said, "store", "database"),
        area=_text(said, "page", "area") or PACKAGED_AREA,
        actor=_text(said, "page", "actor") or PACKAGED_ACTOR,
    )


def _text(said: Mapping[str, object], section: str, key: str) -> str | None:
    keys = said.get(section)
    value = keys.get(key) if isinstance(keys, dict) else None
    return value if isinstance(value, str) else None


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
    workspace = workspace_in(folder)
    if not workspace.is_made:
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
