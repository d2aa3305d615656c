"""`tracker map`: one self-contained map page, or a picture of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from jobs.commands.options import Workspace, folder_of
from jobs.console import out, plain
from tracker.errors import InvalidValueError
from tracker.page_words import LANGUAGES, Language
from tracker.timespan import as_day


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("map")(map_page)


def map_page(
    ctx: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Page to write; by default site/theatre.html."),
    ] = None,
    png: Annotated[
        Path | None,
        typer.Option(help="Picture to write, without a browser; the page only with --out."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Only what was public by the end of this day.")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", help="First day of the window that is shown.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", help="Last day of the window that is shown.")
    ] = None,
    area: Annotated[
        str | None, typer.Option(help="Area whose estimate the chart opens with.")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Whose strength is estimated.")] = None,
    title: Annotated[str | None, typer.Option(help="Heading of the page.")] = None,
    lang: Annotated[str | None, typer.Option(help="Language: en, ru or uk.")] = None,
    tiles: Annotated[
        str, typer.Option(help="Address of an online base map that the reader may switch on.")
    ] = "",
    workspace: Workspace = None,
) -> None:
    """Write the map page of the workspace: one file, no network."""
    from jobs.render import render_map  # noqa: PLC0415 - the libraries take a second
    from jobs.settings import read_settings  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above

    with open_workspace(folder_of(ctx, workspace)) as tracker:
        settings = read_settings(tracker.workspace.settings)
        page = settings.page
        theatre = None if png else tracker.workspace.site / "theatre.html"
        written = render_map(
            tracker,
            to or theatre,
            as_of=as_day(as_of),
            area=area or page.area,
            actor=actor or page.actor,
            title=title or page.title,
            policy=settings.publication.policy,
            picture=png,
            lang=_language(lang or page.lang),
            window=_window(first, last),
            online_tiles=tiles,
            affiliations=page.affiliations,
        )
    for path in written:
        what = "Picture" if path == png else "Open the page"
        out.print(f"{what}: [bold]{plain(str(path.absolute()))}[/]")


def _language(given: str) -> Language:
    known = next((lang for lang in LANGUAGES if lang == given), None)
    if known is None:
        raise InvalidValueError(f"lang {given!r} is none of {', '.join(LANGUAGES)}.")
    return known


def _window(first: str | None, last: str | None) -> tuple[date, date] | None:
    start, end = as_day(first), as_day(last)
    if start is None and end is None:
        return None
    if start is None or end is None or start > end:
        raise InvalidValueError("--from and --to name a window together, its first day first.")
    return start, end
