"""What `tracker estimate --since` prints: how each estimate changed, and by which claims."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import typer
from rich.table import Table

from jobs.console import out, plain
from tracker.estimates.news import News, Step

MOST_SHOWN = 12
"""Steps shown of one area, those that change its median most; `--json` gives all."""
LEAST_SHOWN = 0.005
"""Smaller changes of the median are summed up in one line."""


def show_news(found: Sequence[News], since: date, *, as_json: bool) -> None:
    """Print what changed.

    Parameters
    ----------
    found : sequence of News
        By actor and area.
    since : date
        The earlier day of knowledge.
    as_json : bool
        Whether to print JSON rather than tables.
    """
    if as_json:
        records = [one.as_record(since) for one in found]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=1))
    elif not found:
        out.print("No claim observes the strength of these areas; missing is not zero.")
    else:
        for one in found:
            _print(one, since)


def _print(one: News, since: date) -> None:
    now = one.after
    out.print(f"[bold]{plain(now.area)}[/], {plain(now.actor)}, {now.unit} on {now.day}")
    if one.before is None:
        out.print(f"  {now.p50:,.0f} ({now.p05:,.0f} to {now.p95:,.0f}) as of {now.as_of}; no")
        out.print(f"  estimate as of {since}, because nobody had spoken of it.")
        return
    then = one.before
    out.print(
        f"  {then.p50:,.0f} ({then.p05:,.0f} to {then.p95:,.0f}) as of {since}, "
        f"{now.p50:,.0f} ({now.p05:,.0f} to {now.p95:,.0f}) as of {now.as_of}: "
        f"median {_percent(one.median_change)}"
    )
    shown = _largest(one.steps)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for step in shown:
        where = f", on {step.area}" if step.area not in {None, now.area} else ""
        table.add_row(f"  {_percent(step.median_change)}", plain(f"{step.words}{where}"))
    rest = [step for step in one.steps if step not in shown]
    if rest:
        total = 1.0
        for step in rest:
            total *= 1 + step.median_change
        table.add_row(f"  {_percent(total - 1)}", f"{len(rest)} smaller changes together")
    out.print(table)


def _largest(steps: Sequence[Step]) -> list[Step]:
    ranked = sorted(steps, key=lambda step: -abs(step.median_change))[:MOST_SHOWN]
    told = {id(step) for step in ranked if abs(step.median_change) >= LEAST_SHOWN}
    return [step for step in steps if id(step) in told]


def _percent(change: float | None) -> str:
    return "unknown" if change is None else f"{change:+.1%}"
