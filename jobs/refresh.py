"""The job `refresh`: read the watched folder again, brief once a day, refresh the site."""

from __future__ import annotations

from jobs.assess import keep_estimates
from jobs.bounds import figures, why_held
from jobs.briefings.brief import brief_if_due, briefings_folder, last_briefing
from jobs.briefings.orders import brief_series, order_of
from jobs.collect import read_watched
from jobs.runs.outcome import Outcome
from jobs.settings import Settings, read_settings
from jobs.site import write_site
from tracker import clock
from tracker.api import Tracker
from tracker.errors import NoClaimError
from tracker.estimates.estimate import Estimate
from tracker.store.ledger import Ledger, RunState

WEEK_DAYS = 7


def refresh(tracker: Tracker, *, anyway: bool = False) -> Outcome:
    """Read the files of the watched folder, write the briefing that is due, refresh the site.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    anyway : bool
        Whether to publish past the bounds.

    Returns
    -------
    Outcome
        What came in; a file or row that was refused does not stop the others. `held` where a bound
        stopped briefing and site, or nobody speaks of the actor yet: the ones before stay.
    """
    settings = read_settings(tracker.workspace.settings)
    taken, news = read_watched(tracker, settings.watch.folder)
    came = {"new": taken.new, "known": taken.known, "rejected": len(taken.rejected)}
    try:
        estimates = keep_estimates(tracker, actor=settings.page.actor)
        written = publish_pages(tracker, settings, estimates, brief=True, anyway=anyway)
    except NoClaimError as error:
        written = Outcome(state=RunState.HELD, lines=(str(error),))
    lines = (*news, *written.lines)
    state = RunState.PARTIAL if news and written.state is RunState.DONE else written.state
    return Outcome(
        state=state,
        message="; ".join(lines[:3]),
        counts={**came, **written.counts},
        lines=lines,
    )


def publish_pages(
    tracker: Tracker,
    settings: Settings,
    estimates: tuple[Estimate, ...] | None = None,
    *,
    brief: bool = False,
    anyway: bool = False,
) -> Outcome:
    """Write the site, and the briefing of the day before it, unless a bound stops them.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    settings : Settings
        Title, theatre, policy, bounds.
    estimates : tuple of Estimate, optional
        Estimates of the settings' actor, where they were made before.
    brief : bool
        Whether the day's briefing is written too.
    anyway : bool
        Whether to publish past the bounds.

    Returns
    -------
    Outcome
        `held` with the reason where a bound stopped it.
    """
    if estimates is None:
        estimates = tracker.estimate_values(actor=settings.page.actor)
    found = figures(tracker, settings, estimates)
    reason = why_held(Ledger(tracker.repository.database), settings, found)
    if reason is not None and not anyway:
        return Outcome(state=RunState.HELD, message=reason, lines=(reason,))
    if brief:
        brief_if_due(tracker, order_of(settings))
        brief_series(tracker, settings)
    done = write_site(
        tracker, page=settings.page, publication=settings.publication, estimates=estimates
    )
    return Outcome(counts={**found.counts, "written": done.written, "removed": done.removed})


def brief_by_cadence(tracker: Tracker, *, weekly: bool, anyway: bool = False) -> Outcome:
    """Write the briefing of the day that ended last, where one is due.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    weekly : bool
        Whether the one before must be a week old.
    anyway : bool
        Whether to publish past the bounds.

    Returns
    -------
    Outcome
        How many were written; `held` where a bound stopped it.
    """
    settings = read_settings(tracker.workspace.settings)
    found = figures(tracker, settings)
    reason = why_held(Ledger(tracker.repository.database), settings, found)
    if reason is not None and not anyway:
        return Outcome(state=RunState.HELD, message=reason, lines=(reason,))
    today = clock.now().date()
    last = last_briefing(briefings_folder(tracker.workspace), before=today)
    if weekly and last is not None and (today - last).days <= WEEK_DAYS:
        return Outcome(message=f"the last one is of {last}", counts={"briefings": 0})
    written = [*filter(None, [brief_if_due(tracker, order_of(settings))])]
    written += brief_series(tracker, settings)
    return Outcome(counts={"briefings": len(written)})
