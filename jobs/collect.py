"""The job `ingest`: the watched folder and the sources, each by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from jobs.connector import Source
from jobs.intake import TakenIn, Wanted, take_in
from jobs.runs.outcome import Outcome
from jobs.runs.part import rest_of, run_part
from jobs.settings import Settings, read_settings
from jobs.sources import read_catalogue, read_sources, run_name
from tracker import clock
from tracker.api import Tracker
from tracker.errors import UnreadableInputError
from tracker.store.cursors import Cursors
from tracker.store.ledger import ANSWERING, Ledger, RunState
from tracker.store.weighing import weigh_evidence

WATCHED = "the watched folder"
"""Under this name, which no source can have, it is remembered which refusals were told."""
EARLY = 0.95
"""Share of a source's pause after which it is read: jobs do not start to the second."""


def collect(tracker: Tracker, names: Sequence[str] = ()) -> Outcome:
    """Read sources into a workspace; what one of them fails at stops no other.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    names : sequence of str
        Sources; the watched folder and all that are enabled where there are none.

    Returns
    -------
    Outcome
        `partial` where something was refused or a source failed. A source that failed before
        rests, one whose pause is not over waits.
    """
    settings = read_settings(tracker.workspace.settings)
    catalogue = read_catalogue(settings)
    asked = names or [name for name, said in settings.sources.items() if said.enabled]
    faults = [fault for name in asked for fault in catalogue.faults.get(name, ())]
    sound = [source for source in catalogue.sources if source.name in asked]
    outcomes = [] if names else [_watch(tracker, settings)]
    outcomes += _read_each(tracker, settings, sound)
    lines = (*faults, *(line for one in outcomes for line in one.lines))
    counts = {
        key: sum(one.counts.get(key, 0) for one in outcomes) for key in ("new", "known", "rejected")
    }
    weigh_evidence(tracker.repository)
    is_clean = not faults and all(one.state is RunState.DONE for one in outcomes)
    return Outcome(
        state=RunState.DONE if is_clean else RunState.PARTIAL,
        message="; ".join(lines[:3]),
        counts=counts,
        lines=lines,
    )


def read_watched(tracker: Tracker, folder: str) -> tuple[TakenIn, tuple[str, ...]]:
    """Read the watched folder.

    Parameters
    ----------
    tracker : Tracker
        The open workspace.
    folder : str
        The folder, relative to the workspace.

    Returns
    -------
    TakenIn
        What came in.
    tuple of str
        Refusals that were not told before: a file is told once, and again when it changed.

    Raises
    ------
    UnreadableInputError
        Where the folder is not there.
    """
    watched = tracker.workspace.folder / folder
    if not watched.is_dir():
        raise UnreadableInputError(
            f"the watched folder {watched} is not there; make it, or name another in tracker.toml."
        )
    coded = sorted(path for path in watched.glob("*.csv") if path.is_file())
    taken = take_in(tracker.workspace, tracker.repository, Wanted(files=(*coded, watched)))
    marks = {_mark(watched, refusal): refusal for refusal in taken.rejected}
    cursors = Cursors(tracker.repository.database)
    kept = cursors.read(WATCHED)
    told = set(kept.cursor.get("told", ())) if kept else set()
    cursors.keep(WATCHED, {"told": sorted(marks)})
    return taken, tuple(refusal for mark, refusal in marks.items() if mark not in told)


def _mark(watched: Path, refusal: str) -> str:
    changed = [
        path.stat().st_mtime_ns
        for path in watched.rglob("*")
        if path.is_file() and refusal.startswith(str(path))
    ]
    return hashlib.sha256(f"{refusal} {changed}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _watch(tracker: Tracker, settings: Settings) -> Outcome:
    taken, news = read_watched(tracker, settings.watch.folder)
    return Outcome(
        state=RunState.PARTIAL if news else RunState.DONE,
        counts={"new": taken.new, "known": taken.known, "rejected": len(taken.rejected)},
        lines=news,
    )


def _read_each(
    tracker: Tracker, settings: Settings, sources: Sequence[Source]
) -> Iterator[Outcome]:
    ledger = Ledger(tracker.repository.database)
    for source in sources:
        name = run_name(source.name)
        if (rest := rest_of(ledger, name)) is not None:
            yield Outcome(state=RunState.PARTIAL, lines=(rest,))
        elif _is_due(ledger, name, source.settings.every_minutes):
            yield run_part(ledger, name, lambda: _read(tracker, settings, source))  # noqa: B023 - called at once


def _is_due(ledger: Ledger, name: str, every_minutes: float | None) -> bool:
    last = next(iter(ledger.runs(name, 1, states=ANSWERING)), None)
    if last is None or every_minutes is None:
        return True
    since = clock.now() - last.started_at
    return since < timedelta(0) or since >= EARLY * timedelta(minutes=every_minutes)


def _read(tracker: Tracker, settings: Settings, source: Source) -> Outcome:
    (reading,) = read_sources(tracker.workspace, tracker.repository, [source], fetch=settings.fetch)
    refused = tuple(f"{source.name}: {line}" for line in reading.rejected)
    noted = tuple(f"{source.name}: {line}" for line in reading.notes)
    failed = () if reading.failure is None else (f"{source.name}: {reading.failure}",)
    state = RunState.DONE if reading.is_clean else RunState.PARTIAL
    return Outcome(
        state=RunState.FAILED if failed else state,
        message=reading.failure or "; ".join((*reading.rejected, *reading.notes)[:3]),
        counts={"new": reading.new, "items": reading.items, "rejected": len(refused)},
        lines=failed + refused + noted,
    )
