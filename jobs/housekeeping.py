"""The job `housekeeping`: check, back up, forget old runs, warn of a full disk; never evidence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from jobs.bounds import BROKEN
from jobs.runs.outcome import Outcome
from jobs.settings import read_settings
from jobs.settings.jobs import HousekeepingSettings
from tracker import clock
from tracker.api import Tracker
from tracker.errors import TrackerError
from tracker.reports.archive import Archive
from tracker.store.doctor import State, examine
from tracker.store.ledger import Ledger, RunState
from tracker.store.repository import Repository

_BACKUP = re.compile(r"tracker-\d{8}T\d{6}Z\.gpkg")
_UNFINISHED = ".part"


def keep_house(tracker: Tracker) -> Outcome:
    """Check a workspace, back it up, and tidy what is no evidence.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.

    Returns
    -------
    Outcome
        `partial` where something needs a person. Where the check found damage nothing is backed
        up and no older backup goes, and nothing is published until a later check is sound.
    """
    settings = read_settings(tracker.workspace.settings).housekeeping
    database = tracker.repository.database
    findings = examine(database, Archive(tracker.workspace.archive), mend=False)
    broken = [f"{one.check}: {one.message}" for one in findings if one.state is State.BROKEN]
    lines = [*broken, *_space(tracker, settings)]
    counts = {BROKEN: len(broken)}
    if not broken:
        try:
            counts["backups"] = _back_up(tracker, settings)
        except (TrackerError, OSError) as error:
            lines.append(f"there is no new backup: {error}")
    before = clock.now() - timedelta(days=settings.keep_runs_days)
    counts["runs_forgotten"] = Ledger(database).drop_before(before)
    return Outcome(
        state=RunState.PARTIAL if lines else RunState.DONE,
        message="; ".join(lines[:3]),
        counts=counts,
        lines=tuple(lines),
    )


def backups_in(folder: Path) -> list[Path]:
    """List the backups in a folder.

    Parameters
    ----------
    folder : Path
        The folder; it need not exist.

    Returns
    -------
    list of Path
        The oldest first. Files of other names are none of them.
    """
    return sorted(path for path in folder.glob("*.gpkg") if _BACKUP.fullmatch(path.name))


def _space(tracker: Tracker, settings: HousekeepingSettings) -> Iterator[str]:
    free_mb = shutil.disk_usage(tracker.workspace.folder).free / 1e6
    if free_mb < settings.least_free_mb:
        yield (
            f"only {free_mb:,.0f} MB are free where the workspace lies, less than "
            f"housekeeping.least_free_mb = {settings.least_free_mb:g}; make room."
        )


def _back_up(tracker: Tracker, settings: HousekeepingSettings) -> int:
    folder = tracker.workspace.folder / settings.backups
    folder.mkdir(parents=True, exist_ok=True)
    backup = folder / f"tracker-{clock.now():%Y%m%dT%H%M%SZ}.gpkg"
    unfinished = backup.with_suffix(_UNFINISHED)
    for left in folder.glob(f"tracker-*{_UNFINISHED}"):
        left.unlink()
    try:
        tracker.repository.database.copy_to(unfinished)
        _require_sound(unfinished)
        unfinished.replace(backup)
    finally:
        unfinished.unlink(missing_ok=True)
    if tracker.workspace.settings.is_file():
        shutil.copyfile(tracker.workspace.settings, backup.with_suffix(".toml"))
    kept = backups_in(folder)
    for old in kept[: -settings.keep_backups]:
        old.unlink()
        old.with_suffix(".toml").unlink(missing_ok=True)
    return len(kept[-settings.keep_backups :])


def _require_sound(copy: Path) -> None:
    # A backup that nobody read is a hope.
    with Repository.open(copy) as repository, repository.database.reading() as connection:
        faults = [
            fault for found in repository.database.faults(connection).values() for fault in found
        ]
    for beside in ("-wal", "-shm"):
        copy.with_name(f"{copy.name}{beside}").unlink(missing_ok=True)
    if faults:
        raise OSError(f"the copy is damaged ({faults[0]})")
