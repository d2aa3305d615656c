"""`tracker copy`: the whole database into another, a file or a server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jobs.commands.options import Workspace, folder_of
from jobs.console import out, plain


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("copy")(copy)


def copy(
    ctx: typer.Context,
    target: Annotated[
        str, typer.Argument(help="A new .gpkg file, or postgresql://user@host/name without rows.")
    ],
    workspace: Workspace = None,
) -> None:
    """Copy the database with all its history: to a server, to a file, or as a backup."""
    from tracker.api import open_workspace  # noqa: PLC0415 - the libraries take a second
    from tracker.errors import WorkspaceError  # noqa: PLC0415 - as above
    from tracker.store.copying import copy_rows  # noqa: PLC0415 - as above
    from tracker.store.repository import Repository  # noqa: PLC0415 - as above

    is_address = "://" in target
    with open_workspace(folder_of(ctx, workspace)) as tracker:
        if not is_address and Path(target).exists():
            raise WorkspaceError(f"{target} exists already; name another file.")
        with Repository.open(target, create=True) as copied:
            rows = copy_rows(tracker.repository.database, copied.database)
    out.print(f"Copied {rows:,} rows; the archive of raw bytes stays where it is, copy it beside.")
    if is_address:
        out.print(f'Write  {plain(f"""database = "{target}" """)} under \\[store] in tracker.toml.')
