"""The running clockwork says how it is, on this machine alone."""

import json
from http.client import HTTPConnection  # noqa: TID251 - asks a server that the test started

import pytest

from jobs.errors import JobError
from jobs.health import serving, sources_in
from jobs.runs.outcome import Outcome
from jobs.runs.part import run_part
from jobs.schedule import Clockwork, read_plan
from jobs.settings import Settings
from tracker.store.cursors import Cursors
from tracker.store.ledger import Ledger, RunState
from tracker.store.repository import Repository

JOBS = {
    "read": {"run": "ingest", "every_minutes": 15},
    "count": {"run": "estimate", "every_minutes": 15},
}
FAILED = Outcome(state=RunState.FAILED, message="no such host")
SOURCE = """
[sources.gone]
connector = "rss"
address = "https://gone.example/feed"
publisher = "Nobody"
enabled = true
"""


def work(job):
    """One job works, the other breaks."""
    if job.name == "count":
        raise JobError('it <b>broke</b> on "quotes"\n# HELP')
    return Outcome()


@pytest.fixture
def clockwork(tmp_path):
    """Return a clockwork of two jobs."""
    with Repository.open(tmp_path / "tracker.gpkg", create=True) as repository:
        plan = read_plan(Settings.model_validate({"jobs": JOBS}))
        yield Clockwork(plan, Ledger(repository.database), work)


def ask(port, path, host="localhost"):
    """Ask the server that listens on a port of this machine."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": f"{host}:{port}"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer, body


def test_health_is_lost_with_the_third_failure(clockwork):
    """Two failures may pass; three want a person."""
    with serving(clockwork, 0) as port:
        for _ in range(2):
            clockwork.run_now("count")
        clockwork.run_now("read")
        well, _ = ask(port, "/health")
        clockwork.run_now("count")
        unwell, body = ask(port, "/health")

    assert (well.status, unwell.status) == (200, 503)
    said = {job["name"]: job["failures"] for job in json.loads(body)["jobs"]}
    assert said == {"read": 0, "count": 3}


def test_prometheus_can_read_the_figures(clockwork):
    """Failures and what is owed, by job."""
    clockwork.run_now("count")
    with serving(clockwork, 0) as port:
        answer, body = ask(port, "/metrics")

    assert answer.headers["content-type"].startswith("text/plain")
    assert 'tracker_job_failures{job="count"} 1.0' in body
    assert 'tracker_job_owed{job="read"} 1.0' in body


def test_a_source_that_fails_is_seen_and_makes_nothing_unwell(clockwork, tmp_path):
    """Its failures in a row and its last news stand beside the jobs; the settings are read anew."""
    (tmp_path / "tracker.toml").write_text(SOURCE)
    with Repository.open(tmp_path / "tracker.gpkg") as repository:
        Cursors(repository.database).keep("gone", {})
        for _ in range(4):
            run_part(Ledger(repository.database), "sources.gone", lambda: FAILED)
    with serving(clockwork, 0, sources=lambda: sources_in(tmp_path)) as port:
        health, said = ask(port, "/health")
        _, figures = ask(port, "/metrics")
        (tmp_path / "tracker.toml").write_text("[sources")
        broken, _ = ask(port, "/metrics")

    (source,) = json.loads(said)["sources"]
    assert (health.status, source["name"], source["failures"]) == (200, "gone", 4)
    assert 'tracker_source_failures{source="gone"} 4.0' in figures
    assert 'tracker_source_last_new_seconds{source="gone"}' in figures
    assert broken.status == 503


def test_a_page_of_the_web_gets_nothing(clockwork):
    """Under another name than this machine's it does not answer, nor for other paths."""
    with serving(clockwork, 0) as port:
        assert ask(port, "/health", host="rebound.example")[0].status == 403
        assert ask(port, "/../tracker.toml")[0].status == 404


def test_without_a_port_nothing_listens(clockwork):
    """It is asked for or it is not there."""
    with serving(clockwork, None) as port:
        assert port is None
