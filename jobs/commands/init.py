"""`tracker init`: an empty workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jobs.console import out, plain


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("init")(init)


def init(
    folder: Annotated[Path, typer.Argument(help="Folder of the new workspace.")],
    database: Annotated[
        str | None,
        typer.Option(help="PostGIS database instead of a file: postgresql://user@host/name."),
    ] = None,
    areas: Annotated[
        Path | None,
        typer.Option(help="GeoJSON of your theatre's areas; by default those around Ukraine."),
    ] = None,
    actor: Annotated[str, typer.Option(help="Whose troops are watched: AZ, CN, ...")] = "RU",
) -> None:
    """Make an empty workspace: settings, database, archive and a folder for incoming files."""
    from jobs.init import create_workspace  # noqa: PLC0415 - the libraries take a second

    workspace = create_workspace(folder, database=database, areas=areas, actor=actor)
    out.print(f"Made {plain(str(workspace.folder))}; its settings are in tracker.toml.")
