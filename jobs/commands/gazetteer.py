"""`tracker gazetteer`: what a name can mean, and a larger gazetteer from GeoNames dumps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from jobs.commands.options import EXIT_SOME_REJECTED, AsJson, Workspace, folder_of
from jobs.console import err, out, plain

SHOWN_FAULTS = 20
"""Faulty lines that are printed; the file has all."""


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
        list[Path] | None,
        typer.Option(
            "--geonames",
            exists=True,
            dir_okay=False,
            help="A dump of GeoNames, UA.zip or alternateNamesV2.zip; may be repeated.",
        ),
    ] = None,
    stations: Annotated[
        Path | None,
        typer.Option("--stations", exists=True, dir_okay=False, help="A table of stations."),
    ] = None,
    links: Annotated[
        Path | None,
        typer.Option("--links", exists=True, dir_okay=False, help="A table of their links."),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", file_okay=False, help="Folder; the workspace's own by default."),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Build a larger gazetteer of GeoNames dumps, or a network of railways of two tables."""
    if (stations is None) != (links is None):
        raise typer.BadParameter("--stations and --links go together.")
    if not geonames and stations is None:
        raise typer.BadParameter("name --geonames, or --stations and --links.")
    if geonames:
        _build_places(into, folder_of(ctx, workspace), tuple(geonames))
    if stations is not None and links is not None:
        _build_railways(folder_of(ctx, workspace), stations, links)


def _build_places(into: Path | None, workspace: Path, geonames: tuple[Path, ...]) -> None:
    from geo.gazetteer import Gazetteer  # noqa: PLC0415 - opened only when asked
    from jobs.gazetteer_build import build_gazetteer, gazetteer_folder  # noqa: PLC0415 - as above

    folder = into or gazetteer_folder(workspace)
    build_gazetteer(folder, geonames)
    out.print(f"{len(Gazetteer.open(folder)):,} places in {plain(str(folder))}.")


def _build_railways(workspace: Path, stations: Path, links: Path) -> None:
    from jobs.railway_build import build_railways  # noqa: PLC0415 - read only when asked

    network, faults_file = build_railways(workspace, stations, links)
    out.print(f"{len(network):,} stations in {plain(str(faults_file.parent))}.")
    for fault in network.faults[:SHOWN_FAULTS]:
        err.print(plain(str(fault)))
    if network.faults:
        count = f"{len(network.faults):,}"
        err.print(f"{count} lines are faulty; all of them in {plain(str(faults_file))}.")
        raise typer.Exit(EXIT_SOME_REJECTED)


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
