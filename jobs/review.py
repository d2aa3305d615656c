"""List what is worth a human look, and write down what a person decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jobs.settings import read_settings
from tracker import clock
from tracker.api import Tracker, open_workspace
from tracker.assessment import places_by_claim
from tracker.errors import InvalidValueError
from tracker.evidence import Judgement
from tracker.evidence.corrections import corrected
from tracker.evidence.review import Doubt, doubts
from tracker.store.weighing import weigh_evidence
from tracker.vocabulary import Outcome

WHOLE_CLAIM = "claim"


def worth_a_look(
    folder: Path,
    *,
    estimate: str | None = None,
    actor: str | None = None,
    as_of: date | None = None,
) -> list[Doubt]:
    """List the claims of a workspace that are worth a look.

    Parameters
    ----------
    folder : Path
        Its folder.
    estimate : str, optional
        `AREA@DAY` or `AREA@DAY~AS_OF`: what moves this estimate most comes first; by default
        the last kept estimate of the page's area.
    actor : str, optional
        Whose strength is estimated; by default that of the workspace's page.
    as_of : date, optional
        Only what was public by the end of this UTC day.

    Returns
    -------
    list of Doubt
        The most urgent first. Claims of sample reports are not among them.
    """
    with open_workspace(folder) as tracker:
        repository = tracker.repository
        weigh_evidence(repository)
        claims = repository.claims(as_of=as_of, samples=False)
        page = read_settings(tracker.workspace.settings).page
        whose = actor or page.actor
        asked = estimate or _usual(tracker, page.area, whose, as_of)
        influences = _influences(tracker, asked, whose)
        placed = places_by_claim(repository.placed(as_of=as_of, samples=False))
        judgements = repository.judgements()
        return doubts(claims, judgements, influences, placed)


def _influences(tracker: Tracker, estimate: str | None, actor: str) -> dict[str, float | None]:
    if estimate is None:
        return {}
    rows = tracker.why(estimate, actor=actor).record.get("influences", ())
    return {row["id"]: row["median_change"] for row in rows}


def _usual(tracker: Tracker, area: str, actor: str, as_of: date | None) -> str | None:
    # The estimate of an area on the last day for which one was kept.
    rows = tracker.repository.estimates(area=area, actor=actor)
    days = [row.day for row in rows if not row.forecast and (as_of is None or row.day <= as_of)]
    if not days:
        return None
    known = as_of or max(row.as_of for row in rows)
    return f"{area}@{max(days)}~{known}"


def judge(
    folder: Path,
    claim_id: str,
    outcome: Outcome,
    *,
    reason: str,
    judged_by: str,
    values: Mapping[str, str] | None = None,
) -> list[Judgement]:
    """Write down what a person decided about a claim.

    Parameters
    ----------
    folder : Path
        Folder of the workspace.
    claim_id : str
        The claim's id or its beginning.
    outcome : Outcome
        What was decided.
    reason, judged_by : str
        Why, and who decided.
    values : Mapping of str to str, optional
        For a correction, the right values by field.

    Returns
    -------
    list of Judgement
        One per field that was judged.

    Raises
    ------
    InvalidValueError
        Where a correction names no field, or would make no claim.
    NotFoundError
        Where no claim has this id.
    """
    if outcome is Outcome.CORRECTED and not values:
        raise InvalidValueError("a correction needs --field and --value.")
    with open_workspace(folder) as tracker:
        claim = tracker.repository.claim(claim_id)
        if values:
            corrected(claim, values)  # refuses what would make no claim
        fields: Mapping[str, str | None] = dict(values) if values else {WHOLE_CLAIM: None}
        at = clock.now()
        made = [
            Judgement(
                report_id=claim.report_id,
                start=claim.quote.start,
                end=claim.quote.end,
                claim_id=claim.id,
                field=field,
                outcome=outcome,
                value=value,
                reason=reason,
                judged_by=judged_by,
                judged_at=at,
            )
            for field, value in fields.items()
        ]
        tracker.repository.add_judgements(made)
    return made


def judgement_record(judgement: Judgement) -> dict[str, Any]:
    """Write a judgement as plain values.

    Parameters
    ----------
    judgement : Judgement
        The judgement.

    Returns
    -------
    dict
        `id, claim, field, outcome, value, reason, by, at`.
    """
    return {
        "id": judgement.id,
        "claim": judgement.claim_id,
        "field": judgement.field,
        "outcome": str(judgement.outcome),
        "value": judgement.value,
        "reason": judgement.reason,
        "by": judgement.judged_by,
        "at": judgement.judged_at.isoformat(),
    }
