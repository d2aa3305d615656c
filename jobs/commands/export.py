"""`tracker export`: a layer as a file for other programs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from jobs.commands.options import AsJson, Workspace, folder_of
from jobs.console import out, plain
from tracker.errors import InvalidValueError


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("export")(export)


def export(
    ctx: typer.Context,
    layer: Annotated[
        str,
        typer.Argument(
            help="claims, sightings, regions, movements, arrivals, flows, areas, estimates, "
            "published, contradictions or reports."
        ),
    ],
    file: Annotated[
        Path,
        typer.Argument(
            help="Ends in .csv, .geojson, .gpkg, .parquet, .kml, .kmz, .xlsx, .timemap.json or "
            ".stix.json."
        ),
    ],
    form: Annotated[
        str | None, typer.Option("--format", help="The format, where the ending does not tell it.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Only what was public by the end of this day.")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Only this actor's troops: RU, UA ...")] = None,
    kind: Annotated[
        str | None, typer.Option(help="Only claims of this kind: presence, movement ...")
    ] = None,
    status: Annotated[
        str | None, typer.Option(help="Only claims of this status: actual, planned ...")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", help="Only claims on this day or later.")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", help="Only claims on this day or before.")] = (
        None
    ),
    bbox: Annotated[
        str | None, typer.Option(help="Only inside west,south,east,north in degrees.")
    ] = None,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Write a layer into a file for other programs: what may be published, and its description."""
    from jobs.settings import read_settings  # noqa: PLC0415 - the libraries take a second
    from tracker.api import open_workspace  # noqa: PLC0415 - as above
    from tracker.store.selection import Criteria  # noqa: PLC0415 - as above
    from tracker.timespan import as_day  # noqa: PLC0415 - as above
    from tracker.vocabulary import ClaimKind, Status  # noqa: PLC0415 - as above

    criteria = Criteria(
        as_of=as_day(as_of),
        actor=actor,
        bbox=_box(bbox),
        kind=None if kind is None else ClaimKind(_one_of("kind", kind, ClaimKind)),
        status=None if status is None else Status(_one_of("status", status, Status)),
        observed=_span(as_day(first), as_day(last)),
    )
    with open_workspace(folder_of(ctx, workspace)) as tracker:
        publication = read_settings(tracker.workspace.settings).publication
        done = tracker.export(
            layer,
            file,
            form=form,
            policy=publication.policy,
            licence=publication.licence,
            cite_as=publication.cite_as,
            **criteria,
        )
    if as_json:
        record = {"file": str(done.file), "rows": done.rows, "withheld": list(done.withheld)}
        typer.echo(json.dumps(record, ensure_ascii=False))
        return
    rows = "1 row" if done.rows == 1 else f"{done.rows:,} rows"
    out.print(
        f"Wrote {rows}: [bold]{plain(str(done.file))}[/]; its columns: {plain(str(done.metadata))}"
    )
    if not done.rows:
        out.print("No row matches. Look at the spelling of the actor, at days and box.")
    for line in done.withheld:
        out.print(f"Withheld: {plain(line)}")


def _one_of(what: str, given: str, words: Iterable[str]) -> str:
    known = [str(word) for word in words]
    if given not in known:
        raise InvalidValueError(f"'{given}' is no {what}; choose one of {', '.join(known)}.")
    return given


def _span(first: date | None, last: date | None) -> tuple[datetime, datetime] | None:
    if first is None and last is None:
        return None
    start = datetime.combine(first or date.min, time.min, UTC)
    end = datetime.combine(last or date.max, time(23, 59, 59, 999_000), UTC)
    if start > end:
        raise InvalidValueError(f"{first} lies after {last}; exchange them.")
    return start, end


def _box(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = math.nan
    inside = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
    if not inside:
        raise InvalidValueError(
            f"'{text[:60]}' is no box; write west,south,east,north in degrees, as 22,44,41,53."
        )
    return (west, south, east, north)
