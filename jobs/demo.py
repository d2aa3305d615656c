"""A whole workspace from the seeds: the published record of 2021-22, its estimates, its page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jobs.assess import keep_estimates
from jobs.ingest import Ingested, ingest_coded
from jobs.init import create_workspace
from jobs.render import render_map
from jobs.settings import TEMPLATE
from tracker.api import Tracker
from tracker.seeds import seed_file
from tracker.store.repository import Repository
from tracker.workspace import Workspace, require_writable

ACTOR = "RU"
RECORD = "record-2021-22"
RECORD_FILES = ("estimates.csv", "movements.csv")
LAST_DAY = date(2022, 2, 23)
"""Eve of the invasion: the record's last day that the model of forces gathering covers."""
TITLE = "Russian build-up around Ukraine, 2021-22"
DEMO_SETTINGS = TEMPLATE.replace('"Reported troop movements"', f'"{TITLE}"')


def make_demo(folder: Path) -> tuple[Path, Ingested]:
    """Make the demo's workspace, or bring one up to date.

    Parameters
    ----------
    folder : Path
        The folder; a demo that is there already is read again, which changes nothing.

    Returns
    -------
    Path
        The map page.
    Ingested
        What came in.

    Raises
    ------
    WorkspaceError
        Where the folder cannot be written to, or holds another kind of workspace.
    """
    require_writable(folder)
    workspace = Workspace(folder=folder)
    if not workspace.database.exists():
        create_workspace(folder)
        workspace.settings.write_text(DEMO_SETTINGS, encoding="utf-8")
    with Repository.open(workspace.database) as repository:
        files = [seed_file(name) for name in RECORD_FILES]
        ingested = ingest_coded(workspace, repository, files, source=RECORD)
        tracker = Tracker(workspace, repository)
        estimates = keep_estimates(tracker, actor=ACTOR, as_of=LAST_DAY)
        page = render_map(
            tracker,
            workspace.site / "index.html",
            as_of=LAST_DAY,
            actor=ACTOR,
            title=TITLE,
            estimates=estimates,
        )
    return page, ingested
