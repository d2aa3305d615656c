"""`tracker areas`: the polygons that strengths are estimated in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from jobs.commands.options import AsJson, Workspace, folder_of
from jobs.console import out, plain


def register(app: typer.Typer) -> None:
    """Add the verb with its parts.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    group = typer.Typer(no_args_is_help=True, help="The polygons that strengths are estimated in.")
    group.command("list")(list_)
    group.command("add")(add)
    app.add_typer(group, name="areas")


def list_(ctx: typer.Context, as_json: AsJson = False, workspace: Workspace = None) -> None:
    """List the areas of the workspace."""
    from tracker.api import open_workspace  # noqa: PLC0415 - the libraries take a second

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        areas = tracker.repository.areas()
    if as_json:
        rows = [
            {
                "id": area.id,
                "name": area.name,
                "names": list(area.names),
                "parent": area.parent,
                "kind": area.kind,
                "valid_from": area.valid_from and area.valid_from.isoformat(),
                "valid_until": area.valid_until and area.valid_until.isoformat(),
            }
            for area in areas
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table("Id", "Name", "Part of", "Kind", box=None)
    for area in areas:
        table.add_row(plain(area.id), plain(area.name), plain(area.parent or ""), plain(area.kind))
    out.print(table)


def add(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="GeoJSON of polygons with id, name and parent.")],
    workspace: Workspace = None,
) -> None:
    """Add areas, or new versions of areas that are there; what was estimated before is kept."""
    from jobs.theatre import read_theatre  # noqa: PLC0415 - the libraries take a second
    from tracker.api import open_workspace  # noqa: PLC0415 - as above

    areas = read_theatre(file)
    with open_workspace(folder_of(ctx, workspace)) as tracker:
        added = tracker.repository.add_areas(areas)
    out.print(f"{added.new} areas added or changed, {added.known} as before.")
