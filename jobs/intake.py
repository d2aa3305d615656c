"""Everything that can be read, in one call: coded claims, texts, pages, feeds."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from jobs.fetch import open_fetcher
from jobs.ingest import Ingested, ingest_coded
from jobs.ingest_texts import TextsIngested, ingest_addresses, ingest_files
from jobs.ingest_texts.ahead import sheet_reader
from jobs.processes.executors import POOL, SERIAL, open_executor
from jobs.reading.texts import text_reader
from jobs.settings import read_settings
from tracker.store.repository import Repository
from tracker.store.weighing import weigh_evidence
from tracker.workspace import Workspace

CODED_ENDING = ".csv"
FEWEST_FOR_A_POOL = 200
"""Files from which on several processes make up for the seconds that they take to start."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is to be read.

    Parameters
    ----------
    files : tuple of Path
        CSV files of coded claims, and texts, pages, feeds or folders of them.
    addresses : tuple of str
        Pages and feeds.
    source : str or None
        Id of the record that the CSV files belong to; each file's name where None.
    published : datetime or None
        Publication of texts that state none, aware UTC.
    allowed_hosts : tuple of str
        Hosts that may lie inside a private network.
    executor : str or None
        Where texts are read, as `open_executor` names it; by default in this process where they
        are few, and in one process for each processor where they are many.
    """

    files: tuple[Path, ...] = ()
    addresses: tuple[str, ...] = ()
    source: str | None = None
    published: datetime | None = None
    allowed_hosts: tuple[str, ...] = ()
    executor: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenIn:
    """What came in.

    Parameters
    ----------
    coded : Ingested
        From coded claims.
    texts : TextsIngested
        From texts, pages and feeds.
    """

    coded: Ingested
    texts: TextsIngested

    @property
    def rejected(self) -> tuple[str, ...]:
        """One sentence per record, file, address or entry that was refused."""
        return self.coded.rejected + self.texts.rejected

    @property
    def notes(self) -> tuple[str, ...]:
        """What was read and is worth knowing."""
        return self.coded.notes + self.texts.notes

    @property
    def new(self) -> int:
        """Claims that the workspace did not have."""
        return self.coded.new + self.texts.claims

    @property
    def known(self) -> int:
        """Claims and documents that it had."""
        return self.coded.known + self.texts.repeats

    @property
    def is_something(self) -> bool:
        """Whether anything could be read."""
        return bool(self.new or self.known or self.texts.captures)

    def in_words(self) -> str:
        """Say the counts in one line.

        Returns
        -------
        str
            Claims first, then reports where texts were read.
        """
        line = f"{self.new} new claims, {self.known} known, {len(self.rejected)} rejected."
        if self.texts.captures:
            line = (
                f"{line} {self.texts.reports} new reports, {self.texts.edits} edited, "
                f"{self.texts.captures} captures."
            )
        return line


def take_in(workspace: Workspace, repository: Repository, wanted: Wanted) -> TakenIn:
    """Read files and addresses into a workspace.

    Parameters
    ----------
    workspace : Workspace
        Where the archive lies.
    repository : Repository
        Its open database.
    wanted : Wanted
        What is to be read.

    Returns
    -------
    TakenIn
        What came in; what could not be read is named and the rest goes on.
    """
    coded = [path for path in wanted.files if path.suffix.lower() == CODED_ENDING]
    others = [path for path in wanted.files if path not in coded]
    reading = text_reader(workspace)
    prepare = partial(sheet_reader, reading)
    name = wanted.executor or (POOL if _are_many(others) else SERIAL)
    with open_executor(name, prepare, processes=os.cpu_count() or 1) as executor:
        texts = ingest_files(
            workspace,
            repository,
            others,
            extract=reading,
            published=wanted.published,
            executor=executor,
        )
    if wanted.addresses:
        fetch = read_settings(workspace.settings).fetch
        with open_fetcher(fetch, allowed_hosts=wanted.allowed_hosts) as fetcher:
            texts += ingest_addresses(
                workspace,
                repository,
                wanted.addresses,
                extract=reading,
                fetcher=fetcher,
                published=wanted.published,
            )
    taken = TakenIn(
        coded=ingest_coded(workspace, repository, coded, source=wanted.source), texts=texts
    )
    weigh_evidence(repository)
    return taken


def _are_many(paths: Sequence[Path]) -> bool:
    inner = (file for path in paths for file in (path.rglob("*") if path.is_dir() else (path,)))
    return len(list(islice(inner, FEWEST_FOR_A_POOL))) == FEWEST_FOR_A_POOL
