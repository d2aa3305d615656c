"""Measure ingest: reports a second from files to committed claims, for texts and for pages.

Run `python bench/ingest.py [--reports N] [--pages N] [--dask]`. In this process first, with its
time by stage; then as `tracker ingest` does it, with one process for each processor. Each report
has about 2 kB: paragraphs of the sample reports with other numbers, so that no two are alike,
between other sentences.
"""

from __future__ import annotations

import argparse
import html
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from jobs.documents import Origin, read_document
from jobs.ingest_texts import TextsIngested, ingest_files
from jobs.ingest_texts.ahead import Sheet, sheet_reader
from jobs.ingest_texts.ingest import FILES_IN_A_WAVE
from jobs.processes.executors import DASK, POOL, Executor, open_executor
from jobs.reading.texts import text_reader
from tracker import clock
from tracker.extraction.extraction import extract
from tracker.reports.archive import Archive
from tracker.seeds import seed_file
from tracker.store.repository import Repository
from tracker.store.weighing import weigh_evidence
from tracker.workspace import Workspace

GOAL_TEXTS_PER_S = 500
GOAL_PAGES_PER_S = 150
REPORT_BYTES = 2_000
FILLER = (
    "Talks between the two governments went on late into the evening and ended without a word.",
    "The currency lost some of its value after the news, and bond yields rose for a third day.",
    "A spokesman declined to say when the delegations would meet again, or where.",
    "Diplomats in the capital described the mood as sober and the proposals as far apart.",
    "Roads in the region were covered with snow, and several schools stayed closed on Tuesday.",
    "Analysts disagree about what the leadership wants, and whether it has decided at all.",
    "The opposition asked for a debate in parliament, which the speaker put off until next week.",
)
NUMBER = re.compile(r"\b\d{2,3}\b")


@dataclass
class Stopwatch:
    """Seconds spent in each stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    def timed(self, stage: str, function: Callable) -> Callable:
        """Wrap a function so that its time is added to a stage."""

        def run(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent = time.perf_counter() - started
                self.seconds[stage] = self.seconds.get(stage, 0.0) + spent

        return run


def paragraphs() -> list[str]:
    """Take the English paragraphs of the sample reports."""
    found = []
    for path in sorted(seed_file("reports").glob("*.txt")):
        (document,) = read_document(path.read_bytes(), name=path.name).documents
        if document.language == "en":
            found += document.text.split("\n\n")
    return found


def reports(count: int, seed: int) -> Iterator[tuple[datetime, str]]:
    """Make texts, a third of them about forces."""
    chosen, stock = random.Random(seed), paragraphs()
    for _ in range(count):
        parts = []
        while sum(map(len, parts)) < REPORT_BYTES:
            part = chosen.choice(stock if chosen.random() < 0.15 else FILLER)
            number = str(chosen.randint(10, 999))
            parts.append(NUMBER.sub(number, part) + f" Line {chosen.randrange(10**9)}.")
        published = datetime(2022, 1, 1, tzinfo=UTC) + timedelta(minutes=chosen.randrange(70_000))
        yield published, "\n\n".join(parts)


def write_texts(folder: Path, count: int) -> None:
    """Write plain text files with header lines."""
    for number, (published, text) in enumerate(reports(count, seed=1)):
        head = (
            f"Address: https://bench.example/text/{number}\nPublished: {published:%Y-%m-%dT%H:%MZ}"
        )
        (folder / f"{number}.txt").write_text(f"{head}\n\n{text}\n", encoding="utf-8")


def write_nameless(folder: Path, count: int) -> None:
    """Write plain text files that say nothing about themselves but their day."""
    for number, (published, text) in enumerate(reports(count, seed=2)):
        head = f"Published: {published:%Y-%m-%d}"
        (folder / f"{number}.txt").write_text(f"{head}\n\n{text}\n", encoding="utf-8")


def write_pages(folder: Path, count: int) -> None:
    """Write pages with a head, a menu and a footer."""
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(30))
    for number, (published, text) in enumerate(reports(count, seed=3)):
        body = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
        page = (
            "<!DOCTYPE html><html lang='en'><head><title>Report</title>"
            f"<link rel='canonical' href='https://bench.example/page/{number}'>"
            f"<meta property='article:published_time' content='{published.isoformat()}'></head>"
            f"<body><nav><ul>{menu}</ul></nav><article><h1>Report</h1>{body}</article>"
            "<footer>About us</footer></body></html>"
        )
        (folder / f"{number}.html").write_text(page, encoding="utf-8")


@contextmanager
def workspace() -> Iterator[tuple[Workspace, Repository, Path]]:
    """Open an empty workspace in a temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        home = Workspace(folder=folder)
        with Repository.open(home.database, create=True) as repository:
            yield home, repository, folder / "in"


