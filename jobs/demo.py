"""A whole workspace from the seeds: the record of 2021-22, sample reports, page, briefings."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from jobs.assess import keep_estimates
from jobs.briefings.brief import Order, brief
from jobs.init import create_workspace
from jobs.intake import TakenIn, Wanted, take_in
from jobs.settings import TEMPLATE, read_settings
from jobs.site import write_site
from tracker.api import Tracker
from tracker.seeds import seed_file
from tracker.store.repository import Repository
from tracker.workspace import require_writable, workspace_in

ACTOR = "RU"
AREA = "around-ukraine"
WEEK = timedelta(days=7)
RECORD = "record-2021-22"
SEEDS = ("estimates.csv", "movements.csv", "reports")
LAST_DAY = date(2022, 2, 23)
"""Eve of the invasion: the record's last day that the model of forces gathering covers."""
BRIEFED = (date(2022, 1, 14), LAST_DAY)
"""The day after the trains from the Far East made the news, and the last one."""
TITLE = "Russian build-up around Ukraine, 2021-22"
OPEN = '["RU", "separatist", "BY", "unknown"]'
"""Whose positions the demo shows as reported: in a record of 2021-22 none is fresh."""
DEMO_SETTINGS = TEMPLATE.replace('"Reported troop movements"', f'"{TITLE}"').replace(
    '["RU", "separatist"]', OPEN
)


def make_demo(folder: Path) -> tuple[Path, TakenIn]:
    """Make the demo's workspace, or bring one up to date.

    Parameters
    ----------
    folder : Path
        The folder; a demo that is there already is read again, which changes nothing.

    Returns
    -------
    Path
        The first page of its site.
    TakenIn
        What came in.

    Raises
    ------
    WorkspaceError
        Where the folder cannot be written to, or holds another kind of workspace.
    """
    require_writable(folder)
    workspace = workspace_in(folder)
    if not workspace.is_made:
        create_workspace(folder)
        workspace.settings.write_text(DEMO_SETTINGS, encoding="utf-8")
    with Repository.open(workspace.database) as repository:
        files = tuple(seed_file(name) for name in SEEDS)
        ingested = take_in(workspace, repository, Wanted(files=files, source=RECORD))
        tracker = Tracker(workspace, repository)
        estimates = keep_estimates(tracker, actor=ACTOR, as_of=LAST_DAY)
        settings = read_settings(workspace.settings)
        for day in BRIEFED:
            brief(
                tracker,
                Order(
                    title=TITLE,
                    area=AREA,
                    actor=ACTOR,
                    as_of=day,
                    since=day - WEEK,
                    policy=settings.publication.policy,
                ),
            )
        site = write_site(
            tracker,
            page=settings.page,
            publication=settings.publication,
            as_of=LAST_DAY,
            estimates=estimates,
        )
    return site.index, ingested
