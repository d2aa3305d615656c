"""`tracker forget`: erase the words and bytes of a report, keep its hashes and the reason."""

from __future__ import annotations

from typing import Annotated

import typer

from jobs.commands.options import Workspace, folder_of
from jobs.console import out, plain

MOST_NAMED = 5


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("forget")(forget)


def forget(
    ctx: typer.Context,
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="Id or address of the report, or a claim of it.")
    ],
    reason: Annotated[
        str, typer.Option(prompt="Why is it to be forgotten", help="Why; it is kept.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")] = False,
    workspace: Workspace = None,
) -> None:
    """Erase the words and bytes of a report; its hashes, numbers and the reason stay."""
    from jobs.forget import find_report_id  # noqa: PLC0415 - the libraries take a second
    from jobs.forget import forget as erase  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        name = find_report_id(tracker.repository, report)
        held = tracker.repository.holdings(name)
        out.print(
            f"{len(held.hashes)} archived files, {held.versions} wordings and {held.claims} claims "
            "are erased for good."
        )
        if held.shared_with:
            names = plain(", ".join(held.shared_with[:MOST_NAMED]))
            out.print(
                f"The same files prove {len(held.shared_with)} other reports, which keep their "
                f"words and lose these files: {names}."
            )
        if not yes:
            typer.confirm("Erase them?", abort=True)
        gone = erase(tracker.workspace, tracker.repository, name, reason=reason)
    out.print(
        f"Forgotten; {gone.files} files erased. Render the pages and briefings anew, and delete "
        "exports and backups that were made before."
    )
