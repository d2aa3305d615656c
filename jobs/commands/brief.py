"""`tracker brief`: what changed since the last briefing, as Markdown and HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jobs.commands.options import Workspace, folder_of
from jobs.console import out, plain
from tracker.errors import InvalidValueError


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("brief")(brief)


def brief(
    ctx: typer.Context,
    to: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder to write to; site/briefings.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Only what was public by the end of this day.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(help="Tell changes from this day on; by default the briefing before."),
    ] = None,
    as_recorded: Annotated[
        str | None,
        typer.Option(help="Use the workspace as it was at this instant, 2022-02-20T06:00Z."),
    ] = None,
    area: Annotated[str | None, typer.Option(help="Area that the headline speaks of.")] = None,
    actor: Annotated[str | None, typer.Option(help="Whose troops.")] = None,
    title: Annotated[str | None, typer.Option(help="Heading of the briefing.")] = None,
    workspace: Workspace = None,
) -> None:
    """Write a briefing: numbers with intervals, what changed, and the words behind each line."""
    from jobs.brief import Order  # noqa: PLC0415 - the libraries take a second
    from jobs.brief import brief as write  # noqa: PLC0415 - as above
    from jobs.settings import read_settings  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above
    from tracker.timespan import as_day, parse_date  # noqa: PLC0415 - as above

    if as_recorded is not None and "T" not in as_recorded:
        raise InvalidValueError(f"{as_recorded[:40]!r} is no instant; write 2022-02-20T06:00Z.")
    with open_workspace(folder_of(ctx, workspace)) as tracker:
        settings = read_settings(tracker.workspace.settings)
        page = settings.page
        order = Order(
            title=title or page.title,
            area=area or page.area,
            actor=actor or page.actor,
            as_of=as_day(as_of),
            since=as_day(since),
            as_recorded=parse_date(as_recorded).end if as_recorded else None,
            policy=settings.publication.policy,
        )
        for path in write(tracker, order, to):
            out.print(plain(str(path.absolute())))
