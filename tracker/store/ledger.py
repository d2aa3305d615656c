"""Who worked on the database and with what: runs of jobs, versions of extractors and seeds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.errors import NotFoundError
from tracker.store.database import Database
from tracker.store.tables import metadata

_run = metadata.tables["run"]
_ingredient = metadata.tables["ingredient"]


class RunState(StrEnum):
    """How a run of a job stands."""

    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    HELD = "held"
    FAILED = "failed"
    ABANDONED = "abandoned"
    DECLARED = "declared"


SUCCEEDED = frozenset({RunState.DONE, RunState.PARTIAL})
"""States of a run that did what it should."""
ANSWERING = SUCCEEDED | {RunState.HELD, RunState.DECLARED}
"""States of a run after which what was due is owed no more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One run of a job.

    Parameters
    ----------
    id : int
        Number of the run.
    job : str
        Name of the job.
    started_at : datetime
        Aware UTC.
    ended_at : datetime or None
        Aware UTC; None while it runs.
    state : RunState
        `partial` where some records were rejected, `held` where a bound stopped what it would
        have published, `abandoned` where its process vanished, `declared` where a job was seen
        for the first time and counts from then on.
    message : str
        One line on how it ended.
    counts : Mapping of str to int
        What it did.
    due_since, due_at : datetime or None
        First and last instant at which it was due and for which it answers, aware UTC; None where
        a person asked for it.
    """

    id: int
    job: str
    started_at: datetime
    ended_at: datetime | None = None
    state: RunState = RunState.RUNNING
    message: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    due_since: datetime | None = None
    due_at: datetime | None = None

    def record(self) -> dict[str, Any]:
        """Give what `--json` prints.

        Returns
        -------
        dict
            Every key always there; instants in ISO 8601.
        """
        instants = ("started_at", "ended_at", "due_since", "due_at")
        told = {name: getattr(self, name) for name in instants}
        return {
            "job": self.job,
            **{name: at.isoformat() if at else None for name, at in told.items()},
            "state": str(self.state),
            "message": self.message,
            "counts": dict(self.counts),
        }


class Ledger:
    """The record of runs and of what they worked with.

    Parameters
    ----------
    database : Database
        The open file.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def start(
        self, job: str, *, due_since: datetime | None = None, due_at: datetime | None = None
    ) -> int:
        """Enter a run that begins now.

        Parameters
        ----------
        job : str
            Name of the job.
        due_since, due_at : datetime, optional
            First and last instant at which it was due, aware UTC.

        Returns
        -------
        int
            Number of the run, for `end`.
        """
        row = {
            "job": job,
            "started_at": clock.now(),
            "state": str(RunState.RUNNING),
            "message": "",
            "counts": {},
            "due_since": due_since,
            "due_at": due_at,
        }
        with self.database.writing() as connection:
            key = connection.execute(sa.insert(_run).values(row)).inserted_primary_key
            assert key is not None
            return int(key[0])

    def end(
        self,
        run: int,
        state: RunState,
        message: str = "",
        counts: Mapping[str, int] | None = None,
    ) -> None:
        """Enter how a run ended.

        Parameters
        ----------
        run : int
            Its number.
        state : RunState
            How it ended.
        message : str
            One line about it.
        counts : Mapping of str to int, optional
            What it did.

        Raises
        ------
        NotFoundError
            Where no run with this number is running.
        """
        change = {
            "ended_at": clock.now(),
            "state": str(state),
            "message": message,
            "counts": dict(counts or {}),
        }
        open_run = (_run.c.fid == run) & (_run.c.state == str(RunState.RUNNING))
        with self.database.writing() as connection:
            if connection.execute(sa.update(_run).where(open_run).values(change)).rowcount == 0:
                raise NotFoundError(f"no run {run} is under way.")

    def abandon(self) -> int:
        """Mark runs whose process vanished; to be called where no other process can be at work.

        Returns
        -------
        int
            How many there were.
        """
        change = {
            "ended_at": clock.now(),
            "state": str(RunState.ABANDONED),
            "message": "its process ended without a word",
        }
        with self.database.writing() as connection:
            update = sa.update(_run).where(_run.c.state == str(RunState.RUNNING)).values(change)
            return connection.execute(update).rowcount

    def runs(
        self,
        job: str | None = None,
        limit: int = 100,
        *,
        states: Collection[RunState] | None = None,
        after: int | None = None,
    ) -> list[Run]:
        """Read runs.

        Parameters
        ----------
        job : str, optional
            Only runs of this job.
        limit : int
            At most so many.
        states : collection of RunState, optional
            Only runs that stand like this.
        after : int, optional
            Only runs that began after the one with this number.

        Returns
        -------
        list of Run
            The latest first.
        """
        select = sa.select(_run).order_by(_run.c.fid.desc()).limit(limit)
        if job is not None:
            select = select.where(_run.c.job == job)
        if states is not None:
            select = select.where(_run.c.state.in_(_words(states)))
        if after is not None:
            select = select.where(_run.c.fid > after)
        with self.database.reading() as connection:
            return [
                Run(
                    id=row["fid"],
                    job=row["job"],
                    started_at=row["started_at"],
                    ended_at=row["ended_at"],
                    state=RunState(row["state"]),
                    message=row["message"],
                    counts=row["counts"],
                    due_since=row["due_since"],
                    due_at=row["due_at"],
                )
                for row in connection.execute(select).mappings()
            ]

    def drop_before(self, instant: datetime) -> int:
        """Forget runs that ended long ago; the last run of each job is kept.

        Parameters
        ----------
        instant : datetime
            Runs that started before it, aware UTC.

        Returns
        -------
        int
            How many were forgotten.
        """
        kept = [
            _run.c.fid.in_(
                sa.select(sa.func.max(_run.c.fid))
                .where(_run.c.state.in_(states))
                .group_by(_run.c.job)
            )
            for states in map(_words, (tuple(RunState), tuple(SUCCEEDED), tuple(ANSWERING)))
        ]
        old = (_run.c.started_at < instant) & (_run.c.state != str(RunState.RUNNING))
        with self.database.writing() as connection:
            return connection.execute(sa.delete(_run).where(old & ~sa.or_(*kept))).rowcount

    def note_ingredient(self, name: str, release: str) -> bool:
        """Note with which version of an extractor, a gazetteer or the seeds work goes on.

        Parameters
        ----------
        name : str
            What it is.
        release : str
            Its version or checksum.

        Returns
        -------
        bool
            Whether it differs from the one noted last.
        """
        row = {"name": name, "release": release, "recorded_at": clock.now()}
        with self.database.writing() as connection:
            last = (
                sa.select(_ingredient.c.release)
                .where(_ingredient.c.name == name)
                .order_by(_ingredient.c.fid.desc())
                .limit(1)
            )
            if connection.execute(last).scalar() == release:
                return False
            connection.execute(sa.insert(_ingredient).values(row))
            return True

    def ingredients(self, *, as_recorded: datetime | None = None) -> dict[str, str]:
        """Read with which versions the workspace worked.

        Parameters
        ----------
        as_recorded : datetime, optional
            At this instant; by default now.

        Returns
        -------
        dict
            Version by name.
        """
        select = sa.select(_ingredient.c.name, _ingredient.c.release).order_by(_ingredient.c.fid)
        if as_recorded is not None:
            select = select.where(_ingredient.c.recorded_at <= as_recorded)
        with self.database.reading() as connection:
            return dict(connection.execute(select).all())


def _words(states: Iterable[RunState]) -> list[str]:
    return sorted(map(str, states))
