"""`tracker ingest`: read files of claims into a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jobs.commands.options import EXIT_SOME_REJECTED, Workspace, folder_of
from jobs.console import err, out, plain

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
    file: Annotated[
        list[Path] | None,
        typer.Option(
            "--file",
            help="A CSV of coded claims; or a text, page or feed, or a folder of them.",
        ),
    ] = None,
    url: Annotated[
        list[str] | None, typer.Option("--url", help="Address of a page or a feed.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            help="Id of the record that the CSV files belong to; by default each file's name."
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(help="Day or instant of publication of texts that state none."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="A host that may lie inside a private network, such as 127.0.0.1."),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Read reports and coded claims; what is bad is named and the rest gets in."""
    from jobs.intake import Wanted, take_in  # noqa: PLC0415 - the libraries take a second
    from tracker.api import open_workspace  # noqa: PLC0415 - as above
    from tracker.timespan import parse_date  # noqa: PLC0415 - as above

    if not file and not url:
        raise typer.BadParameter("name at least one --file or --url.")
    wanted = Wanted(
        files=tuple(file or ()),
        addresses=tuple(url or ()),
        source=source,
        published=parse_date(published).end if published else None,
        allowed_hosts=tuple(allow_host or ()),
    )
    with open_workspace(folder_of(ctx, workspace)) as tracker:
        ingested = take_in(tracker.workspace, tracker.repository, wanted)
    for note in ingested.notes[:MOST_SHOWN]:
        out.print(f"Note: {plain(note)}")
    for refusal in ingested.rejected[:MOST_SHOWN]:
        err.print(f"[yellow]Rejected:[/] {plain(refusal)}")
    for lines in (ingested.notes, ingested.rejected):
        if len(lines) > MOST_SHOWN:
            out.print(f"... and {len(lines) - MOST_SHOWN} more like these.")
    out.print(plain(ingested.in_words()))
    if ingested.rejected:
        raise typer.Exit(EXIT_SOME_REJECTED if ingested.is_something else 1)
