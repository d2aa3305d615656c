"""How sources are: whether they answer, and how long ago they last said something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from jobs.connector import Delivery, Reach, Source
from jobs.errors import FetchError, SourceError
from jobs.runs.part import failures_in_a_row, resting_until
from jobs.settings import Settings
from jobs.settings.faults import without_password
from jobs.settings.sources import FetchSettings
from jobs.sources.catalogue import Catalogue, load_connector
from jobs.sources.reading import fetcher_of
from jobs.sources.rows import read_rows
from tracker import clock
from tracker.claimants import seed_claimants
from tracker.errors import InvalidValueError, UnreadableInputError
from tracker.store.cursors import Cursors
from tracker.store.ledger import Ledger
from tracker.store.repository import Repository
from tracker.workspace import Workspace


class State(StrEnum):
    """How a source is."""

    FRESH = "fresh"
    SILENT = "silent"
    FAULTY = "faulty"
    FAILING = "failing"


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceCheck:
    """How one source is.

    Parameters
    ----------
    source : str
        Its name.
    state : State
        `silent` where its newest item is older than its manifest allows, `faulty` where some of
        its items cannot be read, `failing` where nothing can.
    items, rejected : int
        Items of its first delivery, and those of them that cannot be read.
    newest_at : datetime or None
        When its newest item was published, aware UTC.
    checked_at : datetime
        When it was asked, aware UTC.
    reason : str or None
        What is wrong, in a sentence.
    """

    source: str
    state: State
    checked_at: datetime
    items: int = 0
    rejected: int = 0
    newest_at: datetime | None = None
    reason: str | None = None

    @property
    def is_well(self) -> bool:
        """Whether nobody needs to look at it."""
        return self.state is State.FRESH

    @property
    def age_h(self) -> float | None:
        """Age of the newest item, hours; None where it is not known."""
        if self.newest_at is None:
            return None
        return round((self.checked_at - self.newest_at).total_seconds() / 3600, 1)

    def record(self) -> dict[str, Any]:
        """Give what `--json` prints.

        Returns
        -------
        dict
            Every key always there.
        """
        return {
            "source": self.source,
            "state": str(self.state),
            "items": self.items,
            "rejected": self.rejected,
            "newest_at": self.newest_at.isoformat() if self.newest_at else None,
            "age_h": self.age_h,
            "checked_at": self.checked_at.isoformat(),
            "reason": self.reason,
        }

    def in_words(self) -> str:
        """Say it in one line.

        Returns
        -------
        str
            Items, age, and what is wrong.
        """
        age = "age unknown" if self.age_h is None else f"newest {self.age_h:g} h old"
        line = f"{self.items} items, {age}"
        return f"{line}: {self.reason}" if self.reason else line


def run_name(source: str) -> str:
    """Say under which name the readings of a source stand in the ledger.

    Parameters
    ----------
    source : str
        Name of the source.

    Returns
    -------
    str
        For example `sources.cit`.
    """
    return f"sources.{source}"


def check_sources(
    workspace: Workspace, sources: Sequence[Source], *, fetch: FetchSettings | None = None
) -> list[SourceCheck]:
    """Ask sources how they are, as if they were read for the first time; nothing is stored.

    Parameters
    ----------
    workspace : Workspace
        Whose folder paths are relative to.
    sources : sequence of Source
        The sources.
    fetch : FetchSettings, optional
        How the network is used.

    Returns
    -------
    list of SourceCheck
        One each, in the same order. Only the first delivery of a source is asked for.
    """
    checks = []
    for source in sources:
        with fetcher_of(source, fetch or FetchSettings()) as fetcher:
            reach = Reach(fetcher=fetcher, folder=workspace.folder, known=lambda _: True)
            checks.append(_check(source, reach))
    return checks


def _check(source: Source, reach: Reach) -> SourceCheck:
    try:
        deliveries = load_connector(source.settings.connector).read(source, reach, {})
        delivery = next(iter(deliveries), Delivery())
    except (SourceError, FetchError, UnreadableInputError, InvalidValueError, OSError) as error:
        return SourceCheck(
            source=source.name, state=State.FAILING, checked_at=clock.now(), reason=str(error)
        )
    now = clock.now()
    rows = read_rows(delivery.rows, source.name, seed_claimants())
    rejected = (*delivery.rejected, *rows.rejected)
    stated = [document.published_at for document in delivery.documents if document.published_at]
    stated += [row.version.published_at for row in rows.coded]
    newest = max(stated, default=None)
    state, reason = State.FRESH, None
    limit_h = source.settings.silent_after_h
    if rejected:
        state, reason = State.FAULTY, f"{len(rejected)} rejected, the first: {rejected[0]}"
    elif limit_h is not None and newest and (now - newest).total_seconds() > limit_h * 3600:
        state, reason = State.SILENT, f"nothing new for more than {limit_h:g} h."
    return SourceCheck(
        source=source.name,
        state=state,
        items=len(delivery.documents) + len(delivery.rows),
        rejected=len(rejected),
        newest_at=newest,
        checked_at=now,
        reason=reason,
    )


def list_records(
    settings: Settings, catalogue: Catalogue, repository: Repository
) -> list[dict[str, Any]]:
    """List what is configured.

    Parameters
    ----------
    settings : Settings
        The settings.
    catalogue : Catalogue
        Their sources as they were checked.
    repository : Repository
        The open database, which remembers when a source last gave something new, and how often
        it failed since it last answered.

    Returns
    -------
    list of dict
        One per source in the order of the file, every key always there.
    """
    return list(_records(settings, catalogue, repository))


def _records(
    settings: Settings, catalogue: Catalogue, repository: Repository
) -> Iterator[dict[str, Any]]:
    told = ("publisher", "licence", "terms", "language", "reliability", "every_minutes")
    cursors, ledger = Cursors(repository.database), Ledger(repository.database)
    for name, said in settings.sources.items():
        kept = cursors.read(name)
        failures = failures_in_a_row(ledger, run_name(name))
        rests = resting_until(failures, clock.now())
        yield {
            "name": name,
            "connector": said.connector,
            "enabled": said.enabled,
            **{key: getattr(said, key) for key in told},
            "address": None if said.address is None else without_password(said.address),
            "path": said.path,
            "changed_at": kept.changed_at.isoformat() if kept else None,
            "failures": len(failures),
            "resting_until": rests.isoformat() if rests else None,
            "faults": list(catalogue.faults.get(name, ())),
        }
