"""`tracker sources`: which sources are configured, and how they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from jobs.commands.options import EXIT_SOME_REJECTED, AsJson, Workspace, folder_of
from jobs.console import err, out, plain

EXIT_FAILED = 1


def register(app: typer.Typer) -> None:
    """Add the verbs.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    group = typer.Typer(no_args_is_help=True, help="See which sources there are and how they are.")
    group.command("list")(list_sources)
    group.command("check")(check)
    group.command("warc")(warc)
    app.add_typer(group, name="sources")


def list_sources(ctx: typer.Context, as_json: AsJson = False, workspace: Workspace = None) -> None:
    """List the sources of tracker.toml, with who publishes them and under which terms."""
    from jobs.settings import read_settings  # noqa: PLC0415 - the libraries take a second
    from jobs.sources import list_records, read_catalogue  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        settings = read_settings(tracker.workspace.settings)
        records = list_records(settings, read_catalogue(settings), tracker.repository)
    if as_json:
        typer.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    heads = ("source", "connector", "on", "publisher", "licence", "last new", "failures")
    table = Table(*heads, box=None)
    for record in records:
        cells = [record[key] for key in ("name", "connector", "enabled", "publisher", "licence")]
        shown = [
            ("yes" if cell else "no") if isinstance(cell, bool) else str(cell) for cell in cells
        ]
        news = Text(str(record["changed_at"] or "never"))
        table.add_row(*map(Text, map(plain, shown)), news, Text(_failures(record)))
    out.print(table)
    for record in records:
        for fault in record["faults"]:
            err.print(f"[yellow]Fault:[/] {plain(fault)}")


def _failures(record: dict[str, Any]) -> str:
    if not record["failures"]:
        return ""
    rest = f", rests until {record['resting_until'][:16]}" if record["resting_until"] else ""
    return f"{record['failures']}{rest}"


def check(
    ctx: typer.Context,
    source: Annotated[list[str] | None, typer.Argument(help="Names; all enabled ones.")] = None,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Ask each source whether it answers and how old its newest item is; nothing is stored."""
    from jobs.settings import read_settings  # noqa: PLC0415 - the libraries take a second
    from jobs.sources import check_sources, read_catalogue  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        settings = read_settings(tracker.workspace.settings)
        picked = read_catalogue(settings).pick(source or ())
        found = check_sources(tracker.workspace, picked, fetch=settings.fetch)
    if as_json:
        typer.echo(json.dumps([one.record() for one in found], ensure_ascii=False, indent=1))
    else:
        if not found:
            out.print("No source is enabled; name one, or set enabled = true in tracker.toml.")
        for one in found:
            out.print(f"{one.state:>8}  {plain(one.source)}  {plain(one.in_words())}")
    failed = sum(not one.is_well for one in found)
    if failed:
        raise typer.Exit(EXIT_FAILED if failed == len(found) else EXIT_SOME_REJECTED)


def warc(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write, such as archive.warc.gz.")],
    workspace: Workspace = None,
) -> None:
    """Write the archive of raw bytes, with address and time of each capture, to one WARC file."""
    from jobs.warc import write_warc  # noqa: PLC0415 - the libraries take a second
    from tracker.api import open_workspace  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        done = write_warc(tracker.workspace, tracker.repository, file)
    out.print(
        f"{done.records} records, {done.revisits} captures of the same bytes; the bytes of "
        f"{done.missing} captures are not in the archive."
    )
