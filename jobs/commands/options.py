"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXIT_SOME_REJECTED = 3
"""Exit code of what was done with some records rejected."""

Workspace = Annotated[
    Path | None,
    typer.Option("-w", "--workspace", help="Folder of the workspace; also before the verb."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, a stable contract.")]


def folder_of(ctx: typer.Context, given: Path | None) -> Path:
    """Decide which folder is the workspace.

    Parameters
    ----------
    ctx : typer.Context
        Context whose `obj` is the folder named before the verb.
    given : Path or None
        Folder named after the verb; it wins.

    Returns
    -------
    Path
        The folder, the current one where none was named.
    """
    named = ctx.find_root().obj
    return given if given is not None else named if isinstance(named, Path) else Path()
