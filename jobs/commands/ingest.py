"""`tracker ingest`: read files of claims into a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.commands.options import EXIT_SOME_REJECTED, AsJson, Workspace, folder_of
from jobs.commands.replay import replay_archive
from jobs.console import err, out, plain

if TYPE_CHECKING:
    from jobs.sources import SourceReading

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
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE]...", help="Sources of tracker.toml; all enabled ones."),
    ] = None,
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
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what sources would bring in, store nothing.")
    ] = False,
    executor: Annotated[
        str | None,
        typer.Option(help="Where texts are read: serial, pool, dask, or dask=ADDRESS."),
    ] = None,
    replay: Annotated[
        bool,
        typer.Option("--replay", help="Read all kept wordings anew and show what would change."),
    ] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Store what --replay found.")] = False,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Read reports and coded claims; what is bad is named and the rest gets in."""
    from jobs.intake import Wanted, take_in  # noqa: PLC0415 - the libraries take a second
    from tracker.api import open_workspace  # noqa: PLC0415 - as above
    from tracker.timespan import parse_date  # noqa: PLC0415 - as above

    if replay:
        if sources or file or url or dry_run:
            raise typer.BadParameter("--replay reads everything; name nothing beside it.")
        replay_archive(folder_of(ctx, workspace), executor, keep=keep, as_json=as_json)
        return
    if keep or as_json:
        raise typer.BadParameter("--keep and --json go with --replay.")
    if not file and not url:
        _ingest_sources(folder_of(ctx, workspace), sources or [], dry_run=dry_run)
        return
    if sources or dry_run:
        raise typer.BadParameter("sources and --dry-run do not go with --file and --url.")
    wanted = Wanted(
        files=tuple(file or ()),
        addresses=tuple(url or ()),
        source=source,
        published=parse_date(published).end if published else None,
        allowed_hosts=tuple(allow_host or ()),
        executor=executor,
    )
    with open_workspace(folder_of(ctx, workspace)) as tracker:
        ingested = take_in(tracker.workspace, tracker.repository, wanted)
    _show_lines(ingested.notes, ingested.rejected)
    out.print(plain(ingested.in_words()))
    if ingested.rejected:
        raise typer.Exit(EXIT_SOME_REJECTED if ingested.is_something else 1)


def _ingest_sources(folder: Path, names: list[str], *, dry_run: bool) -> None:
    from jobs.settings import read_settings  # noqa: PLC0415 - the libraries take a second
    from jobs.sources import read_catalogue, read_sources  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above

    with open_workspace(folder) as tracker:
        settings = read_settings(tracker.workspace.settings)
        catalogue = read_catalogue(settings)
        picked = catalogue.pick(names)
        on = [name for name, said in settings.sources.items() if said.enabled and not names]
        faults = tuple(fault for name in on for fault in catalogue.faults.get(name, ()))
        if not picked and not faults:
            raise typer.BadParameter(
                "name a --file, a --url or a source; no source is enabled in tracker.toml."
            )
        readings = read_sources(
            tracker.workspace,
            tracker.repository,
            picked,
            fetch=settings.fetch,
            dry_run=dry_run,
            told=_show_reading,
        )
    _show_lines((), faults)
    if faults or not all(reading.is_clean for reading in readings):
        any_read = any(reading.failure is None for reading in readings)
        raise typer.Exit(EXIT_SOME_REJECTED if any_read else 1)


def _show_reading(reading: SourceReading) -> None:
    for title in reading.titles[:MOST_SHOWN]:
        out.print(f"  {plain(title)}")
    _show_lines(reading.notes, reading.rejected)
    out.print(plain(reading.in_words()))


def _show_lines(notes: Sequence[str], rejected: Sequence[str]) -> None:
    for note in notes[:MOST_SHOWN]:
        out.print(f"Note: {plain(note)}")
    for refusal in rejected[:MOST_SHOWN]:
        err.print(f"[yellow]Rejected:[/] {plain(refusal)}")
    for lines in (notes, rejected):
        if len(lines) > MOST_SHOWN:
            out.print(f"... and {len(lines) - MOST_SHOWN} more like these.")