def measure_spread(
    label: str, write: Callable[[Path, int], None], count: int, goal: int | None, executor: str
) -> float:
    """Ingest a folder in several processes, started beforehand, and print the speed."""
    with workspace() as (home, repository, folder), ready(home, executor) as spread:
        write(folder, count)
        started = time.perf_counter()
        done = ingest_files(home, repository, [folder], extract=extract, executor=spread)
        seconds = time.perf_counter() - started
        started = time.perf_counter()
        weigh_evidence(repository)
        weighing_s = time.perf_counter() - started
    assert (done.reports, done.rejected) == (count, ())
    print(
        f"{label}, {executor}: {count / seconds:,.0f} reports/s of wall time"
        f"{f' (goal {goal})' if goal else ''}; echoes and grades take "
        f"{1000 * weighing_s / count:.2f} ms a report more"
    )
    return count / seconds


@contextmanager
def ready(home: Workspace, executor: str, processes: int | None = None) -> Iterator[Executor]:
    """Open an executor and let each of its processes read something."""
    prepare = partial(sheet_reader, text_reader(home))
    now = clock.now()
    first = Sheet(data=b"5 trains passed.", sha256="", origin=Origin(name="a", captured_at=now))
    with open_executor(executor, prepare, processes=processes or os.cpu_count() or 1) as spread:
        list(spread.map([first] * 200))
        yield spread


def measure_dask(count: int) -> None:
    """Compare a cluster of two workers with one of one."""
    speeds = []
    for processes in (1, 2):
        with workspace() as (home, repository, folder), ready(home, DASK, processes) as spread:
            write_texts(folder, count)
            started = time.perf_counter()
            ingest_files(home, repository, [folder], extract=extract, executor=spread)
            speeds.append(count / (time.perf_counter() - started))
    one, two = speeds
    print(f"Dask: {one:,.0f} reports/s with 1 worker, {two:,.0f} with 2: {two / one:.2f} times")


def measure(label: str, write: Callable[[Path, int], None], count: int, goal: int | None) -> None:
    """Ingest a folder twice and print both speeds."""
    watch = Stopwatch()
    with workspace() as (home, repository, folder):
        write(folder, count)
        reading = watch.timed("extract", extract)
        first, first_s, first_cpu_s = _run(home, repository, folder, reading)
        again, again_s, _ = _run(home, repository, folder, reading)
        archive_s = _archive_seconds(home, folder)
    assert (first.reports, first.rejected) == (count, ())
    assert (again.reports, again.captures, again.repeats) == (0, 0, count)
    print(
        f"{label}: {count / first_s:,.0f} reports/s of wall time, {count / first_cpu_s:,.0f}/s of "
        f"processor time{f' (goal {goal})' if goal else ''}; {first.claims / count:.2f} claims each"
    )
    print(
        f"    ms a report: {1000 * first_s / count:.2f}, of which extraction "
        f"{1000 * watch.seconds['extract'] / count:.2f}, archive {1000 * archive_s / count:.2f}; "
        f"read again: {count / again_s:,.0f} reports/s"
    )


def _run(
    home: Workspace, repository: Repository, folder: Path, reading: Callable
) -> tuple[TextsIngested, float, float]:
    started, busy = time.perf_counter(), time.process_time()
    done = ingest_files(home, repository, [folder], extract=reading)
    return done, time.perf_counter() - started, time.process_time() - busy


def _archive_seconds(home: Workspace, folder: Path) -> float:
    other = Archive(home.folder / "archive-alone")
    files = [path.read_bytes() for path in folder.iterdir()]
    started = time.perf_counter()
    for first in range(0, len(files), FILES_IN_A_WAVE):
        other.add_all(files[first : first + FILES_IN_A_WAVE])
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, default=1_000)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--dask", action="store_true")
    asked = parser.parse_args()
    with workspace() as (home, repository, folder):  # gazetteer and tables are read once
        write_texts(folder, 20)
        ingest_files(home, repository, [folder], extract=extract)
    measure("plain text, 2 kB", write_texts, asked.reports, None)
    measure("plain text without address", write_nameless, asked.reports, None)
    measure("HTML pages", write_pages, asked.pages, None)
    spread = (
        ("plain text, 2 kB", write_texts, asked.reports, GOAL_TEXTS_PER_S),
        ("HTML pages", write_pages, asked.pages, GOAL_PAGES_PER_S),
    )
    for label, write, count, goal in spread:
        measure_spread(label, write, count, goal, POOL)
    if asked.dask:
        measure_dask(asked.reports)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak_mb:.0f} MB")


if __name__ == "__main__":
    main()
