"""`tracker review`: what is worth a human look, and what a person decided about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from jobs.commands.options import AsJson, Workspace, folder_of
from jobs.console import out, plain
from tracker.errors import InvalidValueError
from tracker.timespan import as_day
from tracker.vocabulary import Outcome

if TYPE_CHECKING:
    from tracker.evidence.review import Doubt

_LONGEST_QUOTE = 80

ClaimId = Annotated[str, typer.Argument(help="The claim's id c-... or its beginning.")]
Reason = Annotated[str, typer.Option(help="Why, in words.")]
By = Annotated[str, typer.Option("--by", help="Who decides.")]


def register(app: typer.Typer) -> None:
    """Add the verb with its parts.

    Parameters
    ----------
    app : typer.Typer
        The command line.
    """
    group = typer.Typer(
        invoke_without_command=True, help="List claims worth a look; confirm, correct, reject."
    )
    group.callback()(review)
    group.command("confirm")(confirm)
    group.command("correct")(correct)
    group.command("reject")(reject)
    app.add_typer(group, name="review")


def review(
    ctx: typer.Context,
    estimate: Annotated[
        str | None,
        typer.Option(
            help="AREA@DAY[~AS_OF]: what moves it most comes first; or the last one kept."
        ),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option(help="Whose strength, for --estimate; that of the settings by default."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Only what was public by the end of this day.")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="So many claims.")] = 30,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """List claims that are worth a look and that nobody has judged; confirm, correct, reject."""
    if ctx.invoked_subcommand is not None:
        return
    from jobs.review import worth_a_look  # noqa: PLC0415 - slow to load

    found = worth_a_look(
        folder_of(ctx, workspace), estimate=estimate, actor=actor, as_of=as_day(as_of)
    )
    if as_json:
        records = [_record(doubt) for doubt in found[:most]]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=1))
    elif not found:
        out.print("Nothing calls for a look.")
    else:
        _table(found, most)


def confirm(
    ctx: typer.Context,
    claim_id: ClaimId,
    reason: Reason,
    by: By,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Say that a claim reads its words rightly; an earlier rejection no longer holds."""
    _judge(ctx, workspace, claim_id, Outcome.CONFIRMED, (reason, by), as_json=as_json)


def reject(
    ctx: typer.Context,
    claim_id: ClaimId,
    reason: Reason,
    by: By,
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Say that a claim is not to be used; from now on nothing rests on it."""
    _judge(ctx, workspace, claim_id, Outcome.REJECTED, (reason, by), as_json=as_json)


def correct(
    ctx: typer.Context,
    claim_id: ClaimId,
    reason: Reason,
    by: By,
    field: Annotated[
        list[str],
        typer.Option(help="low, high, best, qualifier, unit, status, actor, extent, scope."),
    ],
    value: Annotated[list[str], typer.Option(help="Right value; '' where nothing is stated.")],
    as_json: AsJson = False,
    workspace: Workspace = None,
) -> None:
    """Give the right value of a field; several --field and --value go in pairs."""
    if len(field) != len(value):
        raise InvalidValueError("each --field needs its --value.")
    values = dict(zip(field, value, strict=True))
    _judge(ctx, workspace, claim_id, Outcome.CORRECTED, (reason, by), values, as_json=as_json)


def _judge(
    ctx: typer.Context,
    workspace: Path | None,
    claim_id: str,
    outcome: Outcome,
    why: tuple[str, str],
    values: dict[str, str] | None = None,
    *,
    as_json: bool,
) -> None:
    from jobs.review import judge, judgement_record  # noqa: PLC0415 - slow to load

    reason, by = why
    made = judge(
        folder_of(ctx, workspace), claim_id, outcome, reason=reason, judged_by=by, values=values
    )
    if as_json:
        records = [judgement_record(judgement) for judgement in made]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    for judgement in made:
        change = "" if judgement.value is None else f": {judgement.field} = {judgement.value!r}"
        out.print(plain(f"{judgement.claim_id} {judgement.outcome}{change} ({judgement.id})"))


def _record(doubt: Doubt) -> dict[str, Any]:
    claim = doubt.claim
    return {
        "id": claim.id,
        "reasons": list(doubt.reasons),
        "median_change": doubt.median_change,
        "against": list(doubt.against),
        "confidence": claim.confidence,
        "claimant": claim.claimant,
        "quote": claim.quote.text,
        "report": claim.report_id,
        "published": claim.known_at.isoformat(),
    }


def _table(found: list[Doubt], most: int) -> None:
    from tracker.claims.wording import measure_in_words  # noqa: PLC0415 - slow to load

    table = Table("Claim", "Known", "Claimant", "Says", "Why look", "Words", box=None)
    for doubt in found[:most]:
        claim = doubt.claim
        table.add_row(
            claim.id,
            f"{claim.known_at:%Y-%m-%d}",
            plain(claim.claimant or ""),
            plain(measure_in_words(claim.measure)),
            plain("; ".join(doubt.reasons)),
            plain(claim.quote.text[:_LONGEST_QUOTE]),
        )
    out.print(table)
    if len(found) > most:
        out.print(f"{len(found) - most} more; --most shows more of them.")
