"""Say how the running clockwork is: for people as JSON, for Prometheus, on this machine alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from jobs.schedule import Clockwork, JobStanding
from jobs.settings import read_settings
from jobs.sources import list_records, read_catalogue
from tracker import clock
from tracker.api import open_workspace
from tracker.errors import TrackerError

LOOPBACK = "127.0.0.1"
MOST_FAILURES = 3
"""Failures in a row from which on a job makes the whole unwell."""
_NAMES = frozenset({"127.0.0.1", "localhost"})
"""Names by which it answers: a web page that leads a browser here under its own name gets none."""


Sources = Sequence[Mapping[str, Any]]
"""Sources as `tracker sources list --json` prints them."""
_OF_SOURCES = ("name", "changed_at", "failures", "resting_until")


def sources_in(folder: Path) -> Sources:
    """Say how the sources are that a workspace reads.

    Parameters
    ----------
    folder : Path
        Folder of the workspace.

    Returns
    -------
    sequence of Mapping
        The enabled ones.

    Raises
    ------
    SettingsError
        Where `tracker.toml` cannot be read by now.
    """
    with open_workspace(folder) as tracker:
        settings = read_settings(tracker.workspace.settings)
        records = list_records(settings, read_catalogue(settings), tracker.repository)
    return [record for record in records if record["enabled"]]


@contextmanager
def serving(
    clockwork: Clockwork, port: int | None, *, sources: Callable[[], Sources] = tuple
) -> Iterator[int | None]:
    """Answer `/health` and `/metrics` as long as the clockwork runs.

    Parameters
    ----------
    clockwork : Clockwork
        The jobs.
    port : int or None
        Port of 127.0.0.1; any free one where 0, none at all where None.
    sources : Callable
        Says how the sources are; asked with each question.

    Yields
    ------
    int or None
        The port.
    """
    if port is None:
        yield None
        return
    server = ThreadingHTTPServer((LOOPBACK, port), _handler(clockwork, sources))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="health", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def health_of(found: Iterable[JobStanding]) -> tuple[bool, list[dict[str, object]]]:
    """Judge how the jobs are.

    Parameters
    ----------
    found : iterable of JobStanding
        How they stand.

    Returns
    -------
    bool
        Whether none fails again and again.
    list of dict
        One record per job, as `tracker jobs list --json` prints it.
    """
    jobs = list(found)
    return all(one.failures < MOST_FAILURES for one in jobs), [one.record() for one in jobs]


class _Figures(Collector):
    """Jobs and sources as Prometheus counts them, read from the ledger with each question."""

    def __init__(self, found: Iterable[JobStanding], sources: Sources) -> None:
        self._found = list(found)
        self._sources = sources

    def collect(self) -> Iterator[Metric]:
        yield from self._of_jobs()
        yield from self._of_sources()

    def _of_jobs(self) -> Iterator[Metric]:
        failures = GaugeMetricFamily(
            "tracker_job_failures", "Failures of a job since it last succeeded.", labels=["job"]
        )
        owed = GaugeMetricFamily(
            "tracker_job_owed", "Instants at which a job was due and did not run.", labels=["job"]
        )
        last = GaugeMetricFamily(
            "tracker_job_last_start_seconds", "Start of a job's last run.", labels=["job"]
        )
        for one in self._found:
            name = [one.job.name]
            failures.add_metric(name, one.failures)
            owed.add_metric(name, one.owed.times if one.owed else 0)
            if one.last is not None:
                last.add_metric(name, one.last.started_at.timestamp())
        yield from (failures, owed, last)

    def _of_sources(self) -> Iterator[Metric]:
        failures = GaugeMetricFamily(
            "tracker_source_failures",
            "Failures of a source since it last answered.",
            labels=["source"],
        )
        news = GaugeMetricFamily(
            "tracker_source_last_new_seconds",
            "When a source last gave something new.",
            labels=["source"],
        )
        for one in self._sources:
            failures.add_metric([one["name"]], one["failures"])
            if one["changed_at"] is not None:
                at = datetime.fromisoformat(one["changed_at"])
                news.add_metric([one["name"]], at.timestamp())
        yield from (failures, news)


def _handler(clockwork: Clockwork, sources: Callable[[], Sources]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5
        server_version = "tracker"
        sys_version = ""

        def do_GET(self) -> None:
            if self.headers.get("host", "").rpartition(":")[0] not in _NAMES:
                self._say(403, "text/plain", b"This is for this machine alone.\n")
                return
            try:
                found, read = clockwork.standings(), sources()
            except (TrackerError, OSError) as error:
                said = {"healthy": False, "reason": str(error)}
                self._say(503, "application/json", json.dumps(said).encode())
                return
            self._answer(found, read)

        def _answer(self, found: list[JobStanding], read: Sources) -> None:
            if self.path == "/health":
                is_well, jobs = health_of(found)
                said = {
                    "healthy": is_well,
                    "at": clock.now().isoformat(),
                    "jobs": jobs,
                    "sources": [{key: one[key] for key in _OF_SOURCES} for one in read],
                }
                body = json.dumps(said, ensure_ascii=False).encode()
                self._say(200 if is_well else 503, "application/json", body)
            elif self.path == "/metrics":
                registry = CollectorRegistry(auto_describe=False)
                registry.register(_Figures(found, read))
                self._say(200, CONTENT_TYPE_LATEST, generate_latest(registry))
            else:
                self._say(404, "text/plain", b"Ask for /health or /metrics.\n")

        def _say(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.send_header("x-content-type-options", "nosniff")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so by the standard library
            """Keep silent: who asks is no event."""

    return Handler
