"""`tracker why`: the evidence behind a claim, a leg, or an estimate."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from jobs.commands.options import AsJson, Workspace, folder_of
from jobs.console import out, plain


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("why")(why)


def why(
    ctx: typer.Context,
    question: Annotated[
        str,
        typer.Argument(help="A claim c-..., a leg m-..., or AREA@2022-02-18[~AS_OF]."),
    ],
    actor: Annotated[
        str | None,
        typer.Option(help="Whose strength, for an estimate; that of the settings by default."),
    ] = None,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Show the evidence behind something: words, claimants, weights, archived bytes."""
    from jobs.settings import read_settings  # noqa: PLC0415 - the libraries take a second
    from tracker.api import open_workspace  # noqa: PLC0415 - as above
    from tracker.store.weighing import weigh_evidence  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        weigh_evidence(tracker.repository)
        settings = read_settings(tracker.workspace.settings)
        answer = tracker.why(question, actor=actor or settings.page.actor)
    if as_json:
        typer.echo(json.dumps(answer.record, ensure_ascii=False, indent=1))
    else:
        for line in answer.lines:
            out.print(plain(line))
