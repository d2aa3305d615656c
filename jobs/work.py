"""What each kind of job does, as one table; every run opens the workspace anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jobs.alerts import raise_alerts
from jobs.assess import keep_estimates
from jobs.bounds import why_damaged
from jobs.collect import collect
from jobs.housekeeping import keep_house
from jobs.publish import publish
from jobs.refresh import brief_by_cadence, publish_pages, refresh
from jobs.render import render_map
from jobs.replay import replay
from jobs.runs.outcome import Outcome
from jobs.schedule import PlannedJob
from jobs.settings import read_settings
from tracker.api import Tracker, open_workspace
from tracker.errors import NoClaimError
from tracker.store.ledger import Ledger, RunState

MAP_FILE = "map.html"
LOOK = "Claims are read in another way now: look with 'tracker ingest --replay', keep with --keep."


def work_in(folder: Path, *, anyway: bool = False) -> Callable[[PlannedJob], Outcome]:
    """Give what does the jobs of a workspace.

    Parameters
    ----------
    folder : Path
        Folder of the workspace.
    anyway : bool
        Whether to publish past the bounds.

    Returns
    -------
    Callable
        Takes a job and does it. Settings are read with each run, so that a change of what is
        published holds from the next one on; when jobs run is read once, at the start.
    """

    def work(job: PlannedJob) -> Outcome:
        with open_workspace(folder) as tracker:
            try:
                return _WORK[job.settings.run](tracker, job, anyway)
            except NoClaimError as error:
                # Before the first claims come: as a failure, it would rest for hours.
                return Outcome(state=RunState.HELD, message=str(error), lines=(str(error),))

    return work


def _refresh(tracker: Tracker, _job: PlannedJob, anyway: bool) -> Outcome:
    return refresh(tracker, anyway=anyway)


def _ingest(tracker: Tracker, job: PlannedJob, _anyway: bool) -> Outcome:
    return collect(tracker, job.settings.sources)


def _extract(tracker: Tracker, _job: PlannedJob, _anyway: bool) -> Outcome:
    # What another extractor reads is told and not kept: that is for a person to decide.
    read = replay(tracker.workspace, tracker.repository)
    counts = {"reports": read.reports, "differences": len(read.differences)}
    look = (LOOK,) if read.differences else ()
    state = RunState.PARTIAL if read.rejected else RunState.DONE
    return Outcome(
        state=state, message=read.in_words(), counts=counts, lines=(*read.rejected, *look)
    )


def _estimate(tracker: Tracker, _job: PlannedJob, _anyway: bool) -> Outcome:
    actor = read_settings(tracker.workspace.settings).page.actor
    return Outcome(counts={"estimates": len(keep_estimates(tracker, actor=actor))})


def _site(tracker: Tracker, _job: PlannedJob, anyway: bool) -> Outcome:
    return publish_pages(tracker, read_settings(tracker.workspace.settings), anyway=anyway)


def _map(tracker: Tracker, _job: PlannedJob, _anyway: bool) -> Outcome:
    settings = read_settings(tracker.workspace.settings)
    page = settings.page
    render_map(
        tracker,
        tracker.workspace.folder / MAP_FILE,
        area=page.area,
        actor=page.actor,
        title=page.title,
        policy=settings.publication.policy,
        lang=page.lang,
        affiliations=page.affiliations,
    )
    return Outcome()


def _brief(tracker: Tracker, job: PlannedJob, anyway: bool) -> Outcome:
    return brief_by_cadence(tracker, weekly=job.settings.cadence == "weekly", anyway=anyway)


def _alerts(tracker: Tracker, _job: PlannedJob, _anyway: bool) -> Outcome:
    return raise_alerts(tracker)


def _publish(tracker: Tracker, _job: PlannedJob, anyway: bool) -> Outcome:
    # Site, briefings and alerts passed the other bounds when they were made.
    reason = why_damaged(Ledger(tracker.repository.database))
    if reason is not None and not anyway:
        return Outcome(state=RunState.HELD, message=reason, lines=(reason,))
    return publish(tracker)


def _housekeeping(tracker: Tracker, _job: PlannedJob, _anyway: bool) -> Outcome:
    return keep_house(tracker)


_WORK: dict[str, Callable[[Tracker, PlannedJob, bool], Outcome]] = {
    "refresh": _refresh,
    "ingest": _ingest,
    "extract": _extract,
    "estimate": _estimate,
    "site": _site,
    "map": _map,
    "brief": _brief,
    "alerts": _alerts,
    "publish": _publish,
    "housekeeping": _housekeeping,
}
