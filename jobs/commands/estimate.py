"""`tracker estimate`: how many, plus or minus, from a workspace or from files alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer
from rich.table import Table

from jobs.commands.options import EXIT_SOME_REJECTED, AsJson, Workspace, folder_of
from jobs.console import err, out, plain
from tracker.errors import UnreadableInputError
from tracker.timespan import as_day
from tracker.vocabulary import Scope, Unit

if TYPE_CHECKING:
    from datetime import date

    from jobs.assess import Question
    from tracker.estimates.estimate import Estimate

WIDE_COLUMNS = 110
"""Width of a terminal from which the columns of `WIDE_ONLY` are shown too."""
WIDE_ONLY = ("50 % interval", "Trend")
LIKELY = 0.5
"""Probability from which a trend is named."""
_W = TypeVar("_W", Unit, Scope)


def register(app: typer.Typer) -> None:
    """Add the verb.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    app.command("estimate")(estimate)


def estimate(
    ctx: typer.Context,
    area: Annotated[
        str | None, typer.Option(help="Id or name of one area; all by default.")
    ] = None,
    actor: Annotated[
        str | None, typer.Option(help="Whose troops; every actor, each by itself, by default.")
    ] = None,
    first: Annotated[str | None, typer.Option("--from", help="First day.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Only what was public by the end of this day.")
    ] = None,
    unit: Annotated[str, typer.Option(help="personnel or BTG.")] = "personnel",
    scope: Annotated[str, typer.Option(help="Services included.")] = "all_services",
    claims: Annotated[
        Path | None, typer.Option(help="CSV of coded claims, instead of a workspace.")
    ] = None,
    areas: Annotated[
        Path | None, typer.Option(help="GeoJSON of areas for --claims; the seeds' by default.")
    ] = None,
    rehearse: Annotated[
        bool,
        typer.Option("--backtest", help="Predict each official figure from a week before it."),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(help="What changed since this day of knowledge, claim by claim."),
    ] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    workspace: Workspace = None,
) -> None:
    """Estimate the strength present in each area, day by day, with 50 and 90 % intervals."""
    from jobs.assess import Question  # noqa: PLC0415 - slow to load

    if areas is not None and claims is None:
        raise UnreadableInputError("--areas needs --claims; a workspace has areas of its own.")
    question = Question(
        area=area,
        actor=actor,
        first=as_day(first),
        last=as_day(last),
        as_of=as_day(as_of),
        unit=_word(unit, (Unit.PERSONNEL, Unit.BTG), "--unit"),
        scope=_word(scope, tuple(Scope), "--scope"),
    )
    if (rehearse or since) and as_csv:
        asked = "--backtest" if rehearse else "--since"
        raise UnreadableInputError(f"{asked} prints a table or --json, not --csv.")
    folder, earlier = folder_of(ctx, workspace), as_day(since)
    if rehearse and earlier:
        raise UnreadableInputError("--backtest and --since are two questions; ask one.")
    if earlier:
        rejected = _news(folder, claims, areas, question, earlier, as_json=as_json)
    elif rehearse:
        rejected = _backtest(folder, claims, areas, question, as_json=as_json)
    else:
        rejected = _estimate(folder, claims, areas, question, as_json=as_json, as_csv=as_csv)
    for refusal in rejected:
        err.print(f"[yellow]Rejected:[/] {plain(refusal)}")
    if rejected:
        raise typer.Exit(EXIT_SOME_REJECTED)


def _estimate(
    folder: Path,
    claims: Path | None,
    areas: Path | None,
    question: Question,
    *,
    as_json: bool,
    as_csv: bool,
) -> Sequence[str]:
    from jobs.assess import assess_files, assess_workspace  # noqa: PLC0415 - slow to load

    rejected: Sequence[str] = ()
    if claims is None:
        rows = assess_workspace(folder, question)
    else:
        assessed = assess_files(claims, areas, question)
        rows, rejected = assessed.estimates, assessed.rejected
        for note in assessed.notes:
            err.print(f"Note: {plain(note)}")
    _show(rows, as_json=as_json, as_csv=as_csv)
    return rejected


def _news(
    folder: Path,
    claims: Path | None,
    areas: Path | None,
    question: Question,
    since: date,
    *,
    as_json: bool,
) -> Sequence[str]:
    from jobs.assess import news_files, news_workspace  # noqa: PLC0415 - slow to load
    from jobs.commands.news_table import show_news  # noqa: PLC0415 - as above

    rejected: Sequence[str] = ()
    if claims is None:
        found = news_workspace(folder, question, since)
    else:
        found, rejected = news_files(claims, areas, question, since)
    show_news(found, since, as_json=as_json)
    return rejected


def _backtest(
    folder: Path, claims: Path | None, areas: Path | None, question: Question, *, as_json: bool
) -> Sequence[str]:
    from jobs.assess import backtest_files, backtest_workspace  # noqa: PLC0415 - slow to load
    from jobs.commands.backtest_table import show_backtest  # noqa: PLC0415 - as above

    rejected: Sequence[str] = ()
    if claims is None:
        predictions = backtest_workspace(folder, question)
    else:
        predictions, rejected = backtest_files(claims, areas, question)
    show_backtest(predictions, as_json=as_json)
    return rejected


def _word(text: str, allowed: tuple[_W, ...], option: str) -> _W:
    for word in allowed:
        if word.value == text:
            return word
    names = ", ".join(word.value for word in allowed)
    raise UnreadableInputError(f"{option} {text[:40]!r} is none of {names}.")


def _show(rows: Sequence[Estimate], *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        typer.echo(json.dumps([row.as_record() for row in rows], ensure_ascii=False, indent=1))
    elif as_csv:
        from tracker.assessment import estimates_frame  # noqa: PLC0415 - slow to load
        from tracker.spreadsheet import as_csv as write  # noqa: PLC0415 - as above

        frame = estimates_frame(rows).drop(columns="claims")
        typer.echo(write(frame), nl=False)
    elif not rows:
        out.print("No claim observes the strength of these areas; missing is not zero.")
    else:
        _table(rows)


def _table(rows: Sequence[Estimate]) -> None:
    latest: dict[tuple[str, str], Estimate] = {}
    for row in rows:
        latest[row.actor, row.area] = row
    wide = out.width >= WIDE_COLUMNS
    table = Table(box=None, header_style="bold")
    table.add_column("Area", overflow="fold")
    for name in ("Actor", "Day", "Median", "90 % interval", *WIDE_ONLY[: 2 * wide]):
        side: Literal["left", "right"] = "left" if name in {"Actor", "Trend"} else "right"
        table.add_column(name, justify=side, no_wrap=True)
    for row in latest.values():
        cells = (
            plain(row.area),
            plain(row.actor),
            f"{row.day.isoformat()}{' (forecast)' if row.forecast else ''}",
            f"{row.p50:,.0f}",
            f"{row.p05:,.0f} to {row.p95:,.0f}",
        )
        more = (f"{row.p25:,.0f} to {row.p75:,.0f}", _trend(row))
        table.add_row(*cells, *more[: 2 * wide])
    out.print(table)
    some = next(iter(latest.values()))
    out.print(f"{some.unit}, scope {some.scope}, as of {some.as_of}; {some.method}.")


def _trend(row: Estimate) -> str:
    if row.building_up >= LIKELY:
        return f"building up ({row.building_up:.0%})"
    if row.drawing_down >= LIKELY:
        return f"drawing down ({row.drawing_down:.0%})"
    return "unclear"
