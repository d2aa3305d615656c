"""`tracker map`: one self-contained map page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jobs.commands.options import Workspace, folder_of
from jobs.console import out, plain
from tracker.timespan import as_day


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("map")(map_page)


def map_page(
    ctx: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="File to write; by default site/theatre.html."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Only what was public by the end of this day.")
    ] = None,
    area: Annotated[
        str | None, typer.Option(help="Area whose estimate the chart opens with.")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Whose strength is estimated.")] = None,
    title: Annotated[str | None, typer.Option(help="Heading of the page.")] = None,
    workspace: Workspace = None,
) -> None:
    """Write the map page of the workspace: one file, no network."""
    from jobs.render import render_map  # noqa: PLC0415 - the libraries take a second
    from jobs.settings import read_settings  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        settings = read_settings(tracker.workspace.settings)
        page = settings.page
        path = render_map(
            tracker,
            to or tracker.workspace.site / "theatre.html",
            as_of=as_day(as_of),
            area=area or page.area,
            actor=actor or page.actor,
            title=title or page.title,
            policy=settings.publication.policy,
        )
    out.print(f"Open the page: [bold]{plain(str(path.absolute()))}[/]")
