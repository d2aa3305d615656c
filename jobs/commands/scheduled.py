"""`tracker jobs`: run the scheduled job once or by the clock, and see how runs ended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from jobs.commands.options import EXIT_SOME_REJECTED, AsJson, Workspace, folder_of
from jobs.console import err, out, plain

if TYPE_CHECKING:
    from jobs.intake import TakenIn


def register(app: typer.Typer) -> None:
    """Add the verb with its parts.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    jobs = typer.Typer(no_args_is_help=True, help="The scheduled job: now, by the clock, history.")
    jobs.command("once")(once)
    jobs.command("run")(run)
    jobs.command("history")(history)
    app.add_typer(jobs, name="jobs")


def once(ctx: typer.Context, workspace: Workspace = None) -> None:
    """Read the watched folder and refresh the page, once."""
    from jobs.leader import leadership  # noqa: PLC0415 - the libraries take a second
    from jobs.refresh import refresh  # noqa: PLC0415 - as above
    from tracker.workspace import find_workspace  # noqa: PLC0415 - as above

    folder = folder_of(ctx, workspace)
    with leadership(find_workspace(folder)):
        ingested = refresh(folder)
    _tell(ingested)
    if ingested.rejected:
        raise typer.Exit(EXIT_SOME_REJECTED)


def run(
    ctx: typer.Context,
    most_runs: Annotated[
        int | None, typer.Option("--runs", min=1, help="Stop after so many runs.")
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Read the watched folder and refresh the page every N minutes, until stopped."""
    from jobs.schedule import run_jobs  # noqa: PLC0415 - the libraries take a second

    run_jobs(folder_of(ctx, workspace), told=_tell, most_runs=most_runs)


def history(
    ctx: typer.Context,
    most: Annotated[int, typer.Option("--last", min=1, help="So many runs.")] = 20,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Show how the last runs ended."""
    from tracker.api import open_workspace  # noqa: PLC0415 - the libraries take a second
    from tracker.store.ledger import Ledger  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        runs = Ledger(tracker.repository.database).runs(limit=most)
    if as_json:
        records = [
            {
                "job": one.job,
                "started_at": one.started_at.isoformat(),
                "ended_at": one.ended_at.isoformat() if one.ended_at else None,
                "state": str(one.state),
                "message": one.message,
                "counts": dict(one.counts),
            }
            for one in runs
        ]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    table = Table("Job", "Started (UTC)", "State", "New", "Rejected", "Message", box=None)
    for one in runs:
        table.add_row(
            one.job,
            f"{one.started_at:%Y-%m-%d %H:%M:%S}",
            str(one.state),
            str(one.counts.get("new", "")),
            str(one.counts.get("rejected", "")),
            plain(one.message),
        )
    out.print(table)


def _tell(ended: TakenIn | BaseException) -> None:
    if isinstance(ended, BaseException):
        err.print(f"[bold red]Failed:[/] {plain(str(ended))}")
        return
    for refusal in ended.rejected:
        err.print(f"[yellow]Rejected:[/] {plain(refusal)}")
    out.print(
        f"{ended.new} new claims, {ended.known} known, {len(ended.rejected)} rejected; "
        "the page is fresh."
    )
