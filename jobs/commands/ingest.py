"""`tracker ingest`: read files of claims into a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jobs.commands.options import Workspace, folder_of
from jobs.console import err, out, plain

EXIT_SOME_REJECTED = 3
MOST_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("ingest")(ingest)


def ingest(
    ctx: typer.Context,
    file: Annotated[list[Path], typer.Option("--file", help="A CSV file of coded claims.")],
    source: Annotated[
        str | None,
        typer.Option(
            help="Id of the record that the files belong to; by default each file's name."
        ),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Read coded claims; a bad row is named with its line and the good ones get in."""
    from jobs.ingest import ingest_coded  # noqa: PLC0415 - the libraries take a second
    from tracker.api import open_workspace  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        ingested = ingest_coded(tracker.workspace, tracker.repository, file, source=source)
    for note in ingested.notes[:MOST_SHOWN]:
        out.print(f"Note: {plain(note)}")
    for refusal in ingested.rejected[:MOST_SHOWN]:
        err.print(f"[yellow]Rejected:[/] {plain(refusal)}")
    for lines in (ingested.notes, ingested.rejected):
        if len(lines) > MOST_SHOWN:
            out.print(f"... and {len(lines) - MOST_SHOWN} more like these.")
    out.print(
        f"{ingested.new} new claims, {ingested.known} known, {len(ingested.rejected)} rejected."
    )
    if ingested.rejected:
        raise typer.Exit(EXIT_SOME_REJECTED if ingested.new or ingested.known else 1)
