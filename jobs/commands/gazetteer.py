"""`tracker gazetteer`: what a name can mean, and a larger gazetteer from GeoNames dumps."""

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
    group = typer.Typer(no_args_is_help=True, help="What a name can mean.")
    group.command("build")(build)
    group.command("search")(search)
    group.callback()(_only_parts)
    app.add_typer(group, name="gazetteer")


def _only_parts() -> None:
    """Look names up in the gazetteer."""


def build(
    ctx: typer.Context,
    geonames: Annotated[
        list[Path],
        typer.Option(
            "--geonames",
            exists=True,
            dir_okay=False,
            help="A dump of GeoNames, UA.zip or alternateNamesV2.zip; may be repeated.",
        ),
    ],
    into: Annotated[
        Path | None,
        typer.Option("--into", file_okay=False, help="Folder; the workspace's own by default."),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Build a larger gazetteer: the package's places and those of GeoNames dumps."""
    from geo.gazetteer import Gazetteer  # noqa: PLC0415 - opened only when asked
    from jobs.gazetteer_build import build_gazetteer, gazetteer_folder  # noqa: PLC0415 - as above

    folder = into or gazetteer_folder(folder_of(ctx, workspace))
    build_gazetteer(folder, tuple(geonames))
    out.print(f"{len(Gazetteer.open(folder)):,} places in {plain(str(folder))}.")


def search(
    name: Annotated[str, typer.Argument(help="A name, in English, Russian or Ukrainian.")],
    most: Annotated[int, typer.Option("--most", min=1, max=1000, help="So many places.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show what a name can mean, the likeliest without context first."""
    from geo.gazetteer import Gazetteer  # noqa: PLC0415 - opened only when asked

    places = Gazetteer.open().search(name, limit=most)
    if as_json:
        records = [
            {
                "id": place.id,
                "geonameid": place.geonameid,
                "name": place.name,
                "kind": place.kind,
                "country": place.country,
                "admin1": place.admin1,
                "lon": place.lon,
                "lat": place.lat,
                "radius_km": place.radius_km,
                "population": place.population,
            }
            for place in places
        ]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    if not places:
        out.print(f"The gazetteer has no place called {plain(name)}.")
        return
    table = Table(
        "Name", "Kind", "Country", "Region", "Lat", "Lon", "Radius km", "People", box=None
    )
    for place in places:
        table.add_row(
            plain(place.name),
            place.kind,
            place.country or "",
            place.admin1 or "",
            "" if place.lat is None else f"{place.lat:.4f}",
            "" if place.lon is None else f"{place.lon:.4f}",
            f"{place.radius_km:.0f}",
            f"{place.population:,}" if place.population else "",
        )
    out.print(table)
