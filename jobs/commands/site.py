"""`tracker site`: every page, feed and file of data."""

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
    app.command("site")(site)


def site(
    ctx: typer.Context,
    to: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder to write to; by default site.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Only what was public by the end of this day.")
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Write the site: index, maps, formations, days, sources, feeds and files of data."""
    from jobs.settings import read_settings  # noqa: PLC0415 - the libraries take a second
    from jobs.site import write_site  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        settings = read_settings(tracker.workspace.settings)
        done = write_site(
            tracker,
            page=settings.page,
            publication=settings.publication,
            as_of=as_day(as_of),
            folder=to,
        )
    out.print(
        f"{done.written} files written, {done.kept} unchanged, {done.removed} removed. "
        f"Open the site: [bold]{plain(str(done.index.absolute()))}[/]"
    )
    for line in done.withheld:
        out.print(f"Withheld: {plain(line)}")
