"""What stops a publication: nothing that a broken reading or a broken file says gets out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobs.settings import Settings
from tracker.api import Tracker
from tracker.assessment import find_area
from tracker.estimates.estimate import Estimate
from tracker.store.ledger import SUCCEEDED, Ledger

STRENGTH = "strength"
BROKEN = "broken"
"""Names of counts in the ledger: median strength of a site, faults that housekeeping found."""
_LOOKS_BACK = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What a publication would rest on.

    Parameters
    ----------
    claims : int
        Claims of the workspace.
    strength : int or None
        Median of the last day's estimate in the theatre that the settings name; None where there
        is no estimate.
    """

    claims: int
    strength: int | None = None

    @property
    def counts(self) -> dict[str, int]:
        """What the ledger keeps of them."""
        known = {} if self.strength is None else {STRENGTH: self.strength}
        return {"claims": self.claims, **known}


def figures(tracker: Tracker, settings: Settings, estimates: Sequence[Estimate] = ()) -> Figures:
    """Gather what a publication would rest on.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    settings : Settings
        Which theatre.
    estimates : sequence of Estimate
        Estimates that would be shown.

    Returns
    -------
    Figures
        The figures.
    """
    theatre = find_area(tracker.repository.areas(), settings.page.area).id
    rows = [row for row in estimates if row.area == theatre and not row.forecast]
    last = max(rows, key=lambda row: row.day, default=None)
    return Figures(
        claims=len(tracker.repository.claims(samples=False)),
        strength=None if last is None else round(last.p50),
    )


def why_held(ledger: Ledger, settings: Settings, found: Figures) -> str | None:
    """Say why nothing may be published now.

    Parameters
    ----------
    ledger : Ledger
        What the last site rested on, and what housekeeping found.
    settings : Settings
        The bounds.
    found : Figures
        What this publication would rest on.

    Returns
    -------
    str or None
        One sentence with what to do; None where it is within the bounds.
    """
    bounds = settings.bounds
    if (damage := why_damaged(ledger)) is not None:
        return damage
    if found.claims < bounds.least_claims:
        return (
            f"nothing is published, because the workspace holds {found.claims:,} claims and "
            f"bounds.least_claims is {bounds.least_claims:,}."
        )
    before = _last_count(ledger, STRENGTH)
    if before and found.strength is not None:
        change_percent = 100 * abs(found.strength - before) / before
        if change_percent > bounds.most_change_percent:
            return (
                f"nothing is published, because the estimate went from {before:,} to "
                f"{found.strength:,}, by more than bounds.most_change_percent = "
                f"{bounds.most_change_percent:g}; look at it with 'tracker estimate', and run "
                "'tracker jobs once NAME --anyway' if it is right."
            )
    return None


def why_damaged(ledger: Ledger) -> str | None:
    """Say that the last check of the database found damage.

    Parameters
    ----------
    ledger : Ledger
        What housekeeping found.

    Returns
    -------
    str or None
        One sentence with what to do; None where the last check found none, or there was none.
    """
    if not _last_count(ledger, BROKEN):
        return None
    return (
        "nothing is published, because the last check of the database found damage; run "
        "'tracker doctor', restore a backup, and check again."
    )


def _last_count(ledger: Ledger, name: str) -> int | None:
    runs = ledger.runs(limit=_LOOKS_BACK, states=SUCCEEDED)
    return next((run.counts[name] for run in runs if name in run.counts), None)
