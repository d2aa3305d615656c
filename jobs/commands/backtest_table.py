"""What `tracker estimate --backtest` prints: how each official figure was foreseen, and by whom."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import typer
from rich.table import Table

from jobs.console import out, plain
from tracker.estimates.backtest import HORIZON_DAYS, Prediction, standings
from tracker.estimates.scoring import LEVELS

_INTERVAL = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}


def show_backtest(predictions: Sequence[Prediction], *, as_json: bool) -> None:
    """Print a back-test.

    Parameters
    ----------
    predictions : sequence of Prediction
        In order of publication.
    as_json : bool
        Whether to print JSON rather than tables.
    """
    if as_json:
        typer.echo(json.dumps(_record(predictions), ensure_ascii=False, indent=1))
    elif not predictions:
        out.print("No official figure has anything published a week before it to predict it from.")
    else:
        _print_figures(predictions)
        _print_standings(predictions)


def _record(predictions: Sequence[Prediction]) -> dict[str, Any]:
    return {
        "horizon_days": HORIZON_DAYS,
        "score": _mean_score(predictions) if predictions else None,
        "outside_90": sum(not prediction.inside_90 for prediction in predictions),
        "methods": [
            {
                "method": s.method,
                "score": s.score,
                "difference_p05": s.low,
                "difference_p95": s.high,
            }
            for s in (standings(predictions) if predictions else ())
        ],
        "figures": [
            {
                "claim": prediction.claim.id,
                "claimant": prediction.claim.claimant,
                "date": prediction.day.isoformat(),
                "as_of": prediction.as_of.isoformat(),
                "size": math.exp(prediction.log_size),
                **_sizes(prediction),
                "inside_90": prediction.inside_90,
                "score": prediction.score,
                "method_scores": dict(prediction.baseline_scores),
            }
            for prediction in predictions
        ],
    }


def _mean_score(predictions: Sequence[Prediction]) -> float:
    return sum(prediction.score for prediction in predictions) / len(predictions)


def _sizes(prediction: Prediction) -> dict[str, float]:
    logs = dict(zip(LEVELS.round(2).tolist(), prediction.quantiles.tolist(), strict=True))
    return {name: math.exp(logs[level]) for name, level in _INTERVAL.items()}


def _print_figures(predictions: Sequence[Prediction]) -> None:
    table = Table("Published", "By", box=None, header_style="bold")
    for name in ("Figure", "Predicted", "90 % interval", "Score"):
        table.add_column(name, justify="right", no_wrap=True)
    for prediction in predictions:
        sizes = _sizes(prediction)
        table.add_row(
            prediction.claim.known_at.date().isoformat(),
            plain(prediction.claim.claimant or prediction.claim.claimant_id or ""),
            f"{math.exp(prediction.log_size):,.0f}",
            f"{sizes['p50']:,.0f}",
            f"{sizes['p05']:,.0f} to {sizes['p95']:,.0f}",
            f"{prediction.score:.3f}",
        )
    out.print(table)


def _print_standings(predictions: Sequence[Prediction]) -> None:
    table = Table("Method", box=None, header_style="bold")
    for name in ("Mean score", "Estimate less method, 5 to 95 %"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_row("estimate", f"{_mean_score(predictions):.3f}", "")
    for other in standings(predictions):
        bounds = f"{other.low:+.3f} to {other.high:+.3f}"
        table.add_row(other.method, f"{other.score:.3f}", bounds)
    out.print(table)
    outside = sum(not prediction.inside_90 for prediction in predictions)
    out.print(
        f"{len(predictions)} official figures, each predicted {HORIZON_DAYS} days before it was "
        f"published; {outside} outside the 90 % interval. Weighted interval score of the "
        "logarithm: 0.10 is about 10 %, smaller is better."
    )
