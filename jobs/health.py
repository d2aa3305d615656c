"""Say how the running clockwork is: for people as JSON, for Prometheus, on this machine alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from jobs.schedule import Clockwork, JobStanding
from tracker import clock
from tracker.errors import TrackerError

LOOPBACK = "127.0.0.1"
MOST_FAILURES = 3
"""Failures in a row from which on a job makes the whole unwell."""
_NAMES = frozenset({"127.0.0.1", "localhost"})
"""Names by which it answers: a web page that leads a browser here under its own name gets none."""


@contextmanager
def serving(clockwork: Clockwork, port: int | None) -> Iterator[int | None]:
    """Answer `/health` and `/metrics` as long as the clockwork runs.

    Parameters
    ----------
    clockwork : Clockwork
        The jobs.
    port : int or None
        Port of 127.0.0.1; any free one where 0, none at all where None.

    Yields
    ------
    int or None
        The port.
    """
    if port is None:
        yield None
        return
    server = ThreadingHTTPServer((LOOPBACK, port), _handler(clockwork))
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


class _Jobs(Collector):
    """The jobs as Prometheus counts them, read from the ledger with each question."""

    def __init__(self, found: Iterable[JobStanding]) -> None:
        self._found = list(found)

    def collect(self) -> Iterator[Metric]:
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


def _handler(clockwork: Clockwork) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5
        server_version = "tracker"
        sys_version = ""

        def do_GET(self) -> None:
            if self.headers.get("host", "").rpartition(":")[0] not in _NAMES:
                self._say(403, "text/plain", b"This is for this machine alone.\n")
                return
            try:
                found = clockwork.standings()
            except (TrackerError, OSError) as error:
                said = {"healthy": False, "reason": str(error)}
                self._say(503, "application/json", json.dumps(said).encode())
                return
            self._answer(found)

        def _answer(self, found: list[JobStanding]) -> None:
            if self.path == "/health":
                is_well, jobs = health_of(found)
                said = {"healthy": is_well, "at": clock.now().isoformat(), "jobs": jobs}
                body = json.dumps(said, ensure_ascii=False).encode()
                self._say(200 if is_well else 503, "application/json", body)
            elif self.path == "/metrics":
                registry = CollectorRegistry(auto_describe=False)
                registry.register(_Jobs(found))
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
