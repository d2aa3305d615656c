"""`tracker jobs`: which there are, run them once or by the clock, and see how runs ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from jobs.commands.options import EXIT_SOME_REJECTED, AsJson, Workspace, folder_of
from jobs.console import err, out, plain

if TYPE_CHECKING:
    from datetime import datetime

    from jobs.schedule import Ended

MOST_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the verb with its parts.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    jobs = typer.Typer(no_args_is_help=True, help="Scheduled jobs: list, now, by clock, history.")
    jobs.command("list")(list_jobs)
    jobs.command("once")(once)
    jobs.command("run")(run)
    jobs.command("history")(history)
    app.add_typer(jobs, name="jobs")


def list_jobs(ctx: typer.Context, as_json: AsJson = False, workspace: Workspace = None) -> None:
    """List the jobs: what they do, when they are due, how they stand."""
    from jobs.schedule import read_plan, standings  # noqa: PLC0415 - the libraries take a second
    from jobs.settings import read_settings  # noqa: PLC0415 - as above
    from tracker import clock  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above
    from tracker.store.ledger import Ledger  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        plan = read_plan(read_settings(tracker.workspace.settings))
        found = standings(plan, Ledger(tracker.repository.database), clock.now())
    if as_json:
        typer.echo(json.dumps([one.record() for one in found], ensure_ascii=False, indent=1))
        return
    table = Table("Job", "Does", "When", "Last run (UTC)", "State", "Next (UTC)", box=None)
    for one in found:
        last = one.last
        failed = f", {one.failures} times" if one.failures > 1 else ""
        table.add_row(
            one.job.name,
            one.job.settings.run,
            plain(one.job.timing.in_words()),
            _instant(last.started_at if last else None),
            f"{last.state}{failed}" if last else "",
            _instant(one.next_at) if one.job.settings.enabled else "off",
        )
    out.print(table)


def once(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="Name of the job; may be left out where there is one.")
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Publish although a bound stops it.")
    ] = False,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Run one job now; what was due by now is answered with it."""
    from jobs.runs.leader import leadership  # noqa: PLC0415 - the libraries take a second
    from jobs.schedule import Clockwork, read_plan  # noqa: PLC0415 - as above
    from jobs.settings import read_settings  # noqa: PLC0415 - as above
    from jobs.work import work_in  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above
    from tracker.store.ledger import Ledger  # noqa: PLC0415 - as above

    folder = folder_of(ctx, workspace)
    with open_workspace(folder) as tracker:
        plan = read_plan(read_settings(tracker.workspace.settings))
        if name is None and len(plan.jobs) > 1:
            raise typer.BadParameter(f"name a job; there are {', '.join(plan.jobs)}.")
        with leadership(tracker.workspace), err.status("Running ..."):
            ledger = Ledger(tracker.repository.database)
            ledger.abandon()
            ended = Clockwork(plan, ledger, work_in(folder, anyway=anyway)).run_now(
                name or next(iter(plan.jobs))
            )
    _teller(as_json)(ended)
    _exit_by(ended)


def run(
    ctx: typer.Context,
    most_runs: Annotated[
        int | None, typer.Option("--runs", min=1, help="Stop after so many runs.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON for each event.")
    ] = False,
    workspace: Workspace = None,
) -> None:
    """Run the jobs by the clock until stopped; a run under way is finished first."""
    from jobs.health import serving, sources_in  # noqa: PLC0415 - the libraries take a second
    from jobs.schedule import run_jobs  # noqa: PLC0415 - as above
    from jobs.settings import read_settings  # noqa: PLC0415 - as above
    from jobs.work import work_in  # noqa: PLC0415 - as above
    from tracker.workspace import find_workspace  # noqa: PLC0415 - as above

    folder = folder_of(ctx, workspace)
    port = read_settings(find_workspace(folder).settings).health.port
    run_jobs(
        folder,
        work=work_in(folder),
        told=_teller(as_json),
        beside=lambda clockwork: serving(clockwork, port, sources=lambda: sources_in(folder)),
        most_runs=most_runs,
    )


def history(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Only runs of this job or source.")] = None,
    most: Annotated[int, typer.Option("--last", min=1, help="So many runs.")] = 20,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Show how the last runs ended."""
    from tracker.api import open_workspace  # noqa: PLC0415 - the libraries take a second
    from tracker.store.ledger import Ledger  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        runs = Ledger(tracker.repository.database).runs(name, most)
    if as_json:
        typer.echo(json.dumps([one.record() for one in runs], ensure_ascii=False, indent=1))
        return
    table = Table("Job", "Started (UTC)", "State", "New", "Rejected", "Message", box=None)
    for one in runs:
        table.add_row(
            plain(one.job),
            _instant(one.started_at),
            str(one.state),
            str(one.counts.get("new", "")),
            str(one.counts.get("rejected", "")),
            plain(one.message),
        )
    out.print(table)


def _instant(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else ""


def _teller(as_json: bool) -> Callable[[Ended], None]:
    if as_json:
        return lambda ended: typer.echo(json.dumps(ended.record(), ensure_ascii=False))
    return _tell


def _tell(ended: Ended) -> None:
    for line in ended.lines[:MOST_SHOWN]:
        err.print(f"[yellow]Note:[/] {plain(line)}")
    if ended.state == "failed":
        err.print(f"[bold red]Failed:[/] {plain(ended.job)}: {plain(ended.message)}")
        return
    counts = ", ".join(f"{number:,} {name}" for name, number in ended.counts.items())
    out.print(f"{plain(ended.job)}: {ended.state}{f', {counts}' if counts else ''}.")


def _exit_by(ended: Ended) -> None:
    if ended.state == "failed":
        raise typer.Exit(1)
    if ended.state in {"partial", "held"}:
        raise typer.Exit(EXIT_SOME_REJECTED)
