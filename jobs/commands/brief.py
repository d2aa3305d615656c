"""`tracker brief`: what changed since the last briefing, in many formats."""

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
    series: Annotated[
        str | None, typer.Option(help="Write a series that tracker.toml declares: briefings.NAME.")
    ] = None,
    formation: Annotated[str | None, typer.Option(help="Follow one formation.")] = None,
    language: Annotated[
        str | None, typer.Option("--lang", help="Language: en, ru or uk; by default page.lang.")
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option("--formats", help="What to write: md, html, eml, atom, pdf; with commas."),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option(help="Make the files of this published record again, and nothing new."),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Write a briefing: numbers with intervals, what changed, and the words behind each line."""
    from jobs.briefings.brief import brief as write  # noqa: PLC0415 - the libraries take a second
    from jobs.briefings.editions import read_record, write_formats  # noqa: PLC0415 - as above
    from jobs.briefings.orders import Wish, formats_in, order_of  # noqa: PLC0415 - as above
    from jobs.settings import read_settings  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above
    from tracker.timespan import as_day, parse_date  # noqa: PLC0415 - as above

    if as_recorded is not None and "T" not in as_recorded:
        raise InvalidValueError(f"{as_recorded[:40]!r} is no instant; write 2022-02-20T06:00Z.")
    with open_workspace(folder_of(ctx, workspace)) as tracker:
        settings = read_settings(tracker.workspace.settings)
        wish = Wish(
            series=series,
            title=title,
            area=area,
            actor=actor,
            formation=formation,
            language=language,
            formats=formats_in(formats) if formats else None,
            as_of=as_day(as_of),
            since=as_day(since),
            as_recorded=parse_date(as_recorded).end if as_recorded else None,
        )
        order = order_of(settings, wish)
        if record is not None:
            templates = tracker.workspace.folder / "templates"
            again = read_record(record)
            files = write_formats(
                record.parent, again, formats=order.formats, templates=templates, to=to
            )
        else:
            files = write(tracker, order, to)
        for path in files:
            out.print(plain(str(path.absolute())))
