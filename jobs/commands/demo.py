"""`tracker demo`: a whole workspace from the published record of 2021-22."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jobs.console import out, plain


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("demo")(demo)


def demo(
    folder: Annotated[Path, typer.Argument(help="Folder of the demo.")] = Path("demo"),
) -> None:
    """Build a workspace from the published record of 2021-22 and say where its page is."""
    from jobs.demo import make_demo  # noqa: PLC0415 - the libraries behind it take a second

    page, ingested = make_demo(folder)
    coded, texts = ingested.coded, ingested.texts
    out.print(
        f"{coded.new + coded.known} published statements and {texts.reports + texts.repeats} "
        f"sample reports read: {ingested.new} new claims."
    )
    out.print(f"Open the page: [bold]{plain(str(page.absolute()))}[/]")
    out.print(f"The briefings: {plain(str(page.absolute().parent / 'briefings'))}")
    out.print(f"Ask it why:    tracker -w {plain(str(folder))} why around-ukraine@2022-02-18")
