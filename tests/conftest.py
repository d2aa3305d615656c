"""Parts outside Python that some tests need: which are there, what skips, and how to get them."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from jobs.demo import make_demo
from tests.postgis import cluster, fresh_database, server_programs

ROOT = Path(__file__).parents[1]
NO_SKIP = bool(os.environ.get("TRACKER_TESTS_NO_SKIP"))
"""Set where every part must be there: a test that skips then fails the run."""

NODE_MODULES = ROOT / "geo/page/frontend/node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET_BROWSER = ("--disable-background-networking", "--disable-component-update", "--disable-sync")

settings.register_profile("calm", deadline=None, max_examples=60)
settings.register_profile("same", settings.get_profile("calm"), derandomize=True)
settings.register_profile("search", settings.get_profile("calm"), max_examples=3_000)
settings.load_profile("same" if NO_SKIP else "calm")
"""What decides about a change tries the same examples each time; whoever works on it tries new
ones, and `pytest -m hypothesis --hypothesis-profile search` looks for the rare ones."""


def chromium_path() -> str | None:
    """Find Chromium or Chrome on this machine."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Something that tests with a marker need and pip does not bring."""

    marker: str
    is_there: Callable[[], bool]
    remedy: str
    may_be_missing: bool = False


PARTS = (
    Part(
        marker="browser",
        is_there=lambda: chromium_path() is not None,
        remedy="install Chromium ('apt-get install chromium'; as root, 'make test' does it)",
    ),
    Part(
        marker="node",
        is_there=lambda: shutil.which("node") is not None and NODE_MODULES.is_dir(),
        remedy="install node 20 or newer, and run 'npm ci' in geo/page/frontend",
    ),
    Part(
        marker="postgis",
        is_there=lambda: server_programs() is not None,
        remedy="install PostgreSQL with PostGIS ('apt-get install postgresql postgis'; as root, "
        "'make test' does it)",
    ),
    Part(
        marker="shared",
        is_there=(ROOT.parent / "shared").is_dir,
        remedy="lay the maintainers' folder shared/ beside the checkout",
        may_be_missing=True,
    ),
    Part(
        marker="validator",
        is_there=lambda: importlib.util.find_spec("osgeo_utils") is not None,
        remedy="install GDAL's validator ('pip install --no-deps gdal-utils'; 'make test' does it)",
    ),
)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose part is missing."""
    for part in PARTS:
        if item.get_closest_marker(part.marker) and not part.is_there():
            pytest.skip(f"needs '{part.marker}': {part.remedy}")


def forbidden_skips(reporter: pytest.TerminalReporter) -> list[str]:
    """Name what skipped where nothing may, for whatever reason, whole modules included."""
    optional = {part.marker for part in PARTS if part.may_be_missing}
    skipped = reporter.getreports("skipped") if NO_SKIP else []
    return [r.nodeid for r in skipped if not optional & set(getattr(r, "keywords", ()))]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where something skipped that may not."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and forbidden_skips(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end which tests skipped for a missing part and how to get it."""
    skipped = terminalreporter.getreports("skipped")
    for part in PARTS:
        reason = f"needs '{part.marker}'"
        files = {r.nodeid.split("::")[0] for r in skipped if reason in str(r.longrepr)}
        if files:
            names = ", ".join(sorted(files))
            terminalreporter.write_line(f"Skipped tests of {names}: to run them, {part.remedy}.")
    for nodeid in forbidden_skips(terminalreporter):
        terminalreporter.write_line(f"Failed, because it may not skip here: {nodeid}", red=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one headless Chromium for the whole run; use it in tests marked ``browser``."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", *QUIET_BROWSER]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def postgis_server() -> Iterator[Path]:
    """Start one PostGIS cluster for the whole run; use it in tests marked ``postgis``."""
    with cluster() as server:
        yield server


@pytest.fixture
def postgis_address(postgis_server: Path) -> Iterator[str]:
    """Address of a PostGIS database without tables, for one test."""
    with fresh_database(postgis_server) as address:
        yield address


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the demo's workspace, made once; tests read it and never write to it."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    make_demo(folder)
    return folder


@pytest.fixture
def own_demo(demo: Path, tmp_path: Path) -> Path:
    """Folder of a demo that the test may change."""
    return Path(shutil.copytree(demo, tmp_path / "own"))
