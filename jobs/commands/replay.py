"""`tracker ingest --replay`: what the present extractor reads in another way, claim by claim."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from jobs.commands.options import EXIT_SOME_REJECTED
from jobs.console import err, out, plain

if TYPE_CHECKING:
    from jobs.replay import Difference, Replay
    from tracker.claims.claim import Claim

MOST_SHOWN = 50
_QUOTE_CHARACTERS = 100


def replay_archive(folder: Path, executor: str | None, *, keep: bool, as_json: bool) -> None:
    """Read all kept wordings anew, show what differs, and store it where that is asked for.

    Parameters
    ----------
    folder : Path
        The workspace.
    executor : str or None
        Where it is read.
    keep : bool
        Whether to store what differs.
    as_json : bool
        Whether to print records instead of lines.
    """
    from jobs.processes.executors import SERIAL  # noqa: PLC0415 - the libraries take a second
    from jobs.replay import replay  # noqa: PLC0415 - as above
    from tracker.api import open_workspace  # noqa: PLC0415 - as above

    with open_workspace(folder) as tracker:
        found = replay(
            tracker.workspace, tracker.repository, executor=executor or SERIAL, keep=keep
        )
    if as_json:
        records = [_record(one) for one in found.differences]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        _show(found, keep=keep)
    for refusal in found.rejected[:MOST_SHOWN]:
        err.print(f"[yellow]Rejected:[/] {plain(refusal)}")
    if found.rejected:
        raise typer.Exit(EXIT_SOME_REJECTED if found.reports else 1)


def _show(found: Replay, *, keep: bool) -> None:
    for one in found.differences[:MOST_SHOWN]:
        quote = plain(" ".join(one.claim.quote.text.split())[:_QUOTE_CHARACTERS])
        out.print(f"{one.change:>7}  {one.claim.report_id}  {one.claim.id}  {quote}")
    if len(found.differences) > MOST_SHOWN:
        out.print(f"... and {len(found.differences) - MOST_SHOWN} more; --json lists all.")
    out.print(found.in_words())
    if found.differences and not keep:
        out.print("Nothing was stored; add --keep to store it.")


def _record(one: Difference) -> dict[str, Any]:
    return {
        "change": str(one.change),
        "report": one.claim.report_id,
        "claim": one.claim.id,
        "quote": one.claim.quote.text,
        "before": _said(one.before),
        "after": _said(one.after),
    }


def _said(claim: Claim | None) -> dict[str, Any] | None:
    if claim is None:
        return None
    measure = claim.measure
    return {
        "kind": str(claim.kind),
        "status": str(claim.status),
        "actor": claim.actor,
        "claimant": claim.claimant,
        "low": measure and measure.low,
        "best": measure and measure.best,
        "high": measure and measure.high,
        "unit": str(measure.unit) if measure and measure.unit else None,
        "places": [place.text for place in claim.places],
        "extractor": claim.extractor,
    }
