"""The scheduled job: read the watched folder again, brief once a day, refresh the site."""

from __future__ import annotations

from pathlib import Path

from jobs.assess import keep_estimates
from jobs.brief import Order, brief_if_due
from jobs.intake import TakenIn, Wanted, take_in
from jobs.settings import read_settings
from jobs.site import write_site
from tracker.api import Tracker, open_workspace
from tracker.errors import UnreadableInputError
from tracker.store.ledger import Ledger, RunState

JOB = "refresh"


def refresh(folder: Path) -> TakenIn:
    """Read the files of the watched folder, refresh the site, and enter both in the ledger.

    Parameters
    ----------
    folder : Path
        Folder of the workspace.

    Returns
    -------
    TakenIn
        What came in; a file or row that was refused does not stop the others.

    Raises
    ------
    TrackerError
        Where the workspace cannot be used; the run is then entered as failed.
    """
    with open_workspace(folder) as tracker:
        ledger = Ledger(tracker.repository.database)
        run = ledger.start(JOB)
        try:
            ingested = _refresh(tracker)
        except BaseException as error:
            ledger.end(run, RunState.FAILED, message=_one_line(str(error) or type(error).__name__))
            raise
        state = RunState.PARTIAL if ingested.rejected else RunState.DONE
        counts = {
            "new": ingested.new,
            "known": ingested.known,
            "rejected": len(ingested.rejected),
        }
        ledger.end(run, state, message=_one_line("; ".join(ingested.rejected[:3])), counts=counts)
        return ingested


def _refresh(tracker: Tracker) -> TakenIn:
    workspace = tracker.workspace
    settings = read_settings(workspace.settings)
    watched = workspace.folder / settings.watch.folder
    if not watched.is_dir():
        raise UnreadableInputError(
            f"the watched folder {watched} is not there; make it, or name another in tracker.toml."
        )
    coded = sorted(path for path in watched.glob("*.csv") if path.is_file())
    wanted = Wanted(files=(*coded, watched))
    ingested = take_in(workspace, tracker.repository, wanted)
    page, publication = settings.page, settings.publication
    brief_if_due(
        tracker,
        Order(title=page.title, area=page.area, actor=page.actor, policy=publication.policy),
    )
    write_site(
        tracker,
        page=page,
        publication=publication,
        estimates=keep_estimates(tracker, actor=page.actor),
    )
    return ingested


def _one_line(text: str) -> str:
    return " ".join(text.split())[:500]
