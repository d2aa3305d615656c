"""`tracker doctor`: check a workspace and mend what can be mended."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from jobs.commands.options import AsJson, Workspace, folder_of
from jobs.console import out, plain

_NO_KEY = {"key": None, "line": None}


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("doctor")(doctor)


def doctor(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report only, mend nothing.")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="Hash every archived file anew.")] = False,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Check settings, database and archive, and mend what can be mended."""
    from jobs.settings_check import check_settings  # noqa: PLC0415 - the libraries take a second
    from tracker.api import open_workspace  # noqa: PLC0415 - as above
    from tracker.reports.archive import Archive  # noqa: PLC0415 - as above
    from tracker.store.doctor import State, examine, is_healthy  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        faults = check_settings(tracker.workspace.settings)
        archive = Archive(tracker.workspace.archive)
        findings = examine(tracker.repository.database, archive, mend=not dry_run, deep=deep)
    if as_json:
        records = [
            {"check": one.check, "state": str(one.state), "message": one.message, **_NO_KEY}
            for one in findings
        ] + [
            {
                "check": "settings",
                "state": str(State.BROKEN),
                "message": fault.message,
                "key": fault.key,
                "line": fault.line,
            }
            for fault in faults
        ]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        for one in findings:
            out.print(f"{one.state:>7}  {plain(one.check)}  {plain(one.message)}")
        for fault in faults:
            out.print(f"{State.BROKEN:>7}  tracker.toml  {plain(str(fault))}")
    if faults or not is_healthy(findings):
        raise typer.Exit(1)
