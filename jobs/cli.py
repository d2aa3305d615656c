"""The command line: one verb per job, each a thin caller of a plain function."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from geo.errors import GeoError
from jobs.commands import (
    areas,
    brief,
    copy,
    demo,
    estimate,
    export,
    forget,
    gazetteer,
    ingest,
    init,
    map_page,
    review,
    scheduled,
    site,
    sources,
    texts,
    why,
    workspace_check,
)
from jobs.console import err, plain
from tracker.errors import TrackerError

EXIT_FAILED = 1


class _OneSentenceErrors(TyperGroup):
    """Turn every documented error into one sentence and exit code 1, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (TrackerError, GeoError) as error:
            err.print(f"[bold red]Error:[/] {plain(str(error))}")
        except OSError as error:
            what = error.strerror or str(error)
            where = f" ({error.filename})" if error.filename else ""
            err.print(f"[bold red]Error:[/] {plain(f'{what}{where}')}")
        raise typer.Exit(EXIT_FAILED)


app = typer.Typer(
    cls=_OneSentenceErrors,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="From public reports of troop movements to a map and a force-size estimate.",
)


@app.callback()
def _workspace(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Option("-w", "--workspace", help="Folder of the workspace.")
    ] = Path(),
) -> None:
    ctx.obj = folder


for _module in (
    demo,
    init,
    areas,
    ingest,
    texts,
    estimate,
    why,
    map_page,
    site,
    brief,
    export,
    review,
    scheduled,
    sources,
    copy,
    forget,
    workspace_check,
    gazetteer,
):
    _module.register(app)
